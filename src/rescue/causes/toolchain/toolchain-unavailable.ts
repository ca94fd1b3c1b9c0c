import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { isAtLeast, takeOtherGo } from "../../other-go.ts";
import { setVariable } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

const kinds = ["toolchain-unavailable", "go-too-old"];

export const toolchainUnavailable: Cause = {
  code: "TOOLCHAIN_UNAVAILABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose({ probes, symptoms }) {
    const [go, project] = [await probes.go(), await probes.project()];
    const setting = await probes.setting("GOTOOLCHAIN");
    if (go.version === undefined || setting.value === "local") return undefined;
    const asked = /^go\d/.test(setting.value) ? setting.value.replace(/[+].*$/, "").slice(2) : undefined;
    const line = project.goMod?.toolchain?.replace(/^go/, "");
    const wanted = [asked, line, project.goMod?.go].find((each) => each !== undefined && !isAtLeast(go.version, each));
    if (wanted === undefined) return undefined;
    const isVariable = wanted === asked;
    return {
      code: "TOOLCHAIN_UNAVAILABLE",
      confidence: "certain",
      evidence: [
        isVariable
          ? settingEvidence(setting)
          : {
              source: "file",
              subject: project.goModFile ?? "",
              text: wanted === line ? `toolchain go${wanted}` : `go ${wanted}`,
            },
        { source: "file", subject: go.path ?? "", text: `go${go.version}` },
        ...saidEvidence(symptoms, kinds),
      ],
      params: {
        wanted,
        version: go.version,
        from: isVariable ? "GOTOOLCHAIN" : (project.goModFile ?? "go.mod"),
        least: project.goMod?.go ?? "1",
      },
    };
  },
  async remedies(diagnosis, file) {
    // A toolchain line, and GOTOOLCHAIN, are wishes; the go line is the demand.
    const least = String(diagnosis.params["least"]);
    const local = isAtLeast(String(diagnosis.params["version"]), least) ? [setVariable("GOTOOLCHAIN", "local")] : [];
    return [...local, ...(await takeOtherGo(file, least))];
  },
};
