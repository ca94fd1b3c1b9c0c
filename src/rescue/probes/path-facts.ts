import { access, constants, lstat, readFile, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { PathFacts } from "./types.ts";

export interface MountEntry {
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** Octal escapes of /proc/self/mountinfo (proc(5)): blank, tab, line end, backslash. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** Reads /proc/self/mountinfo; later lines lie over earlier ones. Per-mount options and those of the file system together. */
export function parseMountinfo(text: string): readonly MountEntry[] {
  return text.split("\n").flatMap((line) => {
    const [left, right] = line.split(" - ", 2);
    const fields = left?.split(" ") ?? [];
    const [type, , superOptions = ""] = right?.split(" ") ?? [];
    const [point, options] = [fields[4], fields[5]];
    if (point === undefined || options === undefined || type === undefined) return [];
    return [{ point: unescape(point), type, options: [...options.split(","), ...superOptions.split(",")] }];
  });
}

/** The mount that an absolute path lies on: the longest mount point, of equals the last one. */
export function mountOf(mounts: readonly MountEntry[], path: string): MountEntry | undefined {
  let best: MountEntry | undefined;
  for (const mount of mounts) {
    const inside = mount.point === "/" || path === mount.point || path.startsWith(`${mount.point}/`);
    if (inside && (best === undefined || mount.point.length >= best.point.length)) best = mount;
  }
  return best;
}

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** The path itself, or the nearest of its parents that is there. */
export async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    if ((await lstat(at).catch(() => undefined)) !== undefined || at === dirname(at)) return at;
  }
}

export async function readMounts(): Promise<readonly MountEntry[]> {
  return parseMountinfo(await readFile("/proc/self/mountinfo", "utf8").catch(() => ""));
}

/** What stands at an absolute path, by the kernel's own answers. For an absent path, mount and space are those of its nearest parent. */
export async function gatherPathFacts(path: string, mounts: readonly MountEntry[]): Promise<PathFacts> {
  const info = await stat(path).catch(() => undefined);
  const existing = info === undefined ? await nearestExisting(path) : path;
  const mount = mountOf(mounts, existing);
  const space = await statfs(existing).catch(() => undefined);
  return {
    path,
    kind: info === undefined ? "absent" : info.isFile() ? "file" : info.isDirectory() ? "folder" : "other",
    mode: info === undefined ? 0 : info.mode & 0o7777,
    uid: info?.uid ?? 0,
    readable: info !== undefined && (await may(path, constants.R_OK)),
    writable: info !== undefined && (await may(path, constants.W_OK)),
    executable: info !== undefined && (await may(path, constants.X_OK)),
    size: info?.size ?? 0,
    mount: {
      point: mount?.point ?? "/",
      type: mount?.type ?? "unknown",
      noexec: mount?.options.includes("noexec") ?? false,
      readOnly: mount?.options.includes("ro") ?? false,
    },
    freeBytes: space === undefined ? Number.POSITIVE_INFINITY : space.bavail * space.bsize,
    // File systems without a fixed number of inodes (btrfs) say 0 of 0.
    freeInodes: space === undefined || space.files === 0 ? undefined : space.ffree,
  };
}

/** What keeps new files out of a folder that is there. */
export interface Obstacle {
  /** The folder itself, or the mount point that it lies on. */
  readonly subject: string;
  /** What is to be said of the subject: `is full`. */
  readonly text: string;
}

/** Undefined where nothing does. `room`: bytes that have to be free at least. */
export function obstacleTo(facts: PathFacts, room: number): Obstacle | undefined {
  const { path, mount, writable, freeBytes, freeInodes } = facts;
  if (mount.readOnly) return { subject: mount.point, text: "is mounted read-only" };
  if (!writable) return { subject: path, text: "may not be written to" };
  if (freeBytes < room) return { subject: mount.point, text: "is full" };
  if ((freeInodes ?? 1000) < 16) return { subject: mount.point, text: "has no inodes left" };
  return undefined;
}
