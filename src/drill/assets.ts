import { chmod, cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the sessions' shell files; the only place that knows where they lie. */
export const scriptsFolder = fileURLToPath(new URL("./scripts/", import.meta.url));

/** Copies the shell files to where an unprivileged user can read them. */
export async function copyScripts(target: string, source: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await cp(source, target, { recursive: true });
  for (const folder of [target, join(target, "hooks")]) await chmod(folder, 0o755);
}
