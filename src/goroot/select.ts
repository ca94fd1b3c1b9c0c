import { compareGoVersions, parseGoVersion, type GoVersion } from "../core/go-version.ts";

/** What a person may say for a version. */
export type Selector =
  /** One release or release candidate, by Go's own name for it. */
  | { readonly kind: "exact"; readonly version: string }
  /** A language version such as `1.22`: its newest patch. */
  | { readonly kind: "language"; readonly major: number; readonly minor: number }
  /** The newest release, and the newest one of the language version before it: the two that Go's team supports. */
  | { readonly kind: "latest" | "oldstable" };

/** Before Go 1.21 the first release of a language version was named without a patch: what people write as `1.20.0` is `1.20`. */
function releaseName(version: GoVersion): string {
  const bare = version.major === 1 && version.minor < 21 && version.patch === 0;
  return bare ? `${version.major}.${version.minor}` : version.text;
}

/** Whether it is a release that one can install: no language version, no release candidate. */
function isRelease(version: GoVersion): boolean {
  if (version.pre !== undefined) return false;
  return version.patch !== undefined || (version.major === 1 && version.minor < 21);
}

/** Reads `1.22.5`, `go1.22.5`, `1.26rc1`, `1.22`, `latest`, `stable` and `oldstable`; undefined for anything else. */
export function parseSelector(text: string): Selector | undefined {
  if (text === "latest" || text === "stable") return { kind: "latest" };
  if (text === "oldstable") return { kind: "oldstable" };
  const version = /^(?:go)?\d+\./.test(text) ? parseGoVersion(text) : undefined;
  if (version === undefined) return undefined;
  if (version.patch === undefined && version.pre === undefined)
    return { kind: "language", major: version.major, minor: version.minor };
  return { kind: "exact", version: releaseName(version) };
}

/**
 * The version that a selector means among these (texts without `go`, in any order); undefined where none fits. Of a language version and of
 * `latest` a release candidate is meant only where there is no release.
 */
export function resolveSelector(selector: Selector, versions: readonly string[]): string | undefined {
  if (selector.kind === "exact") return versions.includes(selector.version) ? selector.version : undefined;
  const known = versions
    .flatMap((text) => parseGoVersion(text) ?? [])
    .toSorted((a, b) => Number(isRelease(b)) - Number(isRelease(a)) || compareGoVersions(b, a));
  if (selector.kind === "language")
    return known.find((each) => each.major === selector.major && each.minor === selector.minor)?.text;
  const newest = known[0];
  if (newest === undefined || selector.kind === "latest") return newest?.text;
  return known.find((each) => each.major < newest.major || each.minor < newest.minor)?.text;
}
