import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { escapePath, escapeVersion, readZipFiles } from "../module/index.ts";
import type { Toolchain } from "../toolchain/index.ts";
import { isLicenceItself, isLicenceName, recogniseLicence } from "./licence.ts";
import { versionsFolder, type TreeModule } from "./module-tree.ts";

/** Licence texts of one component, copied into the kit. */
export interface LicenceRecord {
  /** `golang.org/x/net@v0.34.0`, `go1.21.13`. */
  readonly component: string;
  /** SPDX identifiers that were recognised. */
  readonly spdx: readonly string[];
  /** Paths of the texts in the kit; empty where the component brings none. */
  readonly files: readonly string[];
}

interface FoundText {
  readonly name: string;
  readonly text: string;
}

async function keep(
  root: string,
  component: string,
  folder: string,
  texts: readonly FoundText[],
): Promise<LicenceRecord> {
  const spdx = new Set<string>();
  const files: string[] = [];
  for (const { name, text } of texts) {
    const path = `licenses/${folder}/${name}`;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    files.push(path);
    if (isLicenceItself(basename(name))) for (const id of recogniseLicence(text)) spdx.add(id);
  }
  return { component, spdx: [...spdx].toSorted(), files: files.toSorted() };
}

/** Copies the licence texts that lie at the root of each module's zip. */
export async function keepModuleLicences(
  kitRoot: string,
  tree: string,
  modules: readonly TreeModule[],
): Promise<readonly LicenceRecord[]> {
  const records: LicenceRecord[] = [];
  for (const { path, version, zip } of modules) {
    if (!zip) continue;
    const prefix = `${path}@${version}/`;
    const zipFile = join(versionsFolder(tree, path), `${escapeVersion(version)}.zip`);
    const found = await readZipFiles(zipFile, prefix, (name) => isLicenceName(name.slice(prefix.length)));
    const texts = [...found].map(([name, bytes]) => ({
      name: name.slice(prefix.length),
      text: bytes.toString("utf8"),
    }));
    records.push(
      await keep(kitRoot, `${path}@${version}`, `modules/${escapePath(path)}@${escapeVersion(version)}`, texts),
    );
  }
  return records;
}

/** Where a text that licences part of a toolchain may lie: at its root, and below `src/` with what was taken from elsewhere. */
function isToolchainLicence(path: string): boolean {
  if (/(?:^|\/)testdata\//.test(path)) return false;
  const name = basename(path);
  return (path === name || path.startsWith("src/")) && (isLicenceName(name) || /^[A-Za-z0-9_]+_LICEN[CS]E$/.test(name));
}

/** Copies the texts of Go and of the code that it vendors, at the paths that they have in GOROOT. */
export async function keepToolchainLicences(
  kitRoot: string,
  toolchain: Omit<Toolchain, "evidence">,
): Promise<LicenceRecord> {
  const component = `go${toolchain.request.version}`;
  const paths = toolchain.files.map((file) => file.path).filter(isToolchainLicence);
  const texts = await Promise.all(
    paths.map(async (name) => ({ name, text: await readFile(join(toolchain.goroot, name), "utf8") })),
  );
  return keep(kitRoot, component, component, texts);
}
