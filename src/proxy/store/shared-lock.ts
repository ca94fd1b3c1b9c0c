import { rm, stat, writeFile } from "node:fs/promises";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { ensureFolder, uniqueToken, withLock } from "../../state/index.ts";
import { dirname } from "node:path";

/** Milliseconds that the lock is waited for unless said otherwise: whoever holds it writes one small file. */
const defaultPatience = 10_000;
/** Milliseconds after which a lock of another machine is taken for one whose holder is gone. */
const goneAfter = 30_000;

/**
 * Runs a short piece of work under a lock in a folder that several machines may share. A lock of a process that died here is taken over at once; whether one of
 * another machine lives cannot be seen from here, so its age has to say it, by the clock of the folder's own server. LOCKED.
 */
export async function withSharedLock<Result>(
  path: string,
  work: () => Promise<Result>,
  patience = defaultPatience,
): Promise<Result> {
  const options = { wait: patience, purpose: "write" };
  try {
    return await withLock(path, work, options);
  } catch (error) {
    if (!(error instanceof MedkitError) || error.code !== "LOCKED" || !(await isGone(path))) throw error;
    await rm(path, { force: true });
    return await withLock(path, work, options);
  }
}

async function isGone(path: string): Promise<boolean> {
  const probe = `${path}.now-${uniqueToken()}`;
  try {
    await ensureFolder(dirname(path));
    await writeFile(probe, "");
    const [now, then] = await Promise.all([stat(probe), stat(path)]);
    return now.mtimeMs - then.mtimeMs > goneAfter;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return true;
    throw error;
  } finally {
    await rm(probe, { force: true });
  }
}
