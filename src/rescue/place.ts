import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Ports } from "../core/ports.ts";
import { gatherPathFacts, nearestExisting, readMounts } from "./probes/path-facts.ts";

/** Bytes that a small build cache needs at the very least. */
const enough = 256 * 1024 * 1024;

export interface Place {
  /** Folder that holds one folder a rescue. */
  readonly root: string;
  /** The `--home` under which `rescue --undo` finds it again; undefined: the ordinary one. */
  readonly home: string | undefined;
}

/** Whether a folder is this user's own, and nobody else (of those whom `others` means) can write in it. One that is not there counts. */
export async function isOurs(path: string, others = 0o022): Promise<boolean> {
  // Not through a link, which anybody may lay in a folder for all.
  const info = await lstat(path).catch(() => undefined);
  return info === undefined || (info.isDirectory() && info.uid === process.getuid?.() && (info.mode & others) === 0);
}

/**
 * Where a rescue may keep what outlives it: medkit's home, or, on a host whose home is missing, full, read-only or noexec, a private folder in a
 * temporary one. Creates nothing. Undefined where nothing can be written at all; then only the child's environment is left to change.
 */
export async function choosePlace(
  home: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Place | undefined> {
  const name = `medkit-${process.getuid?.() ?? 0}`;
  const temporary = [env["TMPDIR"], "/tmp", "/var/tmp", "/dev/shm"].filter((each) => each?.startsWith("/") === true);
  const candidates = [home, ...temporary.map((folder) => join(folder ?? "", name))];
  for (const [index, candidate] of candidates.entries()) {
    if (candidate === undefined) continue;
    const facts = await gatherPathFacts(candidate, await readMounts());
    if (facts.mount.readOnly || facts.mount.noexec || facts.freeBytes < enough || (facts.freeInodes ?? enough) < 2000)
      continue;
    if (index > 0 && !(await isOurs(candidate))) continue;
    const parent = await gatherPathFacts(await nearestExisting(candidate), await readMounts());
    if (!parent.writable) continue;
    return { root: join(candidate, "rescue"), home: index === 0 ? undefined : candidate };
  }
  return undefined;
}

/** Name of one rescue's folder: sorts by time, and no other has it. */
export function rescueName(ports: Pick<Ports, "clock" | "random">): string {
  return `r-${ports.clock
    .now()
    .toISOString()
    .replaceAll(/[^0-9]/g, "")}-${ports.random.bytes(4).toString("hex")}`;
}
