import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The faults' servers, by name: the packaged executable finds files, and cannot list folders. A new one is named here too. */
const SERVER_FILES: readonly string[] = ["proxy.mjs", "module-proxy.mjs"];

/** Writes the servers' files to where an unprivileged user can read them. */
export async function writeServers(target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await chmod(target, 0o755);
  for (const name of SERVER_FILES) {
    await writeFile(join(target, name), await readFile(new URL(`./servers/${name}`, import.meta.url)));
    await chmod(join(target, name), 0o644);
  }
}
