import { matchPrefixPatterns, type ModuleVersion } from "../module/index.ts";
import { readInventory, type ObjectStore, type UseLedger } from "../proxy/index.ts";

/** A stored version, for people and programs. */
export interface ListedVersion extends ModuleVersion {
  /** Whether its content is there, or only its go.mod. */
  readonly zip: boolean;
  /** Octets of its go.mod and its zip. */
  readonly bytes: number;
  /** `sum.golang.org#123456`; empty where what is there has no proof. */
  readonly proven: string;
  /** Who gave it, without credentials. */
  readonly source: string;
  /** RFC 3339; undefined: without a proof, or not asked for as far as is remembered. */
  readonly storedAt: string | undefined;
  readonly lastUsed: string | undefined;
  readonly count: number;
}

export interface ListFilter {
  /** Patterns of module paths as in GOPRIVATE; none: all. */
  readonly patterns: readonly string[];
  /** Only what was not used, nor stored, since. */
  readonly unusedSince: Date | undefined;
}

/** When a version was of use last: asked for, or stored. */
export function lastOfUse(version: Pick<ListedVersion, "storedAt" | "lastUsed">): string {
  return [version.storedAt ?? "", version.lastUsed ?? ""].toSorted().at(-1) ?? "";
}

/** What a store holds, sorted by path and version. Nothing is proven again. */
export async function listStore(
  store: ObjectStore,
  use: UseLedger,
  { patterns, unusedSince }: ListFilter,
): Promise<readonly ListedVersion[]> {
  const { versions } = await readInventory(store);
  const listed = versions.map(({ path, version, mod, zip }): ListedVersion => {
    const proof = zip ?? mod;
    const used = use.use({ path, version });
    return {
      path,
      version,
      zip: zip !== undefined,
      bytes: (mod?.size ?? 0) + (zip?.size ?? 0),
      proven: proof?.proven ?? "",
      source: proof?.source ?? "",
      storedAt: proof?.storedAt,
      lastUsed: used?.last,
      count: used?.count ?? 0,
    };
  });
  const globs = patterns.join(",");
  const limit = unusedSince?.toISOString();
  return listed.filter(
    (each) =>
      (globs === "" || matchPrefixPatterns(globs, each.path)) && (limit === undefined || lastOfUse(each) < limit),
  );
}
