import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { useKitModules } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

const kinds = ["database-unreachable"];

export const checksumDatabaseUnreachable: Cause = {
  code: "CHECKSUM_DATABASE_UNREACHABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose({ probes, symptoms, kit }) {
    const setting = await probes.setting("GOSUMDB");
    const [name = "", url] = setting.value.split(/\s+/);
    const address = url ?? `https://${name.split("+")[0] ?? ""}`;
    // A kit's tree that comes first answers for the database.
    const proxy = (await probes.setting("GOPROXY")).value;
    if (setting.value === "off" || (kit?.goproxy !== undefined && proxy.startsWith(kit.goproxy))) return undefined;
    const answer = await probes.ask(`${address}/latest`);
    if (answer.outcome === "ok") return undefined;
    return {
      code: "CHECKSUM_DATABASE_UNREACHABLE",
      confidence: "certain",
      evidence: [
        { source: "network", subject: answer.url, text: `${answer.outcome} ${answer.detail}`.trim() },
        ...(setting.origin === "default" ? [] : [settingEvidence(setting)]),
        ...saidEvidence(symptoms, kinds),
      ],
      params: { address, outcome: answer.outcome },
    };
  },
  async remedies(_, file) {
    // The kit's tree carries the database's records and tiles: the check stays, without the network.
    const kit = await useKitModules(file, { only: true });
    return kit === undefined ? [] : [kit];
  },
};
