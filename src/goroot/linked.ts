import type { BigIntStats } from "node:fs";
import { lstat, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError, systemCode } from "../core/errors.ts";
import type { Platform } from "../core/go-version.ts";
import type { Layout } from "../state/index.ts";
import type { LinkedFile, StoredToolchain, StoreRecord } from "./types.ts";

/** What is looked at before a linked toolchain is used: its version, its settings, and the programs that every build starts. */
function guarded(platform: Platform): readonly string[] {
  const tools = ["asm", "compile", "link"].map((tool) => `pkg/tool/${platform.os}_${platform.arch}/${tool}`);
  return ["VERSION", "go.env", "bin/go", "bin/gofmt", ...tools];
}

function stampOf(facts: BigIntStats): Pick<LinkedFile, "size" | "stamp"> {
  return { size: Number(facts.size), stamp: `${facts.ino} ${facts.mtimeNs} ${facts.ctimeNs}` };
}

async function statFile(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return undefined;
    throw new MedkitError("FILE_UNREADABLE", { path }, { cause: error });
  }
}

/** Notes of a tree what {@link demandUnchanged} compares later. Files that this release has not are left out. FILE_UNREADABLE. */
export async function stampTree(goroot: string, platform: Platform): Promise<readonly LinkedFile[]> {
  const files: LinkedFile[] = [];
  for (const path of guarded(platform)) {
    const facts = await statFile(join(goroot, path));
    if (facts?.isFile() !== true) continue;
    files.push({ path, ...stampOf(facts), sha256: sha256Hex(await readFile(join(goroot, path))) });
  }
  return files;
}

/**
 * Whether files are what they were when they were noted. One whose inode, size and times are the same is not read: its change time
 * cannot be set. FILE_UNREADABLE; TOOLCHAIN_LINK_GONE where the tree's VERSION is not there, TOOLCHAIN_LINK_CHANGED.
 */
export async function demandUnchanged(name: string, target: string, files: readonly LinkedFile[]): Promise<void> {
  for (const { path, size, stamp, sha256 } of files) {
    const full = join(target, path);
    const changed = new MedkitError("TOOLCHAIN_LINK_CHANGED", { name, path: full });
    const facts = await statFile(full);
    if (facts === undefined && path === "VERSION") throw new MedkitError("TOOLCHAIN_LINK_GONE", { name, path: target });
    if (facts?.isFile() !== true) throw changed;
    const now = stampOf(facts);
    if (now.size === size && now.stamp === stamp) continue;
    const content = await readFile(full).catch((error: unknown) => {
      throw new MedkitError("FILE_UNREADABLE", { path: full }, { cause: error });
    });
    if (sha256Hex(content) !== sha256) throw changed;
  }
}

/** What a linked one's record says of it; undefined for medkit's own copy. TOOLCHAIN_LINK_CHANGED where the link is not the recorded one. */
export async function demandLinkAsRecorded(layout: Layout, stored: StoredToolchain): Promise<StoreRecord["linked"]> {
  const link = join(layout.toolchain(stored.name), "goroot");
  const facts = await statFile(link);
  const linked = stored.record?.linked;
  if (facts?.isSymbolicLink() !== true && linked === undefined) return undefined;
  // A link that the record does not speak of was not made by medkit.
  if (linked === undefined || facts?.isSymbolicLink() !== true || (await readlink(link)) !== linked.target)
    throw new MedkitError("TOOLCHAIN_LINK_CHANGED", { name: stored.name, path: link });
  return linked;
}

/**
 * To be called before a toolchain of the store is run or switched to. One that is only linked must still be the tree that was proven; medkit's own
 * copies are read-only, and cost one look. What {@link demandUnchanged} throws.
 */
export async function demandUsable(layout: Layout, stored: StoredToolchain): Promise<void> {
  const linked = await demandLinkAsRecorded(layout, stored);
  if (linked !== undefined) await demandUnchanged(stored.name, linked.target, linked.files);
}
