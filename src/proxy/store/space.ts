import { fromSystemError } from "../../core/errors.ts";
import { requireSpace } from "../../state/index.ts";

/** Octets that have to be free before a zip is fetched: most modules fit, and a disk is not filled to its last block. */
const forZip = 64 * 1024 * 1024;
const forSmall = 1024 * 1024;

/** Throws HOST_NO_SPACE where a file of the store at `path` would hardly fit into `folder`. */
export async function requireSpaceFor(path: string, folder: string): Promise<void> {
  await requireSpace(folder, path.endsWith(".zip") ? forZip : forSmall);
}

/** Gives the system's refusals that a person can mend their names: a disk that became full while a file was fetched is HOST_NO_SPACE. */
export async function systemErrorsNamed<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw fromSystemError(error, path);
  }
}
