import { MedkitError } from "../../core/errors.ts";
import { unescapePath, unescapeVersion } from "../../module/index.ts";

function orNothing(unescape: (text: string) => string, escaped: string): string | undefined {
  try {
    return unescape(escaped);
  } catch (error) {
    if (error instanceof MedkitError) return undefined;
    throw error;
  }
}

/** The module path that a folder's name stands for; undefined where no module has it: somebody else's folder. */
export function plainPath(escaped: string): string | undefined {
  return orNothing(unescapePath, escaped);
}

/** The version that a file's name stands for; undefined where no version has it: somebody else's file. */
export function plainVersion(escaped: string): string | undefined {
  return orNothing(unescapeVersion, escaped);
}
