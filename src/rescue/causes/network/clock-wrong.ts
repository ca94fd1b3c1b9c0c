import { saidEvidence } from "../../evidence.ts";
import type { Cause } from "../../types.ts";
import { findMistimed, validityEvidence } from "./certificate-time.ts";
import { confidenceOf, fromKit, networkKinds } from "./sources.ts";

export const clockWrong: Cause = {
  code: "CLOCK_WRONG",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    const found = await findMistimed(file);
    if (found?.clock === undefined) return undefined;
    return {
      code: "CLOCK_WRONG",
      confidence: confidenceOf(found.source),
      evidence: [found.clock, ...validityEvidence(found), ...saidEvidence(file.symptoms, networkKinds)],
      params: { host: found.source.host, clock: found.facts?.ours.toISOString() ?? "?" },
    };
  },
  remedies: (_, file) => fromKit(file),
};
