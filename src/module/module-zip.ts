import { closeSync, openSync } from "node:fs";
import type { ErrorCode } from "../core/error-codes.ts";
import { MedkitError } from "../core/errors.ts";
import { fileSource, type ByteSource } from "./byte-source.ts";
import { checkModuleVersion, filePathProblem } from "./module-path.ts";
import type { ZipEntry, ZipLimits } from "./zip-directory.ts";
import { openZip, type ZipReader } from "./zip-reader.ts";

const MEBIBYTE = 1024 * 1024;

/** What cmd/go takes at most (golang.org/x/mod/zip). Toolchains are modules and keep to it too. */
export const MODULE_ZIP_LIMITS: ZipLimits = {
  maxFile: 500 * MEBIBYTE,
  maxContent: 500 * MEBIBYTE,
  maxEntries: 200_000,
};

const MAX_GO_MOD = 16 * MEBIBYTE;
const MAX_LICENSE = 16 * MEBIBYTE;
const TYPE_MASK = 0o170000;
const TYPE_FOLDER = 0o040000;
const TYPE_LINK = 0o120000;
const TYPE_FILE = 0o100000;

/** A module zip whose every name has passed the rules of golang.org/x/mod/zip; contents are checked while they are read. */
export interface ModuleZip extends ZipReader, AsyncDisposable {}

/** Holds the entries of a zip to the rules of module zips, before anything is unpacked. `prefix` is `path@version/`. */
export function checkModuleZip(source: ByteSource, prefix: string, limits: ZipLimits = MODULE_ZIP_LIMITS): ZipReader {
  const at = prefix.lastIndexOf("@");
  checkModuleVersion({ path: prefix.slice(0, Math.max(0, at)), version: prefix.slice(at + 1).replace(/\/$/, "") });
  const zip = openZip(source, limits);
  const seen = new Map<string, { path: string; folder: boolean }>();
  for (const entry of zip.entries) checkEntry(entry, prefix, seen);
  return zip;
}

/** Opens a module zip on disk. Throws a ZIP_… code, with `file` among its parameters. Dispose of it to close the file. */
export async function openModuleZip(
  file: string,
  options: { readonly prefix: string; readonly limits?: ZipLimits },
): Promise<ModuleZip> {
  const descriptor = openSync(file, "r");
  try {
    const zip = naming(file, () => checkModuleZip(fileSource(descriptor), options.prefix, options.limits));
    return {
      entries: zip.entries,
      read: (entry) => naming(file, () => zip.read(entry)),
      async *stream(entry) {
        try {
          yield* zip.stream(entry);
        } catch (error) {
          throw named(file, error);
        }
      },
      [Symbol.asyncDispose]: async () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Reads the entries that `wanted` chooses, by name. */
export async function readZipFiles(
  file: string,
  prefix: string,
  wanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  await using zip = await openModuleZip(file, { prefix });
  return new Map(zip.entries.filter((entry) => wanted(entry.name)).map((entry) => [entry.name, zip.read(entry)]));
}

function naming<Result>(file: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw named(file, error);
  }
}

function named(file: string, error: unknown): unknown {
  if (!(error instanceof MedkitError) || !error.code.startsWith("ZIP_")) return error;
  return new MedkitError(error.code, { ...error.params, file }, { cause: error });
}

function checkEntry(entry: ZipEntry, prefix: string, seen: Map<string, { path: string; folder: boolean }>): void {
  const { name } = entry;
  const fault = nameFault(name, prefix);
  if (fault !== undefined) throw new MedkitError(fault, { name: printable(name) });
  if (!name.startsWith(prefix)) throw new MedkitError("ZIP_PREFIX", { name, prefix });
  const type = entry.mode & TYPE_MASK;
  if (type === TYPE_LINK) throw new MedkitError("ZIP_LINK", { name });
  if (type !== 0 && type !== TYPE_FILE && type !== TYPE_FOLDER) throw new MedkitError("ZIP_SPECIAL_FILE", { name });
  const relative = name.slice(prefix.length);
  if (relative === "") return;
  const folder = relative.endsWith("/");
  if (folder && entry.size !== 0) throw new MedkitError("ZIP_FOLDER_CONTENT", { name });
  const path = folder ? relative.slice(0, -1) : relative;
  const problem = filePathProblem(path);
  if (problem !== undefined) throw new MedkitError("ZIP_NAME_UNSAFE", { name, problem });
  checkCollision(path, folder, seen, name);
  if (folder) return;
  const base = path.split("/").at(-1) ?? "";
  if (base.toLowerCase() === "go.mod" && path !== "go.mod") throw new MedkitError("ZIP_NESTED_MODULE", { name });
  if (path === "go.mod" && entry.size > MAX_GO_MOD)
    throw new MedkitError("ZIP_TOO_BIG", { limit: MAX_GO_MOD, what: "go.mod" });
  if (path === "LICENSE" && entry.size > MAX_LICENSE)
    throw new MedkitError("ZIP_TOO_BIG", { limit: MAX_LICENSE, what: "LICENSE" });
}

/** What a name could do to the host that unpacks it, one code for each; undefined where it is harmless, though it may be unfit. */
function nameFault(name: string, prefix: string): ErrorCode | undefined {
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return "ZIP_PATH_CONTROL";
  if (name.includes("\\")) return "ZIP_PATH_BACKSLASH";
  const relative = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  if (relative.startsWith("/") || /^[A-Za-z]:/.test(relative)) return "ZIP_PATH_ABSOLUTE";
  if (relative.split("/").includes("..")) return "ZIP_PATH_TRAVERSAL";
  return undefined;
}

/** As JSON writes it, without the quotes: nothing in it steers a terminal. */
function printable(name: string): string {
  return JSON.stringify(name)
    .slice(1, -1)
    .replace(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** Two names must differ in more than case, and no file may be a folder too: else the unpacked tree depends on the disk. */
function checkCollision(
  path: string,
  folder: boolean,
  seen: Map<string, { path: string; folder: boolean }>,
  name: string,
): void {
  for (
    let at = path, isFolder = folder;
    at !== "";
    at = at.slice(0, Math.max(0, at.lastIndexOf("/"))), isFolder = true
  ) {
    const folded = foldCase(at);
    const other = seen.get(folded);
    if (other === undefined) seen.set(folded, { path: at, folder: isFolder });
    else if (other.path !== at) throw new MedkitError("ZIP_CASE_CLASH", { name, other: other.path });
    else if (other.folder !== isFolder) throw new MedkitError("ZIP_FILE_AS_FOLDER", { name });
    else if (!isFolder) throw new MedkitError("ZIP_DUPLICATE", { name });
    else if (at !== path) return;
  }
}

function foldCase(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  let folded = "";
  for (const character of text) {
    const upper = character.toUpperCase();
    const lower = ([...upper].length === 1 ? upper : character).toLowerCase();
    folded += [...lower].length === 1 ? lower : character;
  }
  return folded;
}
