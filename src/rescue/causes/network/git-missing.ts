import { saidEvidence } from "../../evidence.ts";
import { redactText } from "../../redact.ts";
import type { Cause } from "../../types.ts";
import { fromKit, goproxyOf } from "./sources.ts";

const kinds = ["git-not-found"];

export const gitMissing: Cause = {
  code: "GIT_MISSING",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms, command } = file;
    if ((await probes.which("git")) !== undefined) return undefined;
    const goproxy = redactText(await goproxyOf(file));
    return {
      code: "GIT_MISSING",
      confidence: "certain",
      evidence: [
        { source: "variable", subject: "PATH", text: `no git in ${command.env["PATH"] ?? ""}` },
        { source: "variable", subject: "GOPROXY", text: goproxy },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { goproxy },
    };
  },
  remedies: (_, file) => fromKit(file),
};
