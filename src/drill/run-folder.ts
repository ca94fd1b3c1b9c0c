import { createHash } from "node:crypto";
import { chmod, chown, cp, lchown, link, lstat, mkdir, readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { SESSION_UID } from "./sandbox.ts";
import type { RunPaths } from "./scenarios/types.ts";
import type { HostFacts } from "./types.ts";

/** The folders of a run below one base, as one side sees them. */
export function runPaths(base: string): RunPaths {
  const home = join(base, "home");
  return {
    base,
    home,
    tmp: join(base, "tmp"),
    place: join(base, "place"),
    project: join(home, "project"),
    tools: join(base, "tools"),
    root: join(base, "root"),
    archive: join(base, "kit.tgz"),
    scripts: join(base, "scripts"),
    out: join(base, "out"),
  };
}

/** Makes the folders of one run. The archive is a hard link: no run copies it. */
export async function makeRunFolder(
  paths: RunPaths,
  sources: { readonly archive: string; readonly scripts: string; readonly example: string },
): Promise<void> {
  for (const folder of [
    paths.base,
    paths.home,
    paths.tmp,
    join(paths.base, "var-tmp"),
    paths.place,
    paths.tools,
    paths.out,
    join(paths.base, "devices"),
  ]) {
    await mkdir(folder, { mode: 0o755 });
    // The mode given to mkdir follows the umask.
    await chmod(folder, 0o755);
  }
  await link(sources.archive, paths.archive);
  await cp(sources.scripts, paths.scripts, { recursive: true });
  await cp(sources.example, paths.project, { recursive: true });
}

async function giveTree(path: string): Promise<void> {
  await lchown(path, SESSION_UID, SESSION_UID);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await giveTree(child);
    else await lchown(child, SESSION_UID, SESSION_UID);
  }
}

/** Gives the session whole trees and single folders, where it runs as somebody else than us. */
export async function giveToSession(
  give: { readonly trees: readonly string[]; readonly folders: readonly string[] },
  facts: Pick<HostFacts, "drop">,
): Promise<void> {
  if (facts.drop !== "setpriv") return;
  for (const tree of give.trees) await giveTree(tree);
  for (const folder of give.folders) await chown(folder, SESSION_UID, SESSION_UID);
}

/** What the session of a run may write. */
export function writablePaths(paths: Pick<RunPaths, "base" | "home" | "place" | "out" | "tmp">): {
  readonly trees: readonly string[];
  readonly folders: readonly string[];
} {
  return { trees: [paths.home, paths.place, paths.out], folders: [paths.tmp, join(paths.base, "var-tmp")] };
}

/** Every path of a tree with kind, mode and content. */
export async function listTree(root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const walk = async (folder: string, prefix: string): Promise<void> => {
    for (const name of (await readdir(folder)).toSorted()) {
      const path = join(folder, name);
      const info = await lstat(path);
      const mode = (info.mode & 0o7777).toString(8);
      if (info.isDirectory()) {
        found.set(`${prefix}${name}/`, `folder ${mode}`);
        await walk(path, `${prefix}${name}/`);
      } else if (info.isFile())
        found.set(
          `${prefix}${name}`,
          `file ${mode} ${createHash("sha256")
            .update(await readFile(path))
            .digest("hex")}`,
        );
      else found.set(`${prefix}${name}`, info.isSymbolicLink() ? `link ${await readlink(path)}` : `special ${mode}`);
    }
  };
  await walk(root, "");
  return found;
}

/** The go command itself counts its use there since 1.23, and no variable stops it: it is told, not held against the kit. */
const goTelemetry = /^\.config\/(?:go\/(?:telemetry\/.*)?)?$/;

export interface Leftovers {
  readonly differences: readonly string[];
  /** Files of Go's own telemetry. */
  readonly telemetry: number;
}

/** What is in a tree that was not, and the other way round. */
export function compareTrees(
  name: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Leftovers {
  const differences: string[] = [];
  let telemetry = 0;
  for (const [path, what] of after) {
    if (before.get(path) === what) continue;
    if (before.has(path)) differences.push(`${name}: changed ${path}`);
    else if (goTelemetry.test(path)) telemetry++;
    else differences.push(`${name}: left behind ${path}`);
  }
  for (const path of before.keys()) if (!after.has(path)) differences.push(`${name}: gone ${path}`);
  return { differences, telemetry };
}
