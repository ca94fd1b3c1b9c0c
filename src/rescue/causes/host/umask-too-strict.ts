import { saidEvidence } from "../../evidence.ts";
import { readUmask } from "../../probes/policy.ts";
import type { Cause, Remedy } from "../../types.ts";

const kinds = ["denied", "fork-denied", "build-cache", "work-dir"];

const octal = (mask: number): string => mask.toString(8).padStart(3, "0");

export const umaskTooStrict: Cause = {
  code: "UMASK_TOO_STRICT",
  symptoms: kinds,
  preventive: true,
  async diagnose({ command, symptoms }) {
    const given = command.limits.umask;
    const mask = given === undefined ? await readUmask() : Number.parseInt(given, 8);
    if (mask === undefined || (mask & 0o700) === 0) return undefined;
    return {
      code: "UMASK_TOO_STRICT",
      confidence: "certain",
      evidence: [{ source: "host", subject: "umask", text: octal(mask) }, ...saidEvidence(symptoms, kinds)],
      params: { mask: octal(mask), kept: octal(mask & 0o077) },
    };
  },
  remedies({ params }) {
    const remedy: Remedy = {
      kind: "umask",
      params: { mask: String(params["kept"]) },
      reach: "child",
      cost: 0,
      environment: {},
      // What others may not do, they still may not.
      limits: { umask: String(params["kept"]) },
    };
    return Promise.resolve([remedy]);
  },
};
