import type { Cause, Remedy } from "../../types.ts";
import { useGoroot, useKitGo } from "../../remedies.ts";

export const goMissing: Cause = {
  code: "GO_MISSING",
  symptoms: ["start-failed", "go-not-found"],
  preventive: true,
  async diagnose({ probes, symptoms, command }) {
    const go = await probes.go();
    if (go.problem !== "missing") return undefined;
    // Another program that is missing is another story.
    const [said] = symptoms;
    if (said?.kind === "start-failed" && !/(?:^|\/)go$/.test(command.argv[0])) return undefined;
    return {
      code: "GO_MISSING",
      confidence: "certain",
      evidence: [
        { source: "variable", subject: "PATH", text: command.env["PATH"] ?? "" },
        ...(said === undefined ? [] : [{ source: "output" as const, subject: "", text: said.line }]),
      ],
      params: {},
    };
  },
  async remedies(_, file) {
    const [other] = await file.probes.otherGos();
    const kit = await useKitGo(file, () => true);
    return [other === undefined ? undefined : useGoroot(file, other.goroot, other.version), kit].filter(
      (each): each is Remedy => each !== undefined,
    );
  },
};
