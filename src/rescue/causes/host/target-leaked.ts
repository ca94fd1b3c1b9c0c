import { readGoLine } from "../../command-line.ts";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting } from "../../remedies.ts";
import type { Cause, Remedy } from "../../types.ts";

const kinds = ["foreign-program", "exec-format"];

export const targetLeaked: Cause = {
  code: "TARGET_LEAKED",
  symptoms: kinds,
  preventive: false,
  async diagnose({ probes, symptoms, command }) {
    // A deliberate cross build is nobody's fault: only a command that starts what it builds needs this host's target.
    if (!["run", "test", "generate"].includes(readGoLine(command.argv)?.verb ?? "")) return undefined;
    const env = await probes.goEnv();
    if (env === undefined || (env["GOOS"] === env["GOHOSTOS"] && env["GOARCH"] === env["GOHOSTARCH"])) return undefined;
    const settings = [await probes.setting("GOOS"), await probes.setting("GOARCH")].filter((each) => each.value !== "");
    return {
      code: "TARGET_LEAKED",
      confidence: "certain",
      evidence: [...settings.map(settingEvidence), ...saidEvidence(symptoms, kinds)],
      params: {
        target: `${env["GOOS"] ?? ""}/${env["GOARCH"] ?? ""}`,
        host: `${env["GOHOSTOS"] ?? ""}/${env["GOHOSTARCH"] ?? ""}`,
      },
    };
  },
  async remedies(_, file) {
    const each = await Promise.all(["GOOS", "GOARCH"].map((name) => dropSetting(file, name)));
    const first = each.flatMap((list) => list.slice(0, 1));
    const [head, ...rest] = first;
    if (head === undefined) return [];
    const both: Remedy = {
      ...head,
      params: { name: "GOOS, GOARCH" },
      environment: Object.assign({}, head.environment, ...rest.map((one) => one.environment)) as Remedy["environment"],
    };
    return [rest.length === 0 ? head : both];
  },
};
