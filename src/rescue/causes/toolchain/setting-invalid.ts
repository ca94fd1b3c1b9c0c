import { proxyListOrNothing } from "../../../module/index.ts";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting, setVariable } from "../../remedies.ts";
import { fromKit } from "../network/sources.ts";
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
    // What go rejects has to be what is set; of a proxy list it may be a word, or what is wrong with one.
    const isNamed =
      name === "GOPROXY" ? proxyListOrNothing(setting.value) === undefined : setting.value.includes(value);
    if (setting.value === "" || !isNamed) return undefined;
    return {
      code: "SETTING_INVALID",
      confidence: "certain",
      evidence: [settingEvidence(setting), ...saidEvidence(symptoms, ["setting-invalid"])],
      params: { name, value: setting.value, part: value },
    };
  },
  async remedies({ params }, file) {
    const name = String(params["name"]);
    // Where modules come from, and who proves them, is not for us to choose: only a kit that proves its own may stand in.
    if (name === "GOPROXY") return fromKit(file);
    if (name === "GOSUMDB") return [];
    const rest = name === "GODEBUG" ? withoutDebugPart(String(params["value"]), String(params["part"])) : "";
    return rest === "" ? dropSetting(file, name) : [setVariable(name, rest)];
  },
};
