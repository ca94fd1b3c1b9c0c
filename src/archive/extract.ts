import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { chmod, lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { ensureFolder, publishFolder, removeTree, temporaryBeside } from "../state/index.ts";
import { printablePath } from "./entry-path.ts";
import { type ReadTarOptions, type TarEntry, readTar } from "./tar-reader.ts";

export interface ExtractedFile {
  /** Path in the target, `topFolder` stripped where that was asked for. */
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
  /** Hexadecimal; present with the option `hash`. */
  readonly sha256?: string;
}

export interface ExtractOptions extends ReadTarOptions {
  /** False leaves a member out; it is judged and checked all the same. */
  readonly filter?: (entry: TarEntry) => boolean;
  /** With `topFolder`: the target is that folder, not a folder that holds it. */
  readonly stripTopFolder?: boolean;
  /** fsync every file; off by default, since a kill -9 needs none and a power failure is found by verification. */
  readonly fsync?: boolean;
  /** Where to unpack before the rename: an absent path on the target's file system; beside the target by default. */
  readonly staging?: string;
  readonly onFile?: (file: ExtractedFile) => void;
  readonly signal?: AbortSignal;
}

export interface ExtractSummary {
  readonly files: number;
  readonly folders: number;
  readonly bytes: number;
}

/** Writes members below a root that was just made and that only its owner can enter, so nobody can plant a link in it. */
class TreeWriter {
  readonly #root: string;
  readonly #archive: string;
  readonly #fsync: boolean;
  readonly #folders = new Set<string>();
  files = 0;
  bytes = 0;

  constructor(root: string, archive: string, fsync: boolean) {
    this.#root = root;
    this.#archive = archive;
    this.#fsync = fsync;
  }

  get folders(): number {
    return this.#folders.size;
  }

  folder(path: string): void {
    if (path === "." || this.#folders.has(path)) return;
    this.folder(dirname(path));
    this.#exclusively(path, () => {
      mkdirSync(join(this.#root, path), 0o755);
    });
    this.#folders.add(path);
  }

  // Synchronous calls: a toolchain is 15,000 small files, and a trip to the thread pool for each open, write and close costs more than the call.
  async file(path: string, entry: TarEntry): Promise<void> {
    this.folder(dirname(path));
    const mode = (entry.mode & 0o100) === 0 ? 0o644 : 0o755;
    const handle = this.#exclusively(path, () => openSync(join(this.#root, path), "wx", mode));
    try {
      for await (const chunk of entry.content()) {
        for (let at = 0; at < chunk.length;) at += writeSync(handle, chunk, at, chunk.length - at);
      }
      if (this.#fsync) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    this.files++;
    this.bytes += entry.size;
  }

  #exclusively<T>(path: string, make: () => T): T {
    try {
      return make();
    } catch (error) {
      // Names that this file system takes for one (letter case, normalisation).
      if (systemCode(error) === "EEXIST")
        throw new MedkitError(
          "ARCHIVE_DUPLICATE",
          { archive: this.#archive, entry: printablePath(path) },
          { cause: error },
        );
      throw error;
    }
  }
}

function pathInTarget(entry: TarEntry, options: ExtractOptions): string {
  if (options.stripTopFolder !== true || options.topFolder === undefined) return entry.path;
  return entry.path === options.topFolder ? "." : entry.path.slice(options.topFolder.length + 1);
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw fromSystemError(error, path);
  }
}

/**
 * Unpacks an archive into `target`, which must not exist. It is unpacked into a private staging folder and renamed only when
 * the last byte was read and found right; on failure nothing is left. Files are created exclusively, modes are 0755 or 0644 less the
 * umask. Throws what `readTar` throws, ARCHIVE_TARGET_EXISTS, HOST_NO_SPACE, HOST_READ_ONLY.
 */
export async function extractTar(
  source: string | AsyncIterable<Uint8Array>,
  target: string,
  options: ExtractOptions = {},
): Promise<ExtractSummary> {
  if (await exists(target)) throw new MedkitError("ARCHIVE_TARGET_EXISTS", { path: target });
  const staging = options.staging ?? temporaryBeside(target);
  try {
    await ensureFolder(dirname(staging));
    await mkdir(staging, { mode: 0o700 });
  } catch (error) {
    throw fromSystemError(error, target);
  }
  let published = false;
  try {
    const tree = new TreeWriter(
      staging,
      options.name ?? (typeof source === "string" ? source : "tar"),
      options.fsync === true,
    );
    await unpack(readTar(source, options), tree, options);
    await chmod(staging, 0o777 & ~process.umask() & 0o755);
    published = await publishFolder(staging, target, { sync: options.fsync === true ? "tree" : "names" });
    if (!published) throw new MedkitError("ARCHIVE_TARGET_EXISTS", { path: target });
    return { files: tree.files, folders: tree.folders, bytes: tree.bytes };
  } catch (error) {
    throw error instanceof MedkitError ? error : fromSystemError(error, target);
  } finally {
    if (!published) await removeTree(staging).catch(() => undefined);
  }
}

async function unpack(entries: AsyncIterable<TarEntry>, tree: TreeWriter, options: ExtractOptions): Promise<void> {
  for await (const entry of entries) {
    options.signal?.throwIfAborted();
    if (options.filter?.(entry) === false) continue;
    const path = pathInTarget(entry, options);
    if (entry.kind === "folder") {
      tree.folder(path);
      continue;
    }
    await tree.file(path, entry);
    const digest = options.hash === true ? { sha256: await entry.sha256() } : {};
    options.onFile?.({ path, size: entry.size, executable: (entry.mode & 0o100) !== 0, ...digest });
  }
}
