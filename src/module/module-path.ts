import { MedkitError } from "../core/errors.ts";
import { canonicalVersion, isIncompatible, isSemver, semverMajor } from "./semver.ts";
import type { ModuleVersion } from "./types.ts";

/** The rules of golang.org/x/mod/module: what a module path, a version and a file name may be, and how they are escaped. */

type PathKind = "module" | "import" | "file";

const WINDOWS_NAMES = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;
const MODULE_CHARACTERS = /^[-._~0-9A-Za-z]*$/;
const IMPORT_CHARACTERS = /^[-._~+0-9A-Za-z]*$/;
const FILE_CHARACTERS = /^[-!#$%&()+,.=@[\]^_{}~ 0-9A-Za-z\p{L}]*$/u;

/** Throws MODULE_PATH_INVALID unless `path` can be a module's. */
export function checkModulePath(path: string): void {
  const problem = modulePathProblem(path);
  if (problem !== undefined) throw new MedkitError("MODULE_PATH_INVALID", { path, problem });
}

/** Throws unless the path is valid, the version a full semantic one, and their major versions agree. */
export function checkModuleVersion(module: ModuleVersion): void {
  checkModulePath(module.path);
  const { path, version } = module;
  if (!isSemver(version) || canonicalVersion(version) !== version) {
    throw new MedkitError("MODULE_VERSION_INVALID", { path, version, problem: "it is not a full semantic version" });
  }
  const problem = pathMajorProblem(version, splitPathVersion(path)?.major ?? "");
  if (problem !== undefined) throw new MedkitError("MODULE_VERSION_INVALID", { path, version, problem });
}

/** Why a slash-separated file name cannot be in a module zip; undefined where it can. */
export function filePathProblem(path: string): string | undefined {
  return pathProblem(path, "file");
}

/** Why this is not a package's import path; undefined where it is. */
export function importPathProblem(path: string): string | undefined {
  return pathProblem(path, "import");
}

function modulePathProblem(path: string): string | undefined {
  const problem = pathProblem(path, "module");
  if (problem !== undefined) return problem;
  const first = path.split("/", 1)[0] ?? "";
  if (!first.includes(".")) return "its first element has no dot";
  if (!/^[-.0-9a-z]*$/.test(first)) return "its first element has a character that host names have not";
  if (splitPathVersion(path) === undefined) return "its major version suffix is malformed";
  return undefined;
}

function pathProblem(path: string, kind: PathKind): string | undefined {
  if (!path.isWellFormed()) return "it is not valid UTF-8";
  if (path === "") return "it is empty";
  if (path.startsWith("-") && kind !== "file") return "it begins with a dash";
  for (const element of path.split("/")) {
    const problem = elementProblem(element, kind);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function elementProblem(element: string, kind: PathKind): string | undefined {
  if (element === "") return "an element is empty";
  if (/^\.+$/.test(element)) return `an element is "${element}"`;
  if (element.startsWith(".") && kind === "module") return "an element begins with a dot";
  if (element.endsWith(".")) return "an element ends with a dot";
  const allowed = kind === "module" ? MODULE_CHARACTERS : kind === "import" ? IMPORT_CHARACTERS : FILE_CHARACTERS;
  if (!allowed.test(element)) return "it has a character that is not allowed";
  const stem = element.split(".", 1)[0] ?? "";
  if (WINDOWS_NAMES.test(stem)) return `Windows reserves the name "${stem}"`;
  if (kind !== "file" && /~[0-9]+$/.test(stem)) return "an element ends like a Windows short name";
  return undefined;
}

/** A module path in two: `example.com/a/v2` is `example.com/a` and `/v2` (`.v2` for gopkg.in). Undefined where the suffix is malformed. */
export function splitPathVersion(path: string): { prefix: string; major: string } | undefined {
  if (path.startsWith("gopkg.in/")) {
    const match = /^(.+)(\.v(0|[1-9][0-9]*)(?:-unstable)?)$/.exec(path);
    return match === null ? undefined : { prefix: match[1] ?? "", major: match[2] ?? "" };
  }
  const match = /^(.+)(\/v[0-9.]+)$/.exec(path);
  if (match === null) return { prefix: path, major: "" };
  const major = match[2] ?? "";
  return /^\/v(?:[2-9]|[1-9][0-9]+)$/.test(major) ? { prefix: match[1] ?? "", major } : undefined;
}

/** Why a version cannot be of a module with this path suffix; undefined where it can. */
export function pathMajorProblem(version: string, pathMajor: string): string | undefined {
  const suffix =
    pathMajor.startsWith(".v") && pathMajor.endsWith("-unstable") ? pathMajor.slice(0, -"-unstable".length) : pathMajor;
  // gopkg.in/…v1 has such pseudo-versions, from an old mistake of Go's.
  if (version.startsWith("v0.0.0-") && suffix === ".v1") return undefined;
  const major = semverMajor(version);
  if (suffix === "") {
    return major === "v0" || major === "v1" || isIncompatible(version)
      ? undefined
      : `it should be v0 or v1, not ${major}`;
  }
  return major === suffix.slice(1) ? undefined : `it should be ${suffix.slice(1)}, not ${major}`;
}

/** Upper case as `!` and lower case, so that file systems that ignore case keep paths apart. */
export function escapePath(path: string): string {
  checkModulePath(path);
  return escape(path);
}

/** The same for versions, and for queries such as branch names. */
export function escapeVersion(version: string): string {
  const problem = version.includes("!") ? "it has an exclamation mark" : elementProblem(version, "file");
  if (problem !== undefined || !/^[\0-\x7f]*$/.test(version)) {
    throw new MedkitError("MODULE_VERSION_INVALID", { path: "", version, problem: problem ?? "it is not ASCII" });
  }
  return escape(version);
}

export function unescapePath(escaped: string): string {
  const path = unescape(escaped);
  if (path === undefined)
    throw new MedkitError("MODULE_PATH_INVALID", { path: escaped, problem: "it is not escaped as Go does it" });
  checkModulePath(path);
  return path;
}

export function unescapeVersion(escaped: string): string {
  const version = unescape(escaped);
  const problem = version === undefined ? "it is not escaped as Go does it" : elementProblem(version, "file");
  if (version === undefined || problem !== undefined) {
    throw new MedkitError("MODULE_VERSION_INVALID", { path: "", version: escaped, problem: problem ?? "" });
  }
  return version;
}

function escape(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

function unescape(escaped: string): string | undefined {
  if (!/^(?:![a-z]|[^!A-Z\u0080-\uffff])*$/.test(escaped)) return undefined;
  return escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Whether a prefix of a module path matches one of the comma-separated globs: the rule of GOPRIVATE, GONOPROXY and GONOSUMDB.
 * Empty and malformed patterns match nothing.
 */
export function matchPrefixPatterns(globs: string, target: string): boolean {
  const elements = target.split("/");
  return globs.split(",").some((each) => {
    const glob = each.replace(/\/$/, "");
    const count = glob.split("/").length;
    if (glob === "" || elements.length < count) return false;
    const pattern = globPattern(glob);
    return pattern !== undefined && pattern.test(elements.slice(0, count).join("/"));
  });
}

/** Whether a pattern of such a list can match anything: malformed ones never do, which in a list of what is refused would go unseen. */
export function isPrefixPattern(glob: string): boolean {
  return glob.replace(/\/$/, "") !== "" && !/[,\s]/.test(glob) && globPattern(glob.replace(/\/$/, "")) !== undefined;
}

/** Go's path.Match as a regular expression; undefined where the pattern is malformed. */
export function globPattern(glob: string): RegExp | undefined {
  let source = "";
  for (let index = 0; index < glob.length; index++) {
    const character = glob.charAt(index);
    if (character === "*") source += "[^/]*";
    else if (character === "?") source += "[^/]";
    else if (character === "\\") {
      index++;
      if (index >= glob.length) return undefined;
      source += literal(glob.charAt(index));
    } else if (character === "[") {
      const set = /^\[(\^?)((?:\\.|[^\]\\])+)\]/.exec(glob.slice(index));
      if (set === null) return undefined;
      const ranges = (set[2] ?? "").replace(/\\(.)/g, "$1").replace(/[\\\]^]/g, "\\$&");
      source += `(?!/)[${set[1] ?? ""}${ranges}]`;
      index += set[0].length - 1;
    } else source += literal(character);
  }
  try {
    return new RegExp(`^${source}$`, "u");
  } catch {
    return undefined;
  }
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}
