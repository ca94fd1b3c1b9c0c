import { fromSystemError } from "../../core/errors.ts";

/** Octets that have to be free before a file is fetched: most modules fit, and a disk is never filled to its last block. */
export const spaceFor = 64 * 1024 * 1024;

/** Gives the system's refusals that a person can mend their names: a disk that became full while a file was fetched is HOST_NO_SPACE. */
export async function systemErrorsNamed<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw fromSystemError(error, path);
  }
}
