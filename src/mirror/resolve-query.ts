import { MedkitError } from "../core/errors.ts";
import { canonicalVersion, isPrerelease, listedVersions, resolveLatest, type ModuleInfo } from "../module/index.ts";
import type { Modules, Wish } from "../proxy/index.ts";
import type { FetchGoMod } from "./read-go-mod.ts";

/**
 * The version that a query means, as the go command has it: `latest`, the beginning of a version (`v1`, `v1.2`), a branch or a commit. A full version means itself.
 * MODULE_UNAVAILABLE where no source knows one.
 */
export async function resolveQuery(mirror: Modules, mod: FetchGoMod, path: string, query: string): Promise<string> {
  if (canonicalVersion(query) === query) return query;
  const wish: Wish = { mayFetch: true };
  const text = async (bytes: Promise<Buffer | undefined>): Promise<string> => (await bytes)?.toString("utf8") ?? "";
  const list = async (): Promise<string[]> => [...listedVersions(await text(mirror.list(path, wish)))];
  const info = async (bytes: Promise<Buffer | undefined>): Promise<ModuleInfo | undefined> => {
    const found = (await text(bytes)).match(/"Version":"([^"]+)"/)?.[1];
    return found === undefined ? undefined : { version: found, time: undefined };
  };
  const found = await (async () => {
    if (query === "latest") {
      return await resolveLatest({ list, latest: () => info(mirror.latest(path, wish)), mod }, path);
    }
    if (/^v\d+(?:\.\d+)?$/.test(query)) {
      const matching = (await list()).filter((each) => each.startsWith(`${query}.`));
      return matching.findLast((each) => !isPrerelease(each)) ?? matching.at(-1);
    }
    return (await info(mirror.info({ path, version: query }, wish)))?.version;
  })();
  if (found !== undefined) return found;
  throw new MedkitError("MODULE_UNAVAILABLE", {
    module: `${path}@${query}`,
    reasons: "no source knows such a version",
  });
}
