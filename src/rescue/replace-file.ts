import { chmod, chown, open, stat } from "node:fs/promises";
import { copyWithAttributes } from "../core/copy-attributes.ts";
import { MedkitError } from "../core/errors.ts";
import { publishFile, removeTree, temporaryBeside, writeFileAtomic } from "../state/index.ts";

/** Puts new content into a copy of our own, whose mode, ACLs and other attributes stay. */
async function fill(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  if ((mode & 0o200) === 0) await chmod(path, mode | 0o200);
  const handle = await open(path, "r+");
  try {
    await handle.truncate();
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
  if ((mode & 0o200) === 0) await chmod(path, mode);
}

/** Makes the file that is to take the place of `path`, with owner, mode, ACLs and extended attributes of that. RESCUE_FILE_ATTRIBUTES. */
async function makeSuccessor(path: string, temporary: string, content: string | Uint8Array): Promise<void> {
  const info = await stat(path).catch(() => undefined);
  if (info !== undefined && info.nlink > 1) throw new MedkitError("RESCUE_FILE_LINKED", { path, names: info.nlink });
  const how = info?.isFile() === true ? await copyWithAttributes(path, temporary) : "unable";
  if (how === "lost") throw new MedkitError("RESCUE_FILE_ATTRIBUTES", { path });
  const mode = (info?.mode ?? 0o644) & 0o777;
  if (how === "copied") return fill(temporary, content, mode);
  await removeTree(temporary);
  await writeFileAtomic(temporary, content, { mode });
  // A file that root replaces stays its owner's.
  if (info !== undefined && process.getuid?.() === 0) await chown(temporary, info.uid, info.gid);
}

/**
 * Replaces a file as long as it holds what is expected (a digest; undefined: it is not there), which is looked at again once the new content is ready: gives
 * false, and leaves it alone, where somebody else was faster. A file that has further names (hard links), which would keep the old content, is refused with
 * RESCUE_FILE_LINKED; one whose ACLs or extended attributes cannot be kept with RESCUE_FILE_ATTRIBUTES.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  expected: string | undefined,
  digest: (path: string) => Promise<string | undefined>,
): Promise<boolean> {
  const temporary = temporaryBeside(path);
  try {
    await makeSuccessor(path, temporary, content);
    if ((await digest(path)) !== expected) return false;
    await publishFile(temporary, path);
    return true;
  } finally {
    await removeTree(temporary);
  }
}
