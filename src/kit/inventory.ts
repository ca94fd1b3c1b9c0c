import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { sha256File } from "../core/digest.ts";

/** What lies at one path of a kit, read without following any link. */
export interface KitEntry {
  readonly path: string;
  readonly type: "file" | "folder" | "link" | "special";
  /** Permission bits with setuid, setgid and sticky: `mode & 0o7777`. */
  readonly mode: number;
  /** Octets; 0 for anything but a file. */
  readonly size: number;
}

/** Lists everything below a kit's folder but `state/`, in byte order of the path; the kit's own folder comes first, as `.`. */
export async function listKit(root: string): Promise<readonly KitEntry[]> {
  const entries: KitEntry[] = [];
  async function visit(path: string): Promise<void> {
    const facts = await lstat(join(root, path));
    const type = facts.isSymbolicLink() ? "link" : facts.isDirectory() ? "folder" : facts.isFile() ? "file" : "special";
    entries.push({
      path: path === "" ? "." : path,
      type,
      mode: facts.mode & 0o7777,
      size: type === "file" ? facts.size : 0,
    });
    if (type !== "folder") return;
    const names = (await readdir(join(root, path))).toSorted((a, b) => (a < b ? -1 : 1));
    for (const name of names) {
      // The state folder is written after unpacking; a link or file in its place is not the state folder.
      if (path === "" && name === "state" && (await lstat(join(root, name))).isDirectory()) continue;
      await visit(path === "" ? name : `${path}/${name}`);
    }
  }
  await visit("");
  return entries;
}

/** SHA-256 of many files, a few at a time; in the order of `paths`. */
export async function hashFiles(
  root: string,
  paths: readonly string[],
  parallel = 8,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  let next = 0;
  async function worker(): Promise<void> {
    for (let index = next++; index < paths.length; index = next++) {
      const path = paths[index] ?? "";
      digests.set(path, await sha256File(join(root, path)));
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, paths.length) }, worker));
  return digests;
}
