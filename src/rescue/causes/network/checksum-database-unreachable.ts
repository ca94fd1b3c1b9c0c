import { redactUrl } from "../../../module/index.ts";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import type { Cause } from "../../types.ts";
import { confidenceOf, answerEvidence, databaseOf, fromKit, isFine } from "./sources.ts";

const kinds = ["database-unreachable"];

export const checksumDatabaseUnreachable: Cause = {
  code: "CHECKSUM_DATABASE_UNREACHABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms, kit } = file;
    // A kit's tree that comes first answers for the database.
    const proxy = (await probes.setting("GOPROXY")).value;
    if (kit?.goproxy !== undefined && proxy.startsWith(kit.goproxy)) return undefined;
    const address = await databaseOf(file);
    const url = `${address ?? ""}/latest`;
    if (address === undefined || !URL.canParse(url)) return undefined;
    const asked = { role: "database", url, host: new URL(url).host, said: true, answer: await probes.ask(url) } as const; // prettier-ignore
    if (isFine(asked)) return undefined;
    const setting = await probes.setting("GOSUMDB");
    return {
      code: "CHECKSUM_DATABASE_UNREACHABLE",
      confidence: confidenceOf(asked),
      evidence: [
        answerEvidence(asked),
        ...(setting.origin === "default" ? [] : [settingEvidence(setting)]),
        ...saidEvidence(symptoms, kinds),
      ],
      params: { address: redactUrl(address), outcome: asked.answer.outcome },
    };
  },
  // The kit's tree carries the database's records and tiles: the check stays, without the network.
  remedies: (_, file) => fromKit(file),
};
