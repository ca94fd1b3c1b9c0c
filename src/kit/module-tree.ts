import { copyFile, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { goLanguage, compareGoVersions, parseGoVersion, type GoVersion } from "../core/go-version.ts";
import { temporaryBeside, writeFileAtomic } from "../state/index.ts";
import {
  escapePath,
  escapeVersion,
  isPseudoVersion,
  newestPseudoVersion,
  parseGoMod,
  pickLatest,
  sortVersions,
  unescapePath,
  unescapeVersion,
} from "../module/index.ts";

/** One version in a GOPROXY tree; `zip` says whether its content is there, or only its go.mod. */
export interface TreeModule {
  readonly path: string;
  readonly version: string;
  readonly zip: boolean;
  /** Whether its `.info` is there. */
  readonly info: boolean;
}

/** Reads which versions a GOPROXY tree (or GOMODCACHE/cache/download) holds, sorted by path and version. */
export async function listModuleTree(root: string): Promise<readonly TreeModule[]> {
  const found: TreeModule[] = [];
  async function visit(folder: string, escapedPath: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      if (escapedPath === "" && (entry.name === "sumdb" || entry.name === "cache")) continue;
      const inner = join(folder, entry.name);
      if (entry.name !== "@v") {
        await visit(inner, escapedPath === "" ? entry.name : `${escapedPath}/${entry.name}`);
        continue;
      }
      const names = new Set(await readdir(inner));
      const path = unescapePath(escapedPath);
      for (const name of names) {
        if (!name.endsWith(".mod")) continue;
        const escaped = name.slice(0, -".mod".length);
        found.push({
          path,
          version: unescapeVersion(escaped),
          zip: names.has(`${escaped}.zip`),
          info: names.has(`${escaped}.info`),
        });
      }
    }
  }
  await visit(root, "");
  return found.toSorted((a, b) => (a.path === b.path ? (a.version < b.version ? -1 : 1) : a.path < b.path ? -1 : 1));
}

/** Folder of a module's versions in a GOPROXY tree. */
export function versionsFolder(root: string, path: string): string {
  return join(root, escapePath(path), "@v");
}

/** `{"Version","Time"}` only: what else a proxy says (where it found the commit) differs from proxy to proxy. */
function plainInfo(text: string, version: string): string {
  const info = JSON.parse(text) as { Time?: string };
  return `${JSON.stringify(info.Time === undefined ? { Version: version } : { Version: version, Time: info.Time })}\n`;
}

/** Copies by rename: a kill in the middle leaves no half file under its name. */
async function copyWhole(from: string, to: string): Promise<void> {
  const temporary = temporaryBeside(to);
  await copyFile(from, temporary);
  await rename(temporary, to);
}

/** Copies the protocol files of `modules` from one tree into another and writes no `list` yet. */
export async function copyModules(from: string, to: string, modules: readonly TreeModule[]): Promise<void> {
  for (const { path, version, zip, info } of modules) {
    const [source, target] = [versionsFolder(from, path), versionsFolder(to, path)];
    await mkdir(target, { recursive: true });
    const name = escapeVersion(version);
    await copyWhole(join(source, `${name}.mod`), join(target, `${name}.mod`));
    if (zip) await copyWhole(join(source, `${name}.zip`), join(target, `${name}.zip`));
    if (info)
      await writeFileAtomic(
        join(target, `${name}.info`),
        plainInfo(await readFile(join(source, `${name}.info`), "utf8"), version),
        { durable: false },
      );
  }
}

function goDirective(text: string): GoVersion | undefined {
  const directive = parseGoMod(text).go;
  return directive === undefined ? undefined : parseGoVersion(directive);
}

/** Whether a toolchain accepts a go.mod: since Go 1.21 its `go` line is a minimum. */
function accepts(toolchain: GoVersion, goMod: string): boolean {
  const needed = goDirective(goMod);
  return needed === undefined || compareGoVersions(needed, toolchain) <= 0;
}

async function writeView(tree: string, into: string, path: string, versions: readonly string[]): Promise<void> {
  const listed = versions.filter((version) => !isPseudoVersion(version));
  const folder = versionsFolder(into, path);
  await mkdir(folder, { recursive: true });
  // The go command passes a view over in silence unless `.info` and `.mod` lie beside `list`.
  if (into !== tree) {
    for (const name of versions.map(escapeVersion)) {
      for (const file of [`${name}.info`, `${name}.mod`])
        await copyFile(join(versionsFolder(tree, path), file), join(folder, file));
    }
  }
  // As a proxy does it: pseudo-versions are not listed, and `@latest` answers where nothing is.
  await writeFile(join(folder, "list"), listed.map((version) => `${version}\n`).join(""));
  const latest = (await pickLatest(listed)) ?? newestPseudoVersion(versions);
  if (latest !== undefined) {
    const info = await readFile(join(versionsFolder(tree, path), `${escapeVersion(latest)}.info`));
    await writeFile(join(dirname(folder), "@latest"), info);
  }
}

/**
 * Writes `@v/list` and `@latest` of every module that has content, so that `go get MODULE@latest` finds the newest version that is there.
 * Where the toolchains of a kit accept different newest versions, each gets a view of its own below `views/go<V>`.
 */
export async function writeLists(
  tree: string,
  views: string,
  modules: readonly TreeModule[],
  toolchains: readonly string[],
): Promise<void> {
  const byPath = Map.groupBy(
    modules.filter((module) => module.zip),
    (module) => module.path,
  );
  for (const [path, members] of byPath) {
    const versions = sortVersions(members.map((member) => member.version));
    await writeView(tree, tree, path, versions);
    const goMods = new Map<string, string>();
    for (const version of versions)
      goMods.set(version, await readFile(join(versionsFolder(tree, path), `${escapeVersion(version)}.mod`), "utf8"));
    for (const text of toolchains) {
      const toolchain = parseGoVersion(text);
      if (toolchain === undefined) continue;
      const accepted = versions.filter((version) => accepts(toolchain, goMods.get(version) ?? ""));
      if (accepted.length < versions.length) await writeView(tree, join(views, `go${text}`), path, accepted);
    }
  }
}

/** The `go` lines of a module set that no toolchain of the kit accepts, for the refusal's reason. */
export async function unacceptable(
  tree: string,
  modules: readonly TreeModule[],
  toolchains: readonly string[],
): Promise<readonly string[]> {
  const known = toolchains.map(parseGoVersion).filter((version) => version !== undefined);
  const refused: string[] = [];
  for (const { path, version, zip } of modules) {
    if (!zip) continue;
    const text = await readFile(join(versionsFolder(tree, path), `${escapeVersion(version)}.mod`), "utf8");
    if (!known.some((toolchain) => accepts(toolchain, text))) {
      const needs = goDirective(text);
      refused.push(`${path}@${version} needs Go ${needs === undefined ? "?" : goLanguage(needs)}`);
    }
  }
  return refused;
}
