import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fromSystemError, systemCode } from "../core/errors.ts";
import { ensureFolder, removeTree, writeFileAtomic } from "./atomic-write.ts";
import { endAbandoned, pruneJournals, unfinishedJournals } from "./journal.ts";
import type { Layout } from "./layout.ts";
import { dropPartials } from "./partials.ts";
import { liveness, ownIdentity, parseIdentity, uniqueToken } from "./process-identity.ts";

export interface Staging {
  readonly id: string;
  /** An empty folder, private to the user (0700), on the file system of `work`. */
  readonly path: string;
  /** Removes what is left of it; harmless where it was published by rename. */
  dispose(): Promise<void>;
}

/**
 * A folder to build something in before it is published. Its owner is in `<id>.owner` beside it, not inside, so that the
 * folder can be renamed as it is; the owner is written first, so that a folder without one is never a living one.
 */
export async function createStaging(work: string, purpose: string): Promise<Staging> {
  const id = `${purpose.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 40)}-${uniqueToken()}`;
  const path = join(work, id);
  const owner = `${path}.owner`;
  try {
    await ensureFolder(work, 0o700);
    await writeFileAtomic(owner, `${JSON.stringify({ purpose, process: ownIdentity() })}\n`, { durable: false });
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    await rm(owner, { force: true }).catch(() => undefined);
    throw fromSystemError(error, path);
  }
  const dispose = async (): Promise<void> => {
    await removeTree(path);
    await rm(owner, { force: true });
  };
  return { id, path, dispose };
}

/** Runs `work` with a staging folder, which is gone afterwards however it ends. */
export async function withStaging<T>(
  folder: string,
  purpose: string,
  work: (staging: Staging) => Promise<T>,
): Promise<T> {
  const staging = await createStaging(folder, purpose);
  try {
    return await work(staging);
  } finally {
    await staging.dispose();
  }
}

/** `dead` also for a marker that a power failure left empty. */
async function ownerOf(marker: string): Promise<"absent" | "dead" | "living"> {
  try {
    const value = JSON.parse(await readFile(marker, "utf8")) as { process?: unknown } | null;
    const identity = parseIdentity(value?.process);
    return identity === undefined || liveness(identity) === "dead" ? "dead" : "living";
  } catch (error) {
    if (error instanceof SyntaxError) return "dead";
    if (systemCode(error) === "ENOENT") return "absent";
    throw fromSystemError(error, marker);
  }
}

/** Removes the staging folders of processes that died; returns their ids. What living or unknown processes own stays. */
export async function cleanStaging(work: string): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(work);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw fromSystemError(error, work);
  }
  const removed: string[] = [];
  const ids = new Set(names.filter((name) => !name.endsWith(".tmp")).map((name) => name.replace(/\.owner$/, "")));
  for (const id of ids) {
    const path = join(work, id);
    const marker = `${path}.owner`;
    if ((await ownerOf(marker)) === "living") continue;
    if (names.includes(id)) removed.push(id);
    await removeTree(path);
    await rm(marker, { force: true });
  }
  return removed;
}

export interface CleanUp {
  /** Plans that were being applied when their process died. */
  readonly abandoned: readonly string[];
  readonly removed: readonly string[];
}

/** Brings the home back in order after a kill -9 or a power failure; call it once at the start of a command that writes. */
export async function cleanUp(layout: Layout): Promise<CleanUp> {
  const abandoned: string[] = [];
  const removed: string[] = [];
  for (const state of await unfinishedJournals(layout.journal)) {
    for (const path of state.staging) {
      await removeTree(path);
      removed.push(path);
    }
    await endAbandoned(state);
    abandoned.push(state.plan);
  }
  for (const id of await cleanStaging(layout.work)) removed.push(join(layout.work, id));
  removed.push(...(await dropPartials(layout)));
  await pruneJournals(layout.journal);
  return { abandoned, removed };
}
