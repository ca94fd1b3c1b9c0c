import { createHash, hash as digest } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { MedkitError } from "../core/errors.ts";
import { openModuleZip } from "./module-zip.ts";
import type { ZipEntry, ZipLimits } from "./zip-directory.ts";
import type { ZipReader } from "./zip-reader.ts";

/** A file as Hash1 sees it. */
export interface NamedDigest {
  /** With the prefix `path@version/`. */
  readonly name: string;
  /** SHA-256 of the content, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** Entries and files above this many bytes are read in pieces. */
const WHOLE_UP_TO = 16 * 1024 * 1024;
/** So often long hashing lets other work run: signals, progress. In bytes. */
const TURN_EVERY = 4 * 1024 * 1024;

/** Go's Hash1 of files whose digests are known: `h1:` and base64 (golang.org/x/mod/sumdb/dirhash). */
export function hash1(files: readonly NamedDigest[]): string {
  const summary = createHash("sha256");
  for (const { name, sha256 } of sortByBytes(files)) {
    if (name.includes("\n")) throw new MedkitError("ZIP_PATH_CONTROL", { name: JSON.stringify(name) });
    summary.update(`${sha256}  ${name}\n`);
  }
  return `h1:${summary.digest("base64")}`;
}

/** Hash1 of a go.mod alone, as go.sum's `/go.mod` lines have it. */
export function hashGoMod(content: string | Uint8Array): string {
  return hash1([{ name: "go.mod", sha256: digest("sha256", content, "hex") }]);
}

/** Digest of every entry, folders included, as Go's HashZip counts them. Everything in the zip has been checked when it returns. */
export async function digestZip(zip: ZipReader, options: HashOptions = {}): Promise<NamedDigest[]> {
  const files: NamedDigest[] = [];
  let sinceTurn = 0;
  for (const entry of zip.entries) {
    files.push({ name: entry.name, sha256: await digestEntry(zip, entry) });
    sinceTurn += entry.size + 1024;
    if (sinceTurn > TURN_EVERY) {
      sinceTurn = 0;
      await nextTurn();
      options.signal?.throwIfAborted();
      options.onProgress?.(files.length, zip.entries.length);
    }
  }
  return files;
}

export interface HashOptions {
  readonly signal?: AbortSignal;
  /** Called now and then: files done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

async function digestEntry(zip: ZipReader, entry: ZipEntry): Promise<string> {
  if (entry.size <= WHOLE_UP_TO && entry.compressedSize <= WHOLE_UP_TO) return digest("sha256", zip.read(entry), "hex");
  const hash = createHash("sha256");
  for await (const piece of zip.stream(entry)) hash.update(piece);
  return hash.digest("hex");
}

/** The h1 hash of a module zip on disk, every rule of module zips checked on the way. Throws ZIP_… codes. */
export async function hashModuleZip(
  file: string,
  path: string,
  version: string,
  options: HashOptions & { readonly limits?: ZipLimits } = {},
): Promise<string> {
  const { limits } = options;
  await using zip = await openModuleZip(file, {
    prefix: `${path}@${version}/`,
    ...(limits === undefined ? {} : { limits }),
  });
  return hash1(await digestZip(zip, options));
}

export interface FolderOptions extends HashOptions {
  /** What a file is called in the hash, given its path below the folder with `/`; undefined leaves it out, and a folder with all below it. */
  readonly rename?: (path: string, kind: "file" | "folder") => string | undefined;
}

/**
 * Digest of every regular file below a folder, named `prefix/path`. Symbolic links and special files are refused (FOLDER_NOT_PLAIN):
 * Go would read what they point to, and so the hash would not be that of the folder.
 */
export async function digestFolder(
  folder: string,
  prefix: string,
  options: FolderOptions = {},
): Promise<NamedDigest[]> {
  const rename = options.rename ?? ((path: string): string => path);
  const files: NamedDigest[] = [];
  const waiting = [""];
  let sinceTurn = 0;
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for await (const item of await opendir(join(folder, below), { bufferSize: 256 })) {
      const path = below === "" ? item.name : `${below}/${item.name}`;
      if (item.isDirectory()) {
        if (rename(path, "folder") !== undefined) waiting.push(path);
        continue;
      }
      const name = rename(path, "file");
      if (name === undefined) continue;
      if (!item.isFile()) throw new MedkitError("FOLDER_NOT_PLAIN", { path: join(folder, path) });
      const { sha256, size } = await digestFile(join(folder, path));
      files.push({ name: `${prefix}/${name}`, sha256 });
      sinceTurn += size + 4096;
      if (sinceTurn > TURN_EVERY) {
        sinceTurn = 0;
        await nextTurn();
        options.signal?.throwIfAborted();
        options.onProgress?.(files.length, files.length);
      }
    }
  }
  return files;
}

/** The h1 hash of a module's unpacked folder; `prefix` is `path@version`. */
export async function hashFolder(folder: string, prefix: string, options: FolderOptions = {}): Promise<string> {
  return hash1(await digestFolder(folder, prefix, options));
}

async function digestFile(path: string): Promise<{ sha256: string; size: number }> {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Larger than a buffer can be.
    const hash = createHash("sha256");
    let size = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer);
      size += (piece as Buffer).length;
    }
    return { sha256: hash.digest("hex"), size };
  }
  return { sha256: digest("sha256", content, "hex"), size: content.length };
}

/** Go sorts strings by their UTF-8 bytes; JavaScript compares UTF-16 units, which differs beyond the basic plane. */
function sortByBytes(files: readonly NamedDigest[]): NamedDigest[] {
  const plain = files.every(({ name }) => /^[\0-\ud7ff]*$/.test(name));
  return files.toSorted((a, b) => {
    if (plain) return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
    return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
  });
}
