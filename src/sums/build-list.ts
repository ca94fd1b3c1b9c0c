import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { present } from "../core/present.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { readGoSum } from "../module/index.ts";
import { openHome, withStaging, type Layout } from "../state/index.ts";
import { sumFileOf } from "./tree.ts";
import type { BuildList, BuildModule, GoSettings, ModuleTree, NeededLine } from "./types.ts";

/** Milliseconds for `go list -m all`, downloads of go.mod files included. */
const patience = 120_000;

interface ListedModule {
  readonly Path: string;
  readonly Version?: string;
  readonly Main?: boolean;
  readonly Replace?: { readonly Path: string; readonly Version?: string };
}

/** `go list -json` writes one object after the other. */
function parseListed(text: string): ListedModule[] {
  return text
    .split(/^(?=\{)/m)
    .filter((each) => each.trim() !== "")
    .map((each) => JSON.parse(each) as ListedModule);
}

/** What is built of each module: its replacement where it has one; nothing of main modules and of folders. */
function builtModules(listed: readonly ListedModule[]): BuildModule[] {
  return listed.flatMap((each) => {
    const { Path, Version } = each.Replace ?? each;
    return each.Main === true || Version === undefined ? [] : [{ path: Path, version: Version }];
  });
}

const keyOf = (line: { path: string; version: string; subject: string }): string =>
  `${line.path} ${line.version} ${line.subject}`;

async function textOf(path: string): Promise<string> {
  return (await readRegularFile(path)) ?? "";
}

/**
 * Copies what go reads of a module or workspace, so that go may complete the copy: the project itself stays as it is.
 * Gives the directory to run in, flags, variables, and the file that go adds lines to.
 */
async function copyFiles(
  tree: ModuleTree,
  scratch: string,
): Promise<{ readonly cwd: string; readonly args: readonly string[]; readonly gowork: string; readonly sums: string }> {
  const [main] = tree.mains;
  if (tree.workFile === undefined) {
    const goMod = join(scratch, "go.mod");
    await writeFile(goMod, await textOf(main?.goMod ?? ""));
    await writeFile(sumFileOf(goMod), await textOf(sumFileOf(main?.goMod ?? "")));
    return { cwd: tree.root, args: ["-mod=mod", `-modfile=${goMod}`], gowork: "off", sums: sumFileOf(goMod) };
  }
  // Each module in a folder of its own below the scratch folder, with absolute replacements: go writes beside what it reads.
  const use: string[] = [];
  for (const [index, each] of tree.mains.entries()) {
    const folder = join(scratch, `m${index}`);
    await mkdir(folder);
    const replaced = tree.replacements.filter((one) => one.toVersion === undefined).map((one) => one.to);
    await writeFile(join(folder, "go.mod"), absolute(await textOf(each.goMod), replaced, resolve(each.goMod, "..")));
    await writeFile(join(folder, "go.sum"), await textOf(sumFileOf(each.goMod)));
    use.push(`use ${JSON.stringify(folder)}\n`);
  }
  const work = await textOf(tree.workFile);
  const folders = tree.replacements.filter((one) => one.toVersion === undefined).map((one) => one.to);
  const gowork = join(scratch, "go.work");
  const rest = absolute(work, folders, tree.root)
    .replace(/^use\s*\([^)]*\)/gm, "")
    .replace(/^use\s+[^(\s].*$/gm, "");
  await writeFile(gowork, `${rest}\n${use.join("")}`);
  await writeFile(join(scratch, "go.work.sum"), await textOf(tree.workFile.replace(/(?:\.work)?$/, ".work.sum")));
  return { cwd: scratch, args: [], gowork, sums: join(scratch, "go.work.sum") };
}

/** Folders behind `=>` made absolute. */
function absolute(text: string, folders: readonly string[], from: string): string {
  const isFolder = new Set(folders);
  return text.replace(/(=>[ \t]*)(\.{1,2}[^\s]*)/g, (whole, arrow: string, folder: string) =>
    isFolder.has(folder) ? `${arrow}${JSON.stringify(resolve(from, folder))}` : whole,
  );
}

interface Wish {
  /** Whose home holds the copies while go works on them. */
  readonly layout: Layout;
  readonly offline: boolean;
  /** Lines that are there: `path version zip`, `path version go.mod`. */
  readonly present: ReadonlySet<string>;
}

async function askGo(ports: Ports, tree: ModuleTree, settings: GoSettings, wish: Wish): Promise<BuildList> {
  const { work } = await openHome(wish.layout.home);
  return await withStaging(work, "sums", async ({ path: scratch }) => {
    const { cwd, args, gowork, sums } = await copyFiles(tree, scratch);
    const env = {
      ...present(ports.env),
      PWD: cwd,
      GOFLAGS: "",
      GOWORK: gowork,
      GO111MODULE: "on",
      GOTOOLCHAIN: "local",
      ...(wish.offline ? { GOPROXY: "off" } : {}),
    };
    const command = settings.go ?? "go";
    const spec = { command, args: ["list", "-m", "-json", ...args, "all"], cwd, env, timeout: patience };
    const { status, stdout, stderr } = await ports.process.run(spec);
    if (status !== 0) throw new MedkitError("GO_FAILED", { command: "go list -m all", status: status ?? "?", tail: lastLine(stderr) }); // prettier-ignore
    const added = readGoSum(await textOf(sums))
      .lines.filter((line) => !wish.present.has(keyOf(line)))
      .map(({ path, version, subject }) => ({ path, version, subject }));
    const modules = builtModules(parseListed(stdout.toString("utf8")));
    const needed = neededLines(requiredModules(tree)).filter((line) => !wish.present.has(keyOf(line)));
    // Before `go 1.17` every build loads the whole graph.
    const isWhole = tree.workFile === undefined && !tree.isPruned;
    const built = new Set(modules.map((each) => `${each.path} ${each.version}`));
    const missing = needed.filter((each) => built.has(`${each.path} ${each.version}`));
    const known = new Set(missing.map(keyOf));
    const others = added.filter((line) => !known.has(keyOf(line)));
    return {
      source: "go",
      reason: undefined,
      modules,
      missing: isWhole ? [...missing, ...others] : missing,
      beyond: isWhole ? [] : others,
    };
  });
}

/** The last line of what go said, without the folder of the copies that it speaks of. */
function lastLine(stderr: string): string {
  const line = stderr.trim().split("\n").at(-1)?.trim() ?? "";
  return line.replaceAll(/\S*\/sums-[0-9a-f]+\//g, "").slice(0, 300);
}

/** What the go.mod files require, replacements applied, without folders. */
function requiredModules(tree: ModuleTree): (BuildModule & { readonly indirect: boolean })[] {
  const modules = tree.required.flatMap(({ path, version, indirect }) => {
    const replaced =
      tree.replacements.find((each) => each.path === path && each.version === version) ??
      tree.replacements.find((each) => each.path === path && each.version === undefined);
    if (replaced === undefined) return [{ path, version, indirect }];
    return replaced.toVersion === undefined ? [] : [{ path: replaced.to, version: replaced.toVersion, indirect }];
  });
  return [...new Map(modules.map((each) => [`${each.path} ${each.version}`, each])).values()];
}

/**
 * Lines without which go refuses to build: the go.mod of every required module, and the zip of those that the module itself imports. Whether a zip of an
 * indirect one is needed, only its packages tell.
 */
function neededLines(modules: readonly (BuildModule & { readonly indirect: boolean })[]): NeededLine[] {
  return modules.flatMap(({ path, version, indirect }) => [
    { path, version, subject: "go.mod" as const },
    ...(indirect ? [] : [{ path, version, subject: "zip" as const }]),
  ]);
}

/** For hosts whose go cannot say more. Since Go 1.17 go.mod has every module that a build takes packages from. */
export function plainBuildList(tree: ModuleTree, there: ReadonlySet<string>, reason: string): BuildList {
  const modules = requiredModules(tree);
  const missing = neededLines(modules).filter((each) => !there.has(keyOf(each)));
  return {
    source: "go.mod",
    reason,
    modules: modules.map(({ path, version }) => ({ path, version })),
    missing,
    beyond: [],
  };
}

/**
 * The modules that are built, by `go list -m all` over copies of the module's files: nothing of the project is compiled or started, nor changed. Go may fetch
 * go.mod files into its cache. Where there is no go that can, what the go.mod files require.
 */
export async function readBuildList(
  ports: Ports,
  tree: ModuleTree,
  settings: GoSettings,
  wish: Wish,
): Promise<BuildList> {
  if (settings.go === undefined) return plainBuildList(tree, wish.present, "@sums.noGo");
  try {
    return await askGo(ports, tree, settings, wish);
  } catch (error) {
    if (!(error instanceof MedkitError) || error.code !== "GO_FAILED") throw error;
    return plainBuildList(tree, wish.present, String(error.params["tail"] ?? ""));
  }
}
