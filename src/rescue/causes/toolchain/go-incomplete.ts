import { saidEvidence } from "../../evidence.ts";
import { takeOtherGo } from "../../other-go.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["tool-missing", "package-not-in-gopath", "start-failed", "go-refused", "exec-format", "goroot-bad"];

/** Whether a go command that lies in no tree of Go's finds none by itself, either: it was copied without its tree. */
async function isLost({ probes }: CaseFile, path: string | undefined): Promise<boolean> {
  if (path === undefined || (await probes.setting("GOROOT")).origin !== "default") return false;
  const { status, stderr } = await probes.run([path, "env", "GOROOT"]);
  return status !== 0 && stderr.includes("cannot find GOROOT");
}

export const goIncomplete: Cause = {
  code: "GO_INCOMPLETE",
  symptoms: kinds,
  preventive: true,
  async diagnose(file) {
    const { probes, symptoms } = file;
    const go = await probes.go();
    const lost = go.problem === undefined && go.ownRoot === undefined && (await isLost(file, go.path));
    const lacks = go.problem === "empty" ? ["go"] : lost ? ["GOROOT"] : go.lacks;
    if ((go.problem !== undefined && go.problem !== "empty") || lacks.length === 0) return undefined;
    const folder = go.ownRoot ?? go.path ?? "";
    return {
      code: "GO_INCOMPLETE",
      confidence: "certain",
      evidence: [{ source: "file", subject: folder, text: lacks.join(", ") }, ...saidEvidence(symptoms, kinds)],
      params: { folder, lacks: lacks.join(", ") },
    };
  },
  remedies: (_, file) => takeOtherGo(file),
};
