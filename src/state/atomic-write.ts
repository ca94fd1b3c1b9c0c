import { randomBytes } from "node:crypto";
import { type FileHandle, chmod, lstat, mkdir, open, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";

export interface WriteOptions {
  /** Exact permission bits, whatever the umask; without it 0644 less what the umask takes: nobody else writes to what medkit made. */
  readonly mode?: number;
  /** fsync of the file and of its folder; on unless said otherwise. */
  readonly durable?: boolean;
}

export type FileData = string | Uint8Array | AsyncIterable<Uint8Array>;

/** A name in the same folder that no other process picks: rename(2) is atomic only within a file system. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`);
}

/** Makes the names in a folder survive a power failure. File systems that cannot sync a folder are left alone. */
export async function syncFolder(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EOPNOTSUPP", "EACCES", "EBADF", "EISDIR"].includes(systemCode(error) ?? ""))
      throw error;
  } finally {
    await handle?.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function fill(handle: FileHandle, data: FileData): Promise<void> {
  if (typeof data === "string" || data instanceof Uint8Array) {
    await handle.writeFile(data);
    return;
  }
  for await (const chunk of data) await handle.writeFile(chunk);
}

/**
 * Writes a file so that readers see the old content or the new, never a part, also after a crash: temporary file in the same
 * folder, fsync, rename, fsync of the folder. On failure the temporary file is gone and the old file as it was.
 * Throws HOST_NO_SPACE or HOST_READ_ONLY, an error of `data` as it is, else the system's error.
 */
export async function writeFileAtomic(path: string, data: FileData, options: WriteOptions = {}): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    const handle = await open(temporary, "wx", options.mode ?? 0o644);
    try {
      await fill(handle, data);
      if (options.mode !== undefined) await handle.chmod(options.mode);
      if (options.durable !== false) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    if (options.durable !== false) await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fromSystemError(error, path);
  }
}

/** Moves a finished file to its final name on the same file system, durably; replaces what is there. The temporary file is removed on failure. */
export async function publishFile(temporary: string, final: string, options: WriteOptions = {}): Promise<void> {
  try {
    if (options.mode !== undefined) await chmod(temporary, options.mode);
    if (options.durable !== false) await syncFile(temporary);
    await ensureFolder(dirname(final));
    await rename(temporary, final);
    if (options.durable !== false) await syncFolder(dirname(final));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fromSystemError(error, final);
  }
}

/**
 * Makes `path` a symbolic link to `target`, replacing a file or link that is there: whoever looks sees the old one or the new one, at every
 * moment. Durable when it resolves. A folder in the way is the system's error (EISDIR). HOST_READ_ONLY, HOST_NO_SPACE.
 */
export async function replaceLink(target: string, path: string): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await symlink(target, temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fromSystemError(error, path);
  }
}

/**
 * Makes a folder and those above it; one that exists is fine. Not Node's recursive mkdir: that one never returns where the system
 * answers ENOENT although the parent is there (/proc, some FUSE). `mode` is for the last folder; a umask of 000 opens none to others.
 * HOST_READ_ONLY, HOST_NO_SPACE, HOST_NOT_A_FOLDER.
 */
export async function ensureFolder(path: string, mode = 0o755): Promise<void> {
  try {
    try {
      await mkdir(path, mode);
    } catch (error) {
      if (systemCode(error) !== "ENOENT" || dirname(path) === path) throw error;
      await ensureFolder(dirname(path));
      await mkdir(path, mode);
    }
  } catch (error) {
    const code = systemCode(error);
    // A link to a folder counts as one. A read-only file system may say EROFS of a folder that is there.
    if (code !== "ENOENT" && (await stat(path).catch(() => undefined))?.isDirectory() === true) return;
    if (code === "EEXIST" || code === "ENOTDIR") throw new MedkitError("HOST_NOT_A_FOLDER", { path }, { cause: error });
    throw code === "ENOENT"
      ? new MedkitError("HOST_READ_ONLY", { path }, { cause: error })
      : fromSystemError(error, path);
  }
}

export interface PublishFolderOptions {
  /**
   * `names` (default) syncs the folder that gets the new name: safe against kill -9, and against power failure for whoever
   * checks the content on use. `tree` first syncs every file and folder inside. `none` syncs nothing.
   */
  readonly sync?: "none" | "names" | "tree";
}

/**
 * Moves a finished folder to its final name on the same file system. Returns true where it is now there, false where another
 * process was faster: then what is there stays and ours is removed. The temporary folder is removed on failure.
 */
export async function publishFolder(
  temporary: string,
  final: string,
  options: PublishFolderOptions = {},
): Promise<boolean> {
  const sync = options.sync ?? "names";
  try {
    if (sync === "tree") await syncTree(temporary);
    await ensureFolder(dirname(final));
    await rename(temporary, final);
    if (sync !== "none") await syncFolder(dirname(final));
    return true;
  } catch (error) {
    await removeTree(temporary).catch(() => undefined);
    if (systemCode(error) === "ENOTEMPTY" || systemCode(error) === "EEXIST") return false;
    throw fromSystemError(error, final);
  }
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else if (entry.isFile()) await syncFile(path);
  }
  await syncFolder(folder);
}

/** Removes a file or a whole tree, read-only folders (as in GOMODCACHE) included; links are removed, never followed. Absent is fine. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (!["EACCES", "EPERM", "ENOTEMPTY", "ENOENT"].includes(code)) throw fromSystemError(error, path);
    try {
      await makeWritable(path);
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    } catch (again) {
      throw fromSystemError(again, path);
    }
  }
}

async function makeWritable(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isDirectory()) return;
    await chmod(path, 0o700);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isDirectory()) await makeWritable(join(path, entry.name));
    }
  } catch (error) {
    // Another process cleans the same tree.
    if (systemCode(error) !== "ENOENT") throw error;
  }
}
