import { open, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fromSystemError, MedkitError, systemCode } from "../core/errors.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { checkModulePath, readGoSum, type ModuleVersion } from "../module/index.ts";
import { isExecutable, readBuildInfo } from "./build-info.ts";
import { readModuleSource, readWorkspaceSource } from "./main-modules.ts";
import type { GraphRoot, SyncSource } from "./types.ts";

/** Gives the version that a query (`latest`, `v1.2`, a branch) means. Throws MODULE_UNAVAILABLE. */
export type ResolveQuery = (path: string, query: string) => Promise<string>;

export interface ReadOptions {
  readonly cwd: string;
  readonly resolve: ResolveQuery;
}

/** A program that requires one module, as `go install` and a fresh project with one `go get` see it. */
export function rootFor(module: ModuleVersion): GraphRoot {
  return { required: [module], own: [], replacements: [], excluded: [], isPruned: true };
}

/**
 * Reads what a person named: a folder with go.work or go.mod, one of these files, a Go binary, a go.sum, a list of `module@version` lines, or one `module@version`
 * itself. PATH_NOT_FOUND, GO_MOD_*, BINARY_UNREADABLE, SOURCE_LINE_INVALID, MODULE_PATH_INVALID.
 */
export async function readSource(name: string, options: ReadOptions): Promise<SyncSource> {
  const path = resolve(options.cwd, name);
  const kind = await kindOf(path);
  if (kind === undefined) {
    if (/^[^/\\.][^\\]*@[^@/\\]+$/.test(name)) return await listed(name, "query", [name], options);
    throw new MedkitError("PATH_NOT_FOUND", { path });
  }
  if (kind === "folder") {
    if ((await kindOf(join(path, "go.work"))) === "file") return await readWorkspaceSource(name, join(path, "go.work"));
    return await readModuleSource(name, join(path, "go.mod"));
  }
  const file = basename(path);
  if (file.endsWith(".work")) return await readWorkspaceSource(name, path);
  if (file.endsWith(".mod")) return await readModuleSource(name, path);
  if (isExecutable(await firstBytes(path))) return await binarySource(name, path);
  const text = (await readRegularFile(path)) ?? "";
  if (file.endsWith(".sum"))
    return { name, kind: "list", roots: [], content: "required", sums: readGoSum(text).lines, alone: [] };
  return await listed(name, "list", text.split("\n"), options);
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  try {
    const facts = await stat(path);
    return facts.isDirectory() ? "folder" : "file";
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ENAMETOOLONG"].includes(systemCode(error) ?? "")) return undefined;
    throw fromSystemError(error, path);
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    await using file = await open(path, "r");
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw fromSystemError(error, path);
  }
}

/** The very versions that a binary was built of; the main module too where it has one. */
async function binarySource(name: string, path: string): Promise<SyncSource> {
  const { modules } = await readBuildInfo(path);
  const main = modules.filter((each) => each.isMain);
  const root = { required: modules, own: [], replacements: [], excluded: [], isPruned: true };
  // `go install MAIN@VERSION` reads the graph of the main module, which names more than was built.
  return { name, kind: "binary", roots: [root, ...main.map(rootFor)], content: "required", sums: [], alone: [] };
}

/** `path@version` or `path version` a line; `#` begins a remark. */
async function listed(
  name: string,
  kind: SyncSource["kind"],
  lines: readonly string[],
  options: ReadOptions,
): Promise<SyncSource> {
  const roots: GraphRoot[] = [];
  for (const [index, line] of lines.entries()) {
    const words = line.replace(/(?:^|\s)(?:#|\/\/).*$/, "").trim();
    if (words === "") continue;
    const [, path, query] = /^([^\s@]+)(?:@|\s+)([^\s@]+)$/.exec(words) ?? [];
    if (path === undefined || query === undefined)
      throw new MedkitError("SOURCE_LINE_INVALID", { file: name, line: index + 1, text: words.slice(0, 200) });
    checkModulePath(path);
    roots.push(rootFor({ path, version: await options.resolve(path, query) }));
  }
  return { name, kind, roots, content: "build-list", sums: [], alone: [] };
}
