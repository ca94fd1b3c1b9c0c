import { invalid, lexGoMod, unquote, type GoModLine } from "./go-mod-lexer.ts";
import { pathMajorProblem, splitPathVersion } from "./module-path.ts";
import { canonicalVersion } from "./semver.ts";
import type { ModuleVersion, Retraction } from "./types.ts";

export interface Requirement extends ModuleVersion {
  readonly indirect: boolean;
  readonly line: number;
}

export interface Replacement {
  readonly path: string;
  /** Undefined: every version. */
  readonly version: string | undefined;
  /** A module path, or a folder. */
  readonly to: string;
  /** Undefined: `to` is a folder. */
  readonly toVersion: string | undefined;
  readonly line: number;
}

export interface GoMod {
  readonly module: string | undefined;
  readonly deprecated: string | undefined;
  /** The language version, `1.21` or `1.21.13`; undefined where there is no `go` line. */
  readonly go: string | undefined;
  /** `go1.21.13` or `default`. */
  readonly toolchain: string | undefined;
  readonly godebug: readonly { readonly key: string; readonly value: string }[];
  readonly require: readonly Requirement[];
  readonly exclude: readonly ModuleVersion[];
  readonly replace: readonly Replacement[];
  readonly retract: readonly Retraction[];
  readonly tool: readonly string[];
  readonly ignore: readonly string[];
}

export interface GoModOptions {
  /** What errors call the file; default `go.mod`. */
  readonly file?: string;
  /**
   * Read as Go reads the main module's: every directive counts, and an unknown one is an error. Otherwise as a dependency's, where
   * what only the main module may say (replace, exclude, tool…) and what is unknown is passed over.
   */
  readonly main?: boolean;
}

type Draft = { -readonly [Key in keyof GoMod]: GoMod[Key] extends readonly (infer Item)[] ? Item[] : GoMod[Key] };

const GO_VERSION = /^[1-9][0-9]*\.(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))?(?:[a-z]+[0-9]+)?$/;
const LAX_GO_VERSION = /^v?([1-9][0-9]*\.(?:0|[1-9][0-9]*))[^0-9].*$/;
const TOOLCHAIN = /^default$|^go1(?:$|\.)/;
const FOLDER = /^(?:\.{1,2}(?:$|[/\\])|[/\\]|[A-Za-z]:)/;
const DEPENDENCY_VERBS = new Set(["go", "module", "retract", "require", "ignore"]);
const BLOCK_VERBS = new Set(["module", "godebug", "require", "exclude", "replace", "retract", "tool", "ignore"]);

/** Reads a go.mod as golang.org/x/mod/modfile does. Throws GO_MOD_INVALID with file and line. */
export function parseGoMod(text: string, options: GoModOptions = {}): GoMod {
  const file = options.file ?? "go.mod";
  const dependency = options.main !== true;
  const draft: Draft = {
    module: undefined,
    deprecated: undefined,
    go: undefined,
    toolchain: undefined,
    godebug: [],
    require: [],
    exclude: [],
    replace: [],
    retract: [],
    tool: [],
    ignore: [],
  };
  for (const line of lexGoMod(text.replace(/^\ufeff/, ""), file)) {
    if (dependency && (!DEPENDENCY_VERBS.has(line.verb) || (line.block && !BLOCK_VERBS.has(line.verb)))) continue;
    if (line.block && !BLOCK_VERBS.has(line.verb)) throw invalid(file, line.line, `"${line.verb}" cannot be a block`);
    addLine(draft, line, { file, dependency });
  }
  return draft;
}

interface Place {
  readonly file: string;
  readonly dependency: boolean;
}

function addLine(draft: Draft, line: GoModLine, place: Place): void {
  const { verb, args } = line;
  const fail = (problem: string): Error => invalid(place.file, line.line, problem);
  const once = (value: unknown): void => {
    if (value !== undefined) throw fail(`"${verb}" is there twice`);
  };
  const single = (): string => {
    const text = args.length === 1 ? unquote(args[0] ?? "") : undefined;
    if (text === undefined) throw fail(`"${verb}" takes one value`);
    return text;
  };
  switch (verb) {
    case "module": {
      once(draft.module);
      draft.module = single();
      draft.deprecated = /(?:^|\n\n)Deprecated: *([\s\S]*?)(?:$|\n\n)/.exec(line.comment)?.[1];
      return;
    }
    case "go": {
      once(draft.go);
      const version = single();
      const lax = place.dependency ? LAX_GO_VERSION.exec(version)?.[1] : undefined;
      if (!GO_VERSION.test(version) && lax === undefined) throw fail(`"${version}" is not a Go version`);
      draft.go = GO_VERSION.test(version) ? version : lax;
      return;
    }
    case "toolchain":
      once(draft.toolchain);
      draft.toolchain = single();
      if (!TOOLCHAIN.test(draft.toolchain)) throw fail(`"${draft.toolchain}" is not a toolchain's name`);
      return;
    case "godebug": {
      const match = args.length === 1 ? /^([^="`',]*)=([^"`',]*)$/.exec(args[0] ?? "") : null;
      if (match === null) throw fail("godebug takes key=value");
      draft.godebug.push({ key: match[1] ?? "", value: match[2] ?? "" });
      return;
    }
    case "require":
      draft.require.push({
        ...moduleVersion(args, fail),
        indirect: /^indirect(?:$|;\s)/.test(line.suffix ?? ""),
        line: line.line,
      });
      return;
    case "exclude":
      draft.exclude.push(moduleVersion(args, fail));
      return;
    case "replace":
      draft.replace.push(readReplacement(args, line.line, fail));
      return;
    case "retract": {
      const interval = versionInterval(args, place.dependency);
      if (interval !== undefined) draft.retract.push({ ...interval, rationale: line.comment });
      // Later Go may add other forms; in a dependency they are passed over.
      else if (!place.dependency) throw fail("retract takes a version, or [low, high]");
      return;
    }
    case "tool":
      draft.tool.push(single());
      return;
    case "ignore":
      draft.ignore.push(single());
      return;
    default:
      throw fail(`"${verb}" is not a directive`);
  }
}

type Fail = (problem: string) => Error;

function moduleVersion(args: readonly string[], fail: Fail): ModuleVersion {
  const path = args.length === 2 ? unquote(args[0] ?? "") : undefined;
  if (path === undefined) throw fail("a module path and a version are wanted");
  return { path, version: versionOf(path, args[1] ?? "", fail) };
}

function versionOf(path: string, token: string, fail: Fail): string {
  const version = canonicalVersion(unquote(token) ?? "");
  if (version === "") throw fail(`${token} is not a version`);
  const split = splitPathVersion(path);
  const problem = split === undefined ? `the path ${path} is malformed` : pathMajorProblem(version, split.major);
  if (problem !== undefined) throw fail(`${path} ${version}: ${problem}`);
  return version;
}

/** The words after `replace`, of go.mod and go.work alike. */
export function readReplacement(args: readonly string[], line: number, fail: Fail): Replacement {
  const arrow = args[1] === "=>" ? 1 : 2;
  if (args[arrow] !== "=>" || args.length < arrow + 2 || args.length > arrow + 3)
    throw fail("replace takes PATH [VERSION] => PATH [VERSION]");
  const oldPath = unquote(args[0] ?? "");
  const newPath = unquote(args[arrow + 1] ?? "");
  if (oldPath === undefined || newPath === undefined) throw fail("a path is quoted wrongly");
  if (splitPathVersion(oldPath) === undefined) throw fail(`the path ${oldPath} is malformed`);
  const oldVersion = arrow === 2 ? versionOf(oldPath, args[1] ?? "", fail) : undefined;
  const isFolder = FOLDER.test(newPath);
  if (args.length === arrow + 2) {
    if (!isFolder) throw fail("a replacement without a version is a folder, and begins with ./, ../ or /");
    return { path: oldPath, version: oldVersion, to: newPath, toVersion: undefined, line };
  }
  if (isFolder) throw fail("a replacement that is a folder has no version");
  // Which major version the replacement has is not for its path to say: only the version's own form is checked.
  const version = canonicalVersion(unquote(args[arrow + 2] ?? "") ?? "");
  if (version === "") throw fail(`${args[arrow + 2] ?? ""} is not a version`);
  return { path: oldPath, version: oldVersion, to: newPath, toVersion: version, line };
}

function versionInterval(args: readonly string[], lax: boolean): { low: string; high: string } | undefined {
  const version = (index: number): string => canonicalVersion(unquote(args[index] ?? "") ?? "");
  const bracketed = args[0] === "[";
  const length = bracketed ? 5 : 1;
  if (args.length < length || (args.length > length && !lax)) return undefined;
  if (bracketed && (args[2] !== "," || args[4] !== "]")) return undefined;
  const low = version(bracketed ? 1 : 0);
  const high = bracketed ? version(3) : low;
  return low === "" || high === "" ? undefined : { low, high };
}
