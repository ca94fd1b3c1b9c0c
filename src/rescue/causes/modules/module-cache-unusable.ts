import { dirname } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import { freshModuleCache, moduleCacheOf } from "../../module-cache.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["module-cache", "path-refused"];

/** What stands in the way of a path, itself or the nearest that is there; undefined: nothing. */
async function trouble({ probes }: CaseFile, path: string, cache: string): Promise<string | undefined> {
  for (let at = path; ; at = dirname(at)) {
    const facts = await probes.path(at);
    if (facts.kind === "absent" && at !== "/") continue;
    if (facts.kind !== "folder" && cache.startsWith(at)) return `${at} is no folder`;
    if (facts.mount.readOnly) return `${facts.mount.point} is mounted read-only`;
    if (!facts.readable) return `${at} may not be read`;
    if (!facts.writable && (facts.kind === "folder" || at.endsWith("lock"))) return `${at} may not be written to`;
    return undefined;
  }
}

export const moduleCacheUnusable: Cause = {
  code: "MODULE_CACHE_UNUSABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const cache = await moduleCacheOf(file);
    if (cache === undefined) return undefined;
    const named = file.symptoms.flatMap(({ kind, fields }) => (kind === "path-refused" ? [fields["path"] ?? ""] : []));
    const inCache = named.filter((path) => path === cache || path.startsWith(`${cache}/`) || cache.startsWith(`${path}/`)); // prettier-ignore
    const isSaid = file.symptoms.some(({ kind }) => kind === "module-cache");
    for (const path of isSaid ? [...inCache, cache] : inCache) {
      const why = await trouble(file, path, cache);
      if (why === undefined) continue;
      return {
        code: "MODULE_CACHE_UNUSABLE",
        confidence: "certain",
        evidence: [{ source: "host", subject: path, text: why }, ...saidEvidence(file.symptoms, kinds)],
        params: { why, path: cache },
      };
    }
    return undefined;
  },
  remedies: async (_, file) => [await freshModuleCache(file, { own: true })],
};
