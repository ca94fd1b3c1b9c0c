import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting, setVariable } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

/** GODEBUG without the parts that set one of its names; empty where nothing is left. */
export function withoutDebugPart(value: string, part: string): string {
  const name = part.replace(/=.*$/s, "");
  return value
    .split(",")
    .filter((each) => each.trim().replace(/=.*$/s, "") !== name)
    .join(",");
}

export const settingInvalid: Cause = {
  code: "SETTING_INVALID",
  symptoms: ["setting-invalid"],
  preventive: false,
  async diagnose({ probes, symptoms }) {
    const said = symptoms.find((each) => each.kind === "setting-invalid");
    const { name = "", value = "" } = said?.fields ?? {};
    const setting = await probes.setting(name);
    // What go rejects has to be what is set.
    if (setting.value === "" || (value !== "" && !setting.value.includes(value))) return undefined;
    return {
      code: "SETTING_INVALID",
      confidence: "certain",
      evidence: [settingEvidence(setting), ...saidEvidence(symptoms, ["setting-invalid"])],
      params: { name, value: setting.value, part: value },
    };
  },
  async remedies({ params }, file) {
    const name = String(params["name"]);
    const rest = name === "GODEBUG" ? withoutDebugPart(String(params["value"]), String(params["part"])) : "";
    return rest === "" ? dropSetting(file, name) : [setVariable(name, rest)];
  },
};
