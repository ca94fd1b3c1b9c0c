import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { formatBytes } from "../core/format-bytes.ts";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";

export interface DiskSpace {
  /** Bytes that this user can still write. */
  readonly free: number;
  readonly total: number;
}

/** The file system that `path` is on, or will be on: the nearest folder above it that exists counts. */
export async function diskSpace(path: string): Promise<DiskSpace> {
  let at = resolve(path);
  for (;;) {
    try {
      const { bavail, blocks, bsize } = await statfs(at);
      return { free: bavail * bsize, total: blocks * bsize };
    } catch (error) {
      const above = dirname(at);
      const absent = systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR";
      if (!absent || above === at) throw fromSystemError(error, path);
      at = above;
    }
  }
}

/** Throws HOST_NO_SPACE, with what is needed and what is free, where fewer than `bytes` are free at `path`. */
export async function requireSpace(path: string, bytes: number): Promise<void> {
  const { free } = await diskSpace(path);
  if (free < bytes)
    throw new MedkitError("HOST_NO_SPACE", { path, needed: formatBytes(bytes), free: formatBytes(free) });
}
