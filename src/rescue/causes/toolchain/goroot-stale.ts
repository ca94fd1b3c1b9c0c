import { realpath } from "node:fs/promises";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

const kinds = ["goroot-bad", "tool-missing", "package-not-in-gopath"];

async function sameFolder(a: string, b: string): Promise<boolean> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  return (await real(a)) === (await real(b));
}

export const gorootStale: Cause = {
  code: "GOROOT_STALE",
  symptoms: kinds,
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const setting = await probes.setting("GOROOT");
    const go = await probes.go();
    if (setting.origin === "default" || go.ownRoot === undefined || go.problem !== undefined) return undefined;
    if (await sameFolder(setting.value, go.ownRoot)) return undefined;
    return {
      code: "GOROOT_STALE",
      confidence: "certain",
      evidence: [
        settingEvidence(setting),
        { source: "file", subject: go.path ?? "", text: go.ownRoot },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { value: setting.value, own: go.ownRoot },
    };
  },
  remedies: (_, file) => dropSetting(file, "GOROOT"),
};
