import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openModuleZip } from "../../module/index.ts";
import { isToolchainExecutable, pathInGoroot } from "../tree.ts";

/**
 * Writes the files of a toolchain's module zip as they lie in GOROOT. The zip carries no modes: `bin/*` and `pkg/tool/*` get their executable bit here.
 * The reader has refused every name that leads out of `prefix`.
 */
export async function unpackToolchainZip(zip: string, prefix: string, into: string): Promise<void> {
  const made = new Set<string>();
  await using archive = await openModuleZip(zip, { prefix });
  for (const entry of archive.entries) {
    const path = pathInGoroot(entry.name.slice(prefix.length));
    const target = join(into, path);
    const folder = dirname(target);
    if (!made.has(folder)) {
      await mkdir(folder, { recursive: true });
      made.add(folder);
    }
    await writeFile(target, archive.read(entry), { flag: "wx" });
    await chmod(target, isToolchainExecutable(path) ? 0o755 : 0o644);
  }
}
