import { compareGoVersions, parseGoVersion, parseToolchainName } from "../../core/go-version.ts";
import {
  canonicalVersion,
  compareSemver,
  isIncompatible,
  isPrerelease,
  isPseudoVersion,
  isSemver,
  type ModuleVersion,
} from "../../module/index.ts";
import type { VersionTerm, VersionTest } from "./types.ts";

/** The module in which Go's toolchains come; its versions are `v0.0.1-go1.22.5.linux-amd64`. */
const toolchainModule = "golang.org/toolchain";

/** The Go version of a toolchain's module version, without `go`; undefined for every other module. */
export function toolchainGoVersion({ path, version }: ModuleVersion): string | undefined {
  if (path !== toolchainModule || !version.startsWith("v0.0.1-")) return undefined;
  return parseToolchainName(version.slice("v0.0.1-".length))?.version;
}

/**
 * Parses one expression: `pseudo`, `prerelease`, `release`, `incompatible`, or terms that must all hold (`>=v1.2.0 <v1.4.0`, `v1.3.5`, `<go1.22.5`).
 * Undefined where it is none.
 */
export function parseVersionTest(text: string): VersionTest | undefined {
  const words = text.trim().split(/\s+/);
  const [first = ""] = words;
  if (words.length === 1 && (first === "pseudo" || first === "prerelease" || first === "release"))
    return { kind: first };
  if (words.length === 1 && first === "incompatible") return { kind: first };
  const terms = words.map(parseTerm);
  return terms.every((term) => term !== undefined) ? { kind: "terms", terms } : undefined;
}

function parseTerm(word: string): VersionTerm | undefined {
  const [, sign = "", version = ""] = /^(<=|>=|<|>|=)?((?:v|go)[0-9].*)$/.exec(word) ?? [];
  const operator = sign === "" ? "=" : (sign as VersionTerm["operator"]);
  if (version.startsWith("go")) {
    const parsed = parseGoVersion(version);
    return parsed === undefined ? undefined : { operator, version: parsed.text, toolchain: true };
  }
  if (!isSemver(version)) return undefined;
  // `v1.2` is a range's end, and no version.
  if (operator === "=" && canonicalVersion(version) !== version) return undefined;
  return { operator, version, toolchain: false };
}

/** Whether a version is one that the expression means, in the order of Go's own versions. */
export function matchesVersion(test: VersionTest, module: ModuleVersion): boolean {
  const { version } = module;
  switch (test.kind) {
    case "pseudo":
      return isPseudoVersion(version);
    case "prerelease":
      return isPrerelease(version) && !isPseudoVersion(version);
    case "release":
      return isSemver(version) && !isPrerelease(version);
    case "incompatible":
      return isIncompatible(version);
    case "terms":
      return test.terms.every((term) => holds(term, module));
  }
}

function holds(term: VersionTerm, module: ModuleVersion): boolean {
  const order = term.toolchain ? compareToolchain(module, term.version) : compareSemver(module.version, term.version);
  if (order === undefined) return false;
  switch (term.operator) {
    case "=":
      return order === 0 && (term.toolchain || isIncompatible(term.version) === isIncompatible(module.version));
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function compareToolchain(module: ModuleVersion, wanted: string): number | undefined {
  const version = parseGoVersion(toolchainGoVersion(module) ?? "");
  const other = parseGoVersion(wanted);
  return version === undefined || other === undefined ? undefined : compareGoVersions(version, other);
}
