import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { MedkitError } from "./errors.ts";

/**
 * Refuses a configuration file that somebody else could have written: another user's (but root's), one that anyone may write, or one in a folder of
 * that kind. CONFIG_UNTRUSTED. A file that was named on the command line is the person's own choice and is not asked about.
 */
export async function refuseForeignConfig(path: string): Promise<void> {
  const me = process.getuid?.();
  if (me === undefined) return;
  for (const each of [path, dirname(path)]) {
    const info = await stat(each);
    const foreign = info.uid !== me && info.uid !== 0;
    // Folders like /tmp let nobody replace another's file, yet anyone may have put the file there.
    const open = (info.mode & 0o002) !== 0;
    if (foreign || open) throw new MedkitError("CONFIG_UNTRUSTED", { path, why: foreign ? "@untrusted.owner" : "@untrusted.open", at: each }); // prettier-ignore
  }
}
