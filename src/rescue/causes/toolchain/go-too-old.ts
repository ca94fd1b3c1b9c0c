import { saidEvidence } from "../../evidence.ts";
import { isAtLeast, takeOtherGo } from "../../other-go.ts";
import type { Cause } from "../../types.ts";

const kinds = ["go-too-old", "go-mod-too-new", "toolchain-unavailable"];

export const goTooOld: Cause = {
  code: "GO_TOO_OLD",
  symptoms: kinds,
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const [go, project] = [await probes.go(), await probes.project()];
    const wanted = project.goMod?.go;
    if (go.version === undefined || wanted === undefined || isAtLeast(go.version, wanted)) return undefined;
    if (
      (await probes.setting("GOTOOLCHAIN")).value !== "local" &&
      !symptoms.some((each) => each.kind === "go-mod-too-new")
    )
      return undefined;
    return {
      code: "GO_TOO_OLD",
      confidence: "certain",
      evidence: [
        { source: "file", subject: project.goModFile ?? "", text: `go ${wanted}` },
        { source: "file", subject: go.path ?? "", text: `go${go.version}` },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { file: project.goModFile ?? "", wanted, version: go.version },
    };
  },
  remedies: (diagnosis, file) => takeOtherGo(file, String(diagnosis.params["wanted"])),
};
