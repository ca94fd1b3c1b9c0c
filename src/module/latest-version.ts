import {
  compareSemver,
  isIncompatible,
  isPrerelease,
  isPseudoVersion,
  isSemver,
  pseudoVersionTime,
  sortVersions,
} from "./semver.ts";
import type { Retraction } from "./types.ts";

/** What else decides which version `@latest` means. */
export interface LatestFacts {
  /** Retractions, as the go.mod of the highest version lists them. */
  readonly retracted?: readonly Retraction[];
  /** Versions that the main module excludes. */
  readonly excluded?: readonly string[];
  /** Whether a version has a go.mod of its own: asked of the highest compatible version, where +incompatible ones follow it. */
  readonly hasGoMod?: (version: string) => boolean | Promise<boolean>;
}

export function isRetracted(version: string, retractions: readonly Retraction[]): boolean {
  return retractions.some(({ low, high }) => compareSemver(low, version) <= 0 && compareSemver(version, high) <= 0);
}

/** The lines of an `@v/list` answer that are versions and not pseudo-versions, sorted. */
export function listedVersions(list: string): string[] {
  const versions = list.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] ?? []);
  return sortVersions(versions.filter((version) => isSemver(version) && !isPseudoVersion(version)));
}

/**
 * The version that `@latest` means among the listed ones, by cmd/go's rule (modload/query.go): the highest release, else
 * the highest prerelease. +incompatible versions count only where the highest compatible version has no go.mod.
 * Undefined where none is left: the source's own `@latest` (a pseudo-version) is then the answer.
 */
export async function pickLatest(versions: readonly string[], facts: LatestFacts = {}): Promise<string | undefined> {
  const releases: string[] = [];
  const prereleases: string[] = [];
  let incompatibleCounts = false;
  let lastCompatible: string | undefined;
  for (const version of sortVersions(versions.filter((each) => isSemver(each) && !isPseudoVersion(each)))) {
    if (facts.excluded?.includes(version) === true || isRetracted(version, facts.retracted ?? [])) continue;
    if (!incompatibleCounts) {
      if (!isIncompatible(version)) lastCompatible = version;
      else if (lastCompatible !== undefined) {
        // A go.mod says that its author uses modules: what follows are old tags of the time before.
        if ((await facts.hasGoMod?.(lastCompatible)) ?? true) break;
        incompatibleCounts = true;
      }
    }
    (isPrerelease(version) ? prereleases : releases).push(version);
  }
  return releases.at(-1) ?? prereleases.at(-1);
}

/** The newest pseudo-version by commit time: what a source that lists only pseudo-versions means by `@latest`. */
export function newestPseudoVersion(versions: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const version of versions) {
    const time = pseudoVersionTime(version);
    if (time !== undefined && (best === undefined || time > (pseudoVersionTime(best) ?? ""))) best = version;
  }
  return best;
}
