import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readRegularFile } from "../core/regular-file.ts";
import { matchConstraint, matchFileName, type BuildContext } from "./build-context.ts";

export interface ImportLine {
  readonly path: string;
  /** The file, and 1 for its first line. */
  readonly file: string;
  readonly line: number;
}

export interface SourcePackage {
  readonly folder: string;
  /** Names of the files that count, tests left out. */
  readonly files: readonly string[];
  /** `.go` files that lie there and do not count here. */
  readonly ignored: readonly string[];
  /** In the order of files and lines; each path once. */
  readonly imports: readonly ImportLine[];
}

/** Octets of a Go file that is read: imports stand at its beginning. */
const most = 16 * 1024 * 1024;

interface Head {
  readonly constraint: string | undefined;
  readonly imports: readonly { readonly path: string; readonly line: number }[];
}

/** Text of a Go string literal, as far as import paths go: no escapes beyond what they may hold. */
function literal(token: string): string | undefined {
  return /^"([^"\\\n]*)"$/.exec(token)?.[1] ?? /^`([^`]*)`$/.exec(token)?.[1];
}

/** The build constraint and the imports of a Go file, by its tokens up to the first declaration that is no import (go/build.readGoFiles). */
export function readHead(text: string): Head {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|[\p{L}_][\p{L}\p{N}_]*|[^\s]/gu;
  let constraint: string | undefined;
  const imports: { path: string; line: number }[] = [];
  let line = 1;
  let from = 0;
  let state: "start" | "package" | "top" | "import" | "block" = "start";
  for (const match of text.replace(/^\ufeff/, "").matchAll(token)) {
    const [word] = match;
    line += (text.slice(from, match.index).match(/\n/g) ?? []).length;
    from = match.index;
    if (word.startsWith("//") || word.startsWith("/*")) {
      if (state === "start") constraint ??= /^\/\/go:build\s+(.*)$/.exec(word.trimEnd())?.[1];
      continue;
    }
    if (state === "start") {
      if (word !== "package") break;
      state = "package";
    } else if (state === "package") state = "top";
    else if (state === "top") {
      if (word === ";") continue;
      if (word !== "import") break;
      state = "import";
    } else if (word === "(" && state === "import") state = "block";
    else if (word === ")" && state === "block") state = "top";
    else {
      const path = literal(word);
      if (path === undefined) continue;
      imports.push({ path, line });
      if (state === "import") state = "top";
    }
  }
  return { constraint, imports };
}

/** Reads the package of a folder: which files count on this platform, and what they import. Undefined where there is no such folder. */
export async function readSourcePackage(folder: string, context: BuildContext): Promise<SourcePackage | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return undefined;
  const files: string[] = [];
  const ignored: string[] = [];
  const imports = new Map<string, ImportLine>();
  for (const name of names.toSorted()) {
    if (!name.endsWith(".go") || name.endsWith("_test.go")) continue;
    const file = join(folder, name);
    const text = /^[_.]/.test(name) || !matchFileName(name, context) ? undefined : await readRegularFile(file, most);
    const head = text === undefined ? undefined : readHead(text);
    const counts =
      head !== undefined &&
      (head.constraint === undefined || matchConstraint(head.constraint, context) === true) &&
      (context.cgo || !head.imports.some((each) => each.path === "C"));
    if (!counts) {
      ignored.push(name);
      continue;
    }
    files.push(name);
    for (const { path, line } of head.imports) if (!imports.has(path)) imports.set(path, { path, file, line });
  }
  return { folder, files, ignored, imports: [...imports.values()] };
}

/** Whether a folder has a Go file, whatever constraints it has (cmd/go/internal/fsys.IsGoDir). */
export async function hasGoFiles(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.some((each) => each.name.endsWith(".go") && !each.isDirectory());
}
