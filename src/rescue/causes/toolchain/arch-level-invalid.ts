import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

export const archLevelInvalid: Cause = {
  code: "ARCH_LEVEL_INVALID",
  symptoms: ["arch-level"],
  preventive: false,
  async diagnose({ probes, symptoms }) {
    const name = symptoms.find((each) => each.kind === "arch-level")?.fields["name"] ?? "";
    const setting = await probes.setting(name);
    if (setting.value === "") return undefined;
    return {
      code: "ARCH_LEVEL_INVALID",
      confidence: "certain",
      evidence: [settingEvidence(setting), ...saidEvidence(symptoms, ["arch-level"])],
      params: { name, value: setting.value },
    };
  },
  remedies: (diagnosis, file) => dropSetting(file, String(diagnosis.params["name"])),
};
