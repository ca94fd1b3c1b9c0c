import { parseGoMod } from "./go-mod-file.ts";
import { pickLatest } from "./latest-version.ts";
import type { ProxyClient } from "./proxy-client.ts";
import type { Retraction } from "./types.ts";

/**
 * The version that `PATH@latest` means to cmd/go: the rule of `pickLatest` over what the sources list, with the retractions that the highest
 * version's go.mod announces, else what they answer to `@latest`. Undefined where no source knows the module.
 */
export async function resolveLatest(
  client: Pick<ProxyClient, "list" | "latest" | "mod">,
  path: string,
  excluded: readonly string[] = [],
): Promise<string | undefined> {
  const goModOf = async (version: string): Promise<string> =>
    (await client.mod({ path, version }))?.toString("utf8") ?? "";
  // A module without a go.mod has this one in every proxy. Whoever really wrote just this line, has said nothing else.
  const hasGoMod = async (version: string): Promise<boolean> => (await goModOf(version)).trim() !== `module ${path}`;
  const versions = await client.list(path);
  const highest = (await pickLatest(versions, { hasGoMod })) ?? (await client.latest(path))?.version;
  if (highest === undefined) return undefined;
  // Retractions of a version are announced in versions after it, so the highest one's count, retracted or not.
  const retracted: readonly Retraction[] = parseGoMod(await goModOf(highest), {
    file: `${path}@${highest}/go.mod`,
  }).retract;
  return (await pickLatest(versions, { retracted, excluded, hasGoMod })) ?? (await client.latest(path))?.version;
}
