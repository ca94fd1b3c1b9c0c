import { saidEvidence } from "../../evidence.ts";
import { mismatchOf, type Mismatch } from "../../checksum-facts.ts";
import { freshModuleCache } from "../../module-cache.ts";
import { useKitModules } from "../../remedies.ts";
import type { CaseFile, Cause, Diagnosis } from "../../types.ts";

const kinds = ["checksum"];

async function diagnoseAs(
  file: CaseFile,
  code: Diagnosis["code"],
  accept: (mismatch: Mismatch | undefined) => boolean,
): Promise<Diagnosis | undefined> {
  const mismatch = await mismatchOf(file);
  if (!accept(mismatch)) return undefined;
  const { goModFile } = await file.probes.project();
  const { path, version } = mismatch?.module ?? { path: "?", version: "" };
  return {
    code,
    // The go command has computed the hash itself: its words are the probe.
    confidence: "certain",
    evidence: [...saidEvidence(file.symptoms, kinds), ...(mismatch?.evidence ?? [])],
    params: { module: version === "" ? path : `${path}@${version}`, file: goModFile ?? "go.mod" },
  };
}

/** A moved tag, a wrong go.sum, or nobody who could tell: nothing that makes a check go away is a remedy. */
export const checksumMismatch: Cause = {
  code: "CHECKSUM_MISMATCH",
  symptoms: kinds,
  preventive: false,
  diagnose: (file) => diagnoseAs(file, "CHECKSUM_MISMATCH", (mismatch) => (mismatch?.wrong ?? "undecided") === "undecided"), // prettier-ignore
  remedies: () => Promise.resolve([]),
};

export const moduleCacheMismatch: Cause = {
  code: "MODULE_CACHE_MISMATCH",
  symptoms: kinds,
  preventive: false,
  diagnose: (file) => diagnoseAs(file, "MODULE_CACHE_MISMATCH", (mismatch) => mismatch?.wrong === "cache"),
  // go.sum decides over what comes into the new cache, too.
  remedies: async (_, file) => [await freshModuleCache(file, { own: true })],
};

export const moduleProxyMismatch: Cause = {
  code: "MODULE_PROXY_MISMATCH",
  symptoms: kinds,
  preventive: false,
  diagnose: (file) => diagnoseAs(file, "MODULE_PROXY_MISMATCH", (mismatch) => mismatch?.wrong === "proxy"),
  // The kit comes first, and go.sum decides over what it gives.
  remedies: async (_, file) => {
    const kit = await useKitModules(file, { only: false });
    return kit === undefined ? [] : [kit];
  },
};
