import { saidEvidence } from "../../evidence.ts";
import { takeOtherGo } from "../../other-go.ts";
import type { Cause } from "../../types.ts";

const kinds = ["start-failed", "go-refused", "exec-format", "go-not-found"];

export const goNotExecutable: Cause = {
  code: "GO_NOT_EXECUTABLE",
  symptoms: kinds,
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const { problem, path = "", detail = "" } = await probes.go();
    if (problem !== "not-executable") return undefined;
    const { mode } = await probes.path(path);
    return {
      code: "GO_NOT_EXECUTABLE",
      confidence: "certain",
      evidence: [
        { source: "file", subject: path, text: detail === "" ? `mode ${mode.toString(8)}` : detail },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { path, detail },
    };
  },
  remedies: (_, file) => takeOtherGo(file),
};
