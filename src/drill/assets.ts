import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The sessions' shell files, by name: the packaged executable finds files, and cannot list folders. A new hook is named here too. */
export const SCRIPT_FILES = [
  "inside.sh",
  "recovery.sh",
  "fault.sh",
  "hooks/activate-again.sh",
  "hooks/age.sh",
  "hooks/count-lost-entries.sh",
  "hooks/each-go.sh",
  "hooks/expect-foreign-go.sh",
  "hooks/expect-prompt.sh",
  "hooks/expect-tags.sh",
  "hooks/make-read-only.sh",
  "hooks/remove-state.sh",
  "hooks/set-odd-variables.sh",
  "hooks/set-prompt.sh",
  "hooks/three-builds.sh",
  "hooks/umask-077.sh",
  "hooks/use-and-age.sh",
  "hooks/use-go-tools.sh",
] as const;

/** Writes the shell files to where an unprivileged user can read them, whatever the umask. */
export async function writeScripts(target: string): Promise<void> {
  for (const name of SCRIPT_FILES) {
    const file = join(target, name);
    await mkdir(dirname(file), { recursive: true });
    await chmod(dirname(file), 0o755);
    await writeFile(file, await readFile(new URL(`./scripts/${name}`, import.meta.url)));
    await chmod(file, 0o644);
  }
}
