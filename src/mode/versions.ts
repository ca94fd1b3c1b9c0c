import { compareGoVersions, goLanguage, parseGoVersion, type GoVersion } from "../core/go-version.ts";

/**
 * What changed in the go command between versions, and matters here. Facts from cmd/go/internal/modload, load, work and toolchain of the releases named, and from
 * golang.org/x/mod/modfile as each of them has it.
 */
export const SINCE = {
  /** GO111MODULE unset means `on`; before, `auto`. */
  modulesByDefault: "1.16",
  /** Toolchains switch, go.env of GOROOT is read, a `go` line is a minimum and may have a patch. */
  toolchains: "1.21",
  /** `-modfile` is refused in a workspace; before, its file stood for the go.mod of every module. */
  modfileInWorkspace: "1.21",
  /** `go work vendor`, and -mod=vendor in a workspace. */
  workVendor: "1.22",
  /** A go.mod in the first folder of GOPATH is warned of; before, it was refused. */
  gopathModIgnored: "1.22",
} as const;

/** Directives that a go.mod or go.work may have since a version; an older go refuses the file. */
export const DIRECTIVES: readonly { readonly name: "toolchain" | "godebug" | "tool" | "ignore"; readonly since: string }[] = [
  { name: "toolchain", since: "1.21" },
  { name: "godebug", since: "1.23" },
  { name: "tool", since: "1.24" },
  { name: "ignore", since: "1.25" },
]; // prettier-ignore

/** The language versions whose rules are known, oldest first. */
export const KNOWN_LANGUAGES = ["1.20", "1.21", "1.22", "1.23", "1.24", "1.25", "1.26"] as const;

const somePatch = 9999;

/** A go of a language version whose patch is not known: newer than all that go.mod can ask for of it. */
export function someGoOf(language: string): GoVersion {
  const version = parseGoVersion(`${language}.${somePatch}`);
  if (version === undefined) throw new Error(`not a language version: ${language}`);
  return version;
}

/** The same version; of a language version any patch of it. */
export function languageGo(version: GoVersion): GoVersion {
  return version.patch === undefined && version.pre === undefined ? someGoOf(goLanguage(version)) : version;
}

/** A version for people: of one whose patch is not known, the language version. */
export function versionText(version: GoVersion | undefined): string {
  if (version === undefined) return "?";
  return version.patch === somePatch ? goLanguage(version) : version.text;
}

/** Whether a go is of a version or newer. One that is not known is taken for the newest. */
export function isAtLeast(version: GoVersion | undefined, minimum: string): boolean {
  const least = parseGoVersion(minimum);
  return version === undefined || least === undefined || compareGoVersions(version, least) >= 0;
}

/** As cmd/go/internal/gover.Compare with texts: what is no version is older than everything. */
export function isNewer(text: string, than: string): boolean {
  const [a, b] = [parseGoVersion(text), parseGoVersion(than)];
  if (a === undefined) return false;
  return b === undefined || compareGoVersions(a, b) > 0;
}

/** The version in a toolchain's name: `1.22.5` of `go1.22.5-custom` and of `gccgo-go1.22.5`; undefined for other names. */
export function versionInName(name: string): string | undefined {
  const text = /^(?:.*-)?go(1[^-\s]*)(?:-.*)?$/.exec(name)?.[1];
  return text === undefined || parseGoVersion(text) === undefined ? undefined : text;
}
