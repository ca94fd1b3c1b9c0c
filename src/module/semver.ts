/** Versions as Go reads them: `vMAJOR[.MINOR[.PATCH[-PRERELEASE][+BUILD]]]` (golang.org/x/mod/semver). */
export interface Semver {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** `.0.0` or `.0` where the version was short. */
  readonly short: string;
  /** With its `-`; empty for a release. */
  readonly prerelease: string;
  /** With its `+`. */
  readonly build: string;
}

const NUMBER = "(0|[1-9][0-9]*)";
const IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const FULL = new RegExp(`^v${NUMBER}\\.${NUMBER}\\.${NUMBER}(-${IDENTIFIERS})?(\\+${IDENTIFIERS})?$`);
const SHORT = new RegExp(`^v${NUMBER}(?:\\.${NUMBER})?$`);
const LEADING_ZERO = /(?:^|\.)0[0-9]+(?:\.|$)/;

/** The parts of a version; undefined where it is not one. */
export function parseSemver(version: string): Semver | undefined {
  const short = SHORT.exec(version);
  if (short !== null) {
    const [, major = "0", minor] = short;
    return {
      major,
      minor: minor ?? "0",
      patch: "0",
      short: minor === undefined ? ".0.0" : ".0",
      prerelease: "",
      build: "",
    };
  }
  const full = FULL.exec(version);
  if (full === null) return undefined;
  const [, major = "0", minor = "0", patch = "0", prerelease = "", build = ""] = full;
  // Numeric identifiers of a prerelease have no leading zeros; those of a build may.
  if (LEADING_ZERO.test(prerelease.slice(1))) return undefined;
  return { major, minor, patch, short: "", prerelease, build };
}

export function isSemver(version: string): boolean {
  return parseSemver(version) !== undefined;
}

/** The full form without build; empty where the version is not valid. */
export function canonicalSemver(version: string): string {
  const parsed = parseSemver(version);
  if (parsed === undefined) return "";
  return `v${parsed.major}.${parsed.minor}.${parsed.patch}${parsed.prerelease}`;
}

/** As canonicalSemver, but keeps `+incompatible`: the form that module versions have. */
export function canonicalVersion(version: string): string {
  const canonical = canonicalSemver(version);
  return canonical !== "" && isIncompatible(version) ? `${canonical}+incompatible` : canonical;
}

export function isIncompatible(version: string): boolean {
  return parseSemver(version)?.build === "+incompatible";
}

export function isPrerelease(version: string): boolean {
  return (parseSemver(version)?.prerelease ?? "") !== "";
}

/** `v2` of `v2.3.4`; empty where the version is not valid. */
export function semverMajor(version: string): string {
  const parsed = parseSemver(version);
  return parsed === undefined ? "" : `v${parsed.major}`;
}

/** Order by SemVer precedence: builds do not count, an invalid version is below every valid one. */
export function compareSemver(left: string, right: string): -1 | 0 | 1 {
  const a = parseSemver(left);
  const b = parseSemver(right);
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return (
    compareDecimal(a.major, b.major) ||
    compareDecimal(a.minor, b.minor) ||
    compareDecimal(a.patch, b.patch) ||
    comparePrerelease(a.prerelease, b.prerelease)
  );
}

/** A sorted copy, lowest first; equal precedence is ordered by text, as Go does. */
export function sortVersions(versions: readonly string[]): string[] {
  return [...versions].sort((a, b) => compareSemver(a, b) || compareText(a, b));
}

export function compareText(a: string, b: string): -1 | 0 | 1 {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Decimal numbers of any length, without leading zeros. */
function compareDecimal(a: string, b: string): -1 | 0 | 1 {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return compareText(a, b);
}

function comparePrerelease(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  if (a === "") return 1;
  if (b === "") return -1;
  const left = a.slice(1).split(".");
  const right = b.slice(1).split(".");
  for (const [index, x] of left.entries()) {
    const y = right[index];
    if (y === undefined) return 1;
    if (x === y) continue;
    const xNumber = /^[0-9]+$/.test(x);
    const yNumber = /^[0-9]+$/.test(y);
    if (xNumber !== yNumber) return xNumber ? -1 : 1;
    return xNumber ? compareDecimal(x, y) : compareText(x, y);
  }
  return -1;
}

const PSEUDO = /^v[0-9]+\.(0\.0-|\d+\.\d+-([^+]*\.)?0\.)\d{14}-[A-Za-z0-9]+(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

/** Whether Go made this version up from a commit: `v0.0.0-20180314180146-1d60e4601c6f` and its two longer forms. */
export function isPseudoVersion(version: string): boolean {
  return PSEUDO.test(version) && isSemver(version);
}

/** The commit's time in a pseudo-version, as its fourteen digits; undefined for other versions. */
export function pseudoVersionTime(version: string): string | undefined {
  if (!isPseudoVersion(version)) return undefined;
  return /(\d{14})-[A-Za-z0-9]+(?:\+.*)?$/.exec(version)?.[1];
}

/** The commit's abbreviated hash in a pseudo-version; undefined for other versions. */
export function pseudoVersionRevision(version: string): string | undefined {
  if (!isPseudoVersion(version)) return undefined;
  return /\d{14}-([A-Za-z0-9]+)(?:\+.*)?$/.exec(version)?.[1];
}
