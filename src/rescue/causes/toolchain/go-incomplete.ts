import { saidEvidence } from "../../evidence.ts";
import { takeOtherGo } from "../../other-go.ts";
import type { Cause } from "../../types.ts";

const kinds = ["tool-missing", "package-not-in-gopath", "start-failed", "go-refused", "exec-format", "goroot-bad"];

export const goIncomplete: Cause = {
  code: "GO_INCOMPLETE",
  symptoms: kinds,
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const go = await probes.go();
    const lacks = go.problem === "empty" ? ["go"] : go.lacks;
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
