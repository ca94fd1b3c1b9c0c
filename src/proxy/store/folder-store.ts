import { createReadStream } from "node:fs";
import { open, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256Hex } from "../../core/digest.ts";
import { fromSystemError, systemCode } from "../../core/errors.ts";
import { ensureFolder, publishFile, withStaging, writeFileAtomic } from "../../state/index.ts";
import type { ObjectStore, StoredFile } from "../types.ts";
import { withSharedLock } from "./shared-lock.ts";
import { requireSpaceFor, systemErrorsNamed } from "./space.ts";

const absent = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG"]);

/**
 * A GOPROXY tree in a folder; any web server, and `file://`, can serve it too. Scratch files lie in `.work` below it, claims and locks of the
 * processes that share it in `.medkit`: no module is there. */
export function folderStore(root: string): ObjectStore {
  const full = (path: string): string => join(root, path);
  return {
    open: (path) => openFile(full(path)),
    read: (path) => readIfThere(full(path)),
    names: async (folder) => {
      try {
        return await readdir(full(folder));
      } catch (error) {
        if (absent.has(systemCode(error) ?? "")) return [];
        throw fromSystemError(error, full(folder));
      }
    },
    write: async (path, bytes) => {
      await ensureFolder(dirname(full(path)));
      await writeFileAtomic(full(path), bytes, { mode: 0o644 });
    },
    publish: (path, work) =>
      systemErrorsNamed(root, async () => {
        await requireSpaceFor(path, root);
        return await withStaging(join(root, ".work"), "fetch", async (staging) => {
          const scratch = join(staging.path, "file");
          const result = await work(scratch);
          await publishFile(scratch, full(path), { mode: 0o644 });
          return result;
        });
      }),
    remove: (path) => rm(full(path), { force: true }),
    replace: (path, previous, next) =>
      withSharedLock(join(root, ".medkit", "locks", sha256Hex(path).slice(0, 40)), async () => {
        const there = await readIfThere(full(path));
        if (previous === undefined ? there !== undefined : there?.equals(previous) !== true) return false;
        await ensureFolder(dirname(full(path)));
        await writeFileAtomic(full(path), next, { mode: 0o644, durable: !path.startsWith(".medkit/") });
        return true;
      }),
    localPath: full,
  };
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (absent.has(systemCode(error) ?? "")) return undefined;
    throw fromSystemError(error, path);
  }
}

async function openFile(path: string): Promise<StoredFile | undefined> {
  try {
    const handle = await open(path, "r");
    const facts = await handle.stat();
    if (!facts.isFile()) {
      await handle.close();
      return undefined;
    }
    let owned = true;
    return {
      size: facts.size,
      modified: facts.mtime,
      stream: (start, end) => {
        owned = false;
        return createReadStream(path, { fd: handle, start, end: end - 1, highWaterMark: 256 * 1024 });
      },
      bytes: () => handle.readFile(),
      read: async (target, position, length) => (await handle.read(target, 0, length, position)).bytesRead,
      [Symbol.asyncDispose]: async () => {
        if (owned) await handle.close();
      },
    };
  } catch (error) {
    if (absent.has(systemCode(error) ?? "")) return undefined;
    throw fromSystemError(error, path);
  }
}
