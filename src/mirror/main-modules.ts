import { dirname, join, resolve } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { parseGoMod, parseGoWork, readGoSum, type GoMod } from "../module/index.ts";
import { isPrunedLanguage } from "./module-graph.ts";
import type { SyncSource } from "./types.ts";

async function readMain(path: string): Promise<{ readonly folder: string; readonly mod: GoMod }> {
  const text = await readRegularFile(path);
  if (text === undefined) throw new MedkitError("GO_MOD_NOT_FOUND", { path });
  return { folder: dirname(path), mod: parseGoMod(text, { file: path, main: true }) };
}

/** Lines of files that may not be there; one that cannot be read as a line says nothing. */
async function readSums(paths: readonly string[]): Promise<SyncSource["sums"]> {
  const texts = await Promise.all(paths.map((path) => readRegularFile(path)));
  return texts.flatMap((text) => (text === undefined ? [] : readGoSum(text).lines));
}

/** A go.mod with the go.sum beside it. GO_MOD_NOT_FOUND, GO_MOD_INVALID. */
export async function readModuleSource(name: string, path: string): Promise<SyncSource> {
  return await sourceOf(name, "module", [path], [path.replace(/(?:\.mod)?$/, ".sum")], undefined);
}

/** A go.work with its modules. GO_MOD_NOT_FOUND, GO_MOD_INVALID. */
export async function readWorkspaceSource(name: string, path: string): Promise<SyncSource> {
  const text = await readRegularFile(path);
  if (text === undefined) throw new MedkitError("GO_MOD_NOT_FOUND", { path });
  const work = parseGoWork(text, path);
  const folders = work.use.map((each) => resolve(dirname(path), each));
  const sums = [path.replace(/(?:\.work)?$/, ".work.sum"), ...folders.map((each) => join(each, "go.sum"))];
  return await sourceOf(
    name,
    "workspace",
    folders.map((each) => join(each, "go.mod")),
    sums,
    { folder: dirname(path), replace: work.replace },
  );
}

async function sourceOf(
  name: string,
  kind: SyncSource["kind"],
  goMods: readonly string[],
  sums: readonly string[],
  work: { readonly folder: string; readonly replace: GoMod["replace"] } | undefined,
): Promise<SyncSource> {
  const mains = await Promise.all(goMods.map(readMain));
  const root = {
    required: mains.flatMap(({ mod }) => mod.require),
    own: mains.flatMap(({ mod }) => (mod.module === undefined ? [] : [mod.module])),
    replacements: [
      ...(work?.replace ?? []).map((each) => ({ ...each, folder: work?.folder ?? "" })),
      ...mains.flatMap(({ folder, mod }) => mod.replace.map((each) => ({ ...each, folder }))),
    ],
    excluded: mains.flatMap(({ mod }) => mod.exclude),
    isPruned: mains.every(({ mod }) => isPrunedLanguage(mod.go)),
  };
  return { name, kind, roots: [root], content: "build-list", sums: await readSums(sums), alone: [] };
}
