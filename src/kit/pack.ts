import { lstat, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeTarGz, type TarMember } from "../archive/index.ts";
import { sha256Hex } from "../core/digest.ts";
import {
  cutIntoParts,
  guardedTools,
  isToolchainExecutable,
  type Toolchain,
  type TreeFile,
} from "../toolchain/index.ts";
import { comparePaths, formatSumFile } from "./sum-file.ts";
import type { CacheEntry } from "./warm.ts";

/** Folders that a part has to make before its files, outermost first. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let cut = path.indexOf("/"); cut > 0; cut = path.indexOf("/", cut + 1)) folders.add(path.slice(0, cut));
  return [...folders].toSorted(comparePaths);
}

function withFolders(files: readonly Extract<TarMember, { kind: "file" }>[]): readonly TarMember[] {
  const folders = foldersOf(files.map((file) => file.path));
  return [...folders.map((path): TarMember => ({ kind: "folder", path })), ...files];
}

/** `tree.txt`: what an unpacked tree is checked against, cheaply, at each activation. */
export function treeSummary(files: readonly TreeFile[], tools: readonly string[]): string {
  const sizes = files.map((file) => `${file.size} ${file.path}\n`).join("");
  return `files ${files.length}\nsizes ${sha256Hex(sizes)}\ntools ${tools.join(" ")}\n`;
}

/**
 * Packs a toolchain into `folder`: the parts, `files.txt` and `tree.txt`, as docs/reference/kit-format.md describes them.
 * `mtime`: seconds since 1970, the time of every file in it.
 */
export async function packToolchain(
  toolchain: Omit<Toolchain, "evidence">,
  folder: string,
  mtime: number,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = toolchain.files.toSorted((a, b) => comparePaths(a.path, b.path));
  const sizes = new Map(files.map((file) => [file.path, file.size]));
  const parts = cutIntoParts(files.map((file) => file.path));
  for (const [index, part] of parts.entries()) {
    const members = part.paths.map((path) => ({
      kind: "file" as const,
      path,
      executable: isToolchainExecutable(path),
      size: sizes.get(path) ?? 0,
      content: { file: join(toolchain.goroot, path) },
    }));
    await writeTarGz(join(folder, `part-${index + 1}-${part.name}.tar.gz`), withFolders(members), { mtime, level: 6 });
  }
  await writeFile(join(folder, "files.txt"), formatSumFile(files));
  const tools = guardedTools(
    files.map((file) => file.path),
    toolchain.request.platform,
  );
  await writeFile(join(folder, "tree.txt"), treeSummary(files, tools));
}

/**
 * Packs cache entries. Outputs (`-d`) come before the actions (`-a`) that name them, so that a build which reads the cache
 * while it is being unpacked meets an action only when its output is there.
 */
export async function packCache(entries: readonly CacheEntry[], target: string, mtime: number): Promise<void> {
  const rank = (path: string): number => (path.endsWith("-a") ? 1 : 0);
  const files = entries
    .toSorted((a, b) => rank(a.path) - rank(b.path) || comparePaths(a.path, b.path))
    .map((entry) => ({
      kind: "file" as const,
      path: entry.path,
      executable: entry.executable,
      size: entry.content.length,
      content: entry.content,
    }));
  await writeTarGz(target, withFolders(files), { mtime, level: 6 });
}

/** Modes of compressed things: they lie in the archive as they are, so that unpacking it is a copy. */
const compressedAlready = /\.(?:gz|zip)$/;

/** Writes the kit's archive from its finished folder. The kit's own top files come first, so that a reader finds the manifest at once. */
export async function packKit(
  root: string,
  name: string,
  paths: readonly string[],
  executables: ReadonlySet<string>,
  target: string,
  mtime: number,
  temporary: string,
) {
  const rank = (path: string): number => (path === "manifest.json" ? 0 : path.includes("/") ? 2 : 1);
  const ordered = paths.toSorted((a, b) => rank(a) - rank(b) || comparePaths(a, b));
  const members: TarMember[] = [{ kind: "folder", path: name }];
  const made = new Set<string>();
  for (const path of ordered) {
    for (const folder of foldersOf([path])) {
      if (made.has(folder)) continue;
      made.add(folder);
      members.push({ kind: "folder", path: `${name}/${folder}` });
    }
    const file = join(root, path);
    members.push({
      kind: "file",
      path: `${name}/${path}`,
      executable: executables.has(path),
      size: (await lstat(file)).size,
      content: { file },
      compress: !compressedAlready.test(path),
    });
  }
  return writeTarGz(target, members, { mtime, level: 6, temporary });
}
