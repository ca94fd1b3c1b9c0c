import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError } from "../core/errors.ts";
import { hash1 } from "../module/index.ts";
import { isOutsideModuleForm, pathInModule, toolchainModule, toolchainModuleVersion } from "./tree.ts";
import type { ToolchainRequest, TreeFile } from "./types.ts";

/**
 * Every regular file of a tree with digest and size, sorted by path. A link or special file is TOOLCHAIN_MISMATCH: no published toolchain has one, no hash
 * covers it, and the compiler would read what it leads to.
 */
export async function hashTree(root: string): Promise<readonly TreeFile[]> {
  const files: TreeFile[] = [];
  async function visit(folder: string): Promise<void> {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) {
        const content = await readFile(join(root, path));
        files.push({ path, sha256: sha256Hex(content), size: content.length });
      } else throw new MedkitError("TOOLCHAIN_MISMATCH", { subject: `${path} is a link or a special file` });
    }
  }
  await visit("");
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The `h1:` that the checksum database holds for a toolchain, from its unpacked files: names get the module's prefix, `go.mod` is `_go.mod`, and what the
 * module form leaves out is left out. So the tree of a published archive is proven by the same record as the module zip.
 */
export function toolchainHash1(request: ToolchainRequest, files: readonly TreeFile[]): string {
  const prefix = `${toolchainModule}@${toolchainModuleVersion(request.version, request.platform)}/`;
  const inModule = files.filter((file) => !isOutsideModuleForm(file.path));
  return hash1(inModule.map((file) => ({ name: prefix + pathInModule(file.path), sha256: file.sha256 })));
}
