/**
 * Go's own version grammar: `1.21`, `1.21rc2`, `1.21.0`, `1.22.5`, with or without the prefix `go`.
 * Source: GOROOT/src/internal/gover/gover.go. A language version (`1.21`) sorts before its release
 * candidates, and those before `1.21.0`; before Go 1.21 the first release had no `.0`.
 */
export interface GoVersion {
  readonly major: number;
  readonly minor: number;
  /** undefined in a language version such as `1.21`, and in `1.21rc2`. */
  readonly patch: number | undefined;
  readonly pre: { readonly kind: "beta" | "rc"; readonly number: number } | undefined;
  /** As Go prints it, without `go`: `1.21.13`. */
  readonly text: string;
}

const grammar = /^(?:go)?(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*)|(beta|rc)([1-9]\d*))?)?$/;

/** Parses; undefined where the text is not a Go version. */
export function parseGoVersion(text: string): GoVersion | undefined {
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch, kind, number] = match;
  return {
    major: Number(major),
    minor: Number(minor ?? 0),
    patch: patch === undefined ? undefined : Number(patch),
    pre: kind === undefined ? undefined : { kind: kind === "rc" ? "rc" : "beta", number: Number(number) },
    text: text.replace(/^go/, ""),
  };
}

function rank(version: GoVersion): readonly number[] {
  // language < beta < rc < release; a release before 1.21 without a patch is its `.0`.
  const firstReleaseHasNoPatch = version.major === 1 && version.minor < 21;
  const released = version.patch !== undefined || (firstReleaseHasNoPatch && version.pre === undefined);
  const stage = released ? 3 : version.pre?.kind === "rc" ? 2 : version.pre?.kind === "beta" ? 1 : 0;
  return [version.major, version.minor, stage, version.pre?.number ?? 0, version.patch ?? 0];
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`. */
export function compareGoVersions(a: GoVersion, b: GoVersion): number {
  const left = rank(a);
  const right = rank(b);
  for (let i = 0; i < left.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The language version of a release: `1.21` of `1.21.13`. */
export function goLanguage(version: GoVersion): string {
  return `${version.major}.${version.minor}`;
}

/** `GOOS/GOARCH`. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

/** Parses `linux/amd64`; undefined where it is not of that form. */
export function parsePlatform(text: string): Platform | undefined {
  const match = /^([a-z0-9]+)\/([a-z0-9]+)$/.exec(text);
  return match === null ? undefined : { os: match[1] ?? "", arch: match[2] ?? "" };
}

export function platformText(platform: Platform): string {
  return `${platform.os}/${platform.arch}`;
}

/** A release for a platform. */
export interface Release {
  /** Without `go`. */
  readonly version: string;
  readonly platform: Platform;
}

/** `go1.22.5.linux-amd64`: how Go's own archives and module versions name a toolchain, and medkit's folders. */
export function toolchainName({ version, platform }: Release): string {
  return `go${version}.${platform.os}-${platform.arch}`;
}

/** The reverse of {@link toolchainName}; undefined for any other text. */
export function parseToolchainName(text: string): Release | undefined {
  const [, version = "", os = "", arch = ""] = /^go(.+)\.([a-z0-9]+)-([a-z0-9]+)$/.exec(text) ?? [];
  return parseGoVersion(version) === undefined ? undefined : { version, platform: { os, arch } };
}

/** The versions among these releases that are for a platform. */
export function versionsFor(platform: Platform, releases: readonly Release[]): readonly string[] {
  return releases.flatMap((each) => (platformText(each.platform) === platformText(platform) ? [each.version] : []));
}

const nodeArch: Readonly<Record<string, string>> = {
  x64: "amd64",
  arm64: "arm64",
  ia32: "386",
  arm: "arm",
  riscv64: "riscv64",
};

/** Go's name for the platform of a Node process (`process.platform`, `process.arch`). */
export function hostPlatform(os: string, arch: string): Platform {
  return { os: os === "win32" ? "windows" : os, arch: nodeArch[arch] ?? arch };
}
