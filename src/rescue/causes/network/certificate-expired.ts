import { saidEvidence } from "../../evidence.ts";
import type { Cause } from "../../types.ts";
import { findMistimed, validityEvidence } from "./certificate-time.ts";
import { confidenceOf, fromKit, networkKinds } from "./sources.ts";

export const certificateExpired: Cause = {
  code: "CERTIFICATE_EXPIRED",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    const found = await findMistimed(file);
    if (found === undefined || found.clock !== undefined) return undefined;
    return {
      code: "CERTIFICATE_EXPIRED",
      confidence: confidenceOf(found.source),
      evidence: [...validityEvidence(found), ...saidEvidence(file.symptoms, networkKinds)],
      params: { host: found.source.host },
    };
  },
  remedies: (_, file) => fromKit(file),
};
