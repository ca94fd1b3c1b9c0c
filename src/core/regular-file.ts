import { readFile, stat } from "node:fs/promises";

/** Bytes; more than any file of settings, sums or certificates that a build reads has. */
const most = 64 * 1024 * 1024;

/** The text of a file; undefined where there is none that can be read. Of a pipe or a device nothing is read: it may never end. */
export async function readRegularFile(path: string, limit = most): Promise<string | undefined> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() !== true || info.size > limit) return undefined;
  return readFile(path, "utf8").catch(() => undefined);
}
