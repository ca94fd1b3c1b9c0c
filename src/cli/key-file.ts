import { readFile } from "node:fs/promises";
import { MedkitError, systemCode } from "../core/errors.ts";

/** The text of a key file that a person named. PATH_NOT_FOUND, FILE_UNREADABLE. */
export async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = systemCode(error) === "ENOENT" ? "PATH_NOT_FOUND" : "FILE_UNREADABLE";
    throw new MedkitError(code, { path }, { cause: error });
  }
}
