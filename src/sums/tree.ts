import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { splitGoflags } from "../core/goflags.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { nearestFile } from "../goroot/index.ts";
import { parseGoMod, parseGoWork, type GoMod } from "../module/index.ts";
import type { GoSettings, ModuleTree } from "./types.ts";

async function readText(path: string): Promise<string> {
  const text = await readRegularFile(path);
  if (text === undefined) throw new MedkitError("GO_MOD_NOT_FOUND", { path });
  return text;
}

async function exists(path: string, kind: "file" | "folder"): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return kind === "file" ? facts?.isFile() === true : facts?.isDirectory() === true;
}

async function readMain(goMod: string): Promise<{ readonly goMod: string; readonly mod: GoMod }> {
  return { goMod, mod: parseGoMod(await readText(goMod), { file: goMod, main: true }) };
}

/** The file of sums beside a go.mod: go.sum, or that of `-modfile`. */
export function sumFileOf(goMod: string): string {
  return goMod.replace(/(?:\.mod)?$/, ".sum");
}

/** Which workspace file counts; GOWORK may name one, or say `off`. */
async function workFileOf(folder: string, gowork: string): Promise<string | undefined> {
  if (gowork === "off") return undefined;
  if (gowork !== "") return resolve(folder, gowork);
  return (await nearestFile(folder, ["go.work"]))?.path;
}

function isAtLeast117(language: string | undefined): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(language ?? "") ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 17);
}

/** Finds the module or workspace of a folder as the go command does, and reads its files. GO_MOD_NOT_FOUND, GO_MOD_INVALID. */
export async function readModuleTree(folder: string, settings: GoSettings): Promise<ModuleTree> {
  const workFile = await workFileOf(folder, settings.gowork.value);
  const named = splitGoflags(settings.goflags.value).findLast((word) => /^--?modfile=/.test(word));
  let files: string[];
  let root: string;
  let work: ReturnType<typeof parseGoWork> | undefined;
  if (workFile !== undefined) {
    work = parseGoWork(await readText(workFile), workFile);
    root = dirname(workFile);
    files = work.use.map((each) => join(resolve(root, each), "go.mod"));
  } else {
    const nearest = await nearestFile(folder, ["go.mod"]);
    if (nearest === undefined) throw new MedkitError("GO_MOD_NOT_FOUND", { path: join(folder, "go.mod") });
    root = dirname(nearest.path);
    files = [named === undefined ? nearest.path : resolve(folder, named.replace(/^[^=]*=/, ""))];
  }
  const mains = await Promise.all(files.map(readMain));
  const sums = [
    ...files.map(sumFileOf),
    ...(workFile === undefined ? [] : [workFile.replace(/(?:\.work)?$/, ".work.sum")]),
  ];
  const sumFiles: string[] = [];
  for (const each of sums) if (await exists(each, "file")) sumFiles.push(each);
  const vendor = join(root, "vendor");
  const isOwn = new Set(mains.map(({ mod }) => mod.module));
  return {
    root,
    workFile,
    mains: mains.map(({ goMod, mod }) => ({ path: mod.module ?? "", goMod })),
    sumFiles,
    // A replacement in go.work overrules those in the modules.
    replacements: [
      ...(work?.replace ?? []).map((each) => ({ ...each, folder: root })),
      ...mains.flatMap(({ goMod, mod }) =>
        mod.replace.map((each) => ({ ...each, folder: workFile === undefined ? root : dirname(goMod) })),
      ),
    ],
    isPruned: mains.every(({ mod }) => isAtLeast117(mod.go)),
    required: mains.flatMap(({ mod }) => mod.require).filter(({ path }) => !isOwn.has(path)),
    vendor: (await exists(join(vendor, "modules.txt"), "file")) ? vendor : undefined,
  };
}
