import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting, setVariable } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

export const goexperimentUnknown: Cause = {
  code: "GOEXPERIMENT_UNKNOWN",
  symptoms: ["goexperiment"],
  preventive: false,
  async diagnose({ probes, symptoms }) {
    const setting = await probes.setting("GOEXPERIMENT");
    const name = symptoms.find((each) => each.kind === "goexperiment")?.fields["name"] ?? "";
    if (setting.value === "" || !setting.value.split(",").some((each) => each === name || each === `no${name}`))
      return undefined;
    return {
      code: "GOEXPERIMENT_UNKNOWN",
      confidence: "certain",
      evidence: [settingEvidence(setting), ...saidEvidence(symptoms, ["goexperiment"])],
      params: { name, value: setting.value },
    };
  },
  async remedies(diagnosis, file) {
    const kept = String(diagnosis.params["value"])
      .split(",")
      .filter((each) => each.replace(/^no/, "") !== String(diagnosis.params["name"]).replace(/^no/, ""));
    return kept.length > 0 ? [setVariable("GOEXPERIMENT", kept.join(","))] : dropSetting(file, "GOEXPERIMENT");
  },
};
