import { posix } from "node:path";
import { globPattern } from "../module/index.ts";
import { couldBuild } from "./build-constraint.ts";

/** Files of a module's zip by their path below its root. */
export interface ModuleFiles {
  readonly paths: ReadonlySet<string>;
  read(path: string): Buffer;
}

const metadata = /^(?:AUTHORS|CONTRIBUTORS|COPYLEFT|COPYING|COPYRIGHT|LEGAL|LICENSE|NOTICE|PATENTS)/;

/** Whether `go mod vendor` copies this file of a package's own folder. `isPruned`: the main module says `go 1.17` or later. */
function isCopied(path: string, files: ModuleFiles, isPruned: boolean): boolean {
  const name = posix.basename(path);
  if (name.endsWith("_test.go")) return false;
  if ((name === "go.mod" || name === "go.sum") && isPruned) return false;
  return !name.endsWith(".go") || couldBuild(files.read(path).toString("utf8"));
}

/** Patterns of `//go:embed` lines: words, or Go strings. */
function embedPatterns(source: string): string[] {
  if (!/(?:"|`)embed(?:"|`)/.test(source)) return [];
  return [...source.matchAll(/^[ \t]*\/\/go:embed[ \t]+(.+)$/gm)].flatMap((line) =>
    [...(line[1] ?? "").matchAll(/"((?:[^"\\]|\\.)*)"|`([^`]*)`|(\S+)/g)].map(
      ([, quoted, raw, word]) => quoted?.replace(/\\(.)/g, "$1") ?? raw ?? word ?? "",
    ),
  );
}

/**
 * Files below a package's folder that a pattern embeds: matching files, and all below matching folders but what begins with `.` or `_` (with `all:` that too).
 * Source: cmd/go/internal/load/pkg.go (resolveEmbed).
 */
function embedded(pattern: string, folder: string, files: ModuleFiles): string[] {
  const all = pattern.startsWith("all:");
  const regexp = globPattern(all ? pattern.slice("all:".length) : pattern);
  if (regexp === undefined) return [];
  const start = folder === "" ? "" : `${folder}/`;
  return [...files.paths].filter((path) => {
    if (!path.startsWith(start)) return false;
    const parts = path.slice(start.length).split("/");
    return parts.some((_, index) => {
      if (!regexp.test(parts.slice(0, index + 1).join("/")) && !(index === 0 && pattern.replace(/^all:/, "") === "."))
        return false;
      return all || parts.slice(index + 1).every((part) => !/^[._]/.test(part));
    });
  });
}

/**
 * What `go mod vendor` copies of a package's folder (relative to the module's root, empty for the root itself): all its files but tests and those that no
 * build takes, what they embed, and licences of the folders above. Source: cmd/go/internal/modcmd/vendor.go.
 */
export function copiedFiles(folder: string, files: ModuleFiles, isPruned: boolean): ReadonlySet<string> {
  const folderOf = (path: string): string => posix.dirname(path).replace(/^\.$/, "");
  const own = [...files.paths].filter((path) => folderOf(path) === folder && isCopied(path, files, isPruned));
  const copied = new Set(own);
  for (const path of own.filter((each) => each.endsWith(".go")))
    for (const pattern of embedPatterns(files.read(path).toString("utf8")))
      for (const found of embedded(pattern, folder, files)) copied.add(found);
  for (let above = folder; above !== "";) {
    above = folderOf(above);
    for (const path of files.paths)
      if (folderOf(path) === above && metadata.test(posix.basename(path))) copied.add(path);
  }
  return copied;
}
