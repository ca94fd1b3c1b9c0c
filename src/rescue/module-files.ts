import { splitGoflags } from "../core/goflags.ts";
import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { exemptPatterns, matchPrefixPatterns, parseGoMod, parseGoSum } from "../module/index.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { editGoflags } from "./remedies.ts";
import type { CaseFile, Remedy } from "./types.ts";

/** The go.mod and go.sum that count: those of the module, or those that `-modfile` in GOFLAGS names. */
export interface ModuleFiles {
  readonly root: string;
  readonly goMod: string;
  readonly goSum: string;
}

export async function moduleFiles({ probes, command }: CaseFile): Promise<ModuleFiles | undefined> {
  const { root, goModFile } = await probes.project();
  if (root === undefined || goModFile === undefined) return undefined;
  const words = splitGoflags((await probes.setting("GOFLAGS")).value);
  const named = words.findLast((word) => /^--?modfile=/.test(word))?.replace(/^[^=]*=/, "");
  const goMod = named === undefined ? goModFile : resolve(command.cwd, named);
  return { root, goMod, goSum: goMod.replace(/(?:\.mod)?$/, ".sum") };
}

/** Whether a go.work counts for the command: one lies here or above, and GOWORK does not switch workspaces off. */
export async function isInWorkspace({ probes }: Pick<CaseFile, "probes">): Promise<boolean> {
  return (await probes.project()).goWorkFile !== undefined && (await probes.setting("GOWORK")).value !== "off";
}

/** Text of a file; empty where it cannot be read. */
export async function textOf(path: string): Promise<string> {
  return (await readRegularFile(path)) ?? "";
}

/** Patterns of module paths that no checksum database is asked about under the command's settings. */
export async function unprovenPatterns({ probes }: Pick<CaseFile, "probes">): Promise<string> {
  const value = async (name: string): Promise<string> => (await probes.setting(name)).value;
  return exemptPatterns({
    gosumdb: await value("GOSUMDB"),
    gonosumdb: await value("GONOSUMDB"),
    goprivate: await value("GOPRIVATE"),
    goflags: splitGoflags(await value("GOFLAGS")),
  });
}

/** Whether every line of go.sum that is new is of a module that the database was asked about. A go.sum that does not parse proves nothing. */
export function isEachNewLineProven(before: string, after: string, unproven: string): boolean {
  const known = new Set(before.split("\n").map((line) => line.trim()));
  try {
    return parseGoSum(after)
      .map(({ path, version, subject, hash }) => ({
        path,
        text: `${path} ${version}${subject === "zip" ? "" : "/go.mod"} ${hash}`,
      }))
      .every(({ path, text }) => known.has(text) || !matchPrefixPatterns(unproven, path));
  } catch {
    return false;
  }
}

/** Whether a go.mod requires nothing but these module paths. */
export function requiresOnly(goMod: string, known: readonly string[]): boolean {
  try {
    return parseGoMod(goMod, { main: true }).require.every(({ path }) => known.includes(path));
  } catch {
    return false;
  }
}

export interface CopyOptions {
  /** Laid over the child's environment for the completion: where modules come from, and who proves them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Module path patterns whose hashes nobody proves. */
  readonly unproven: string;
  /** Whether go.mod is completed too. It may gain modules that its requirements require, and no others: what an import means is never guessed. */
  readonly updateGoMod: boolean;
  readonly timeout: number;
}

/**
 * Lets go complete copies of go.mod and go.sum below the scratch folder, without compiling or starting anything, and gives the child the result to read
 * (`-mod=readonly`), so that nothing unproven can be added later. Undefined where nothing was gained, or something that nobody proves.
 */
export async function completedCopies(file: CaseFile, options: CopyOptions): Promise<Remedy | undefined> {
  const files = await moduleFiles(file);
  const { path: go } = await file.probes.go();
  if (files === undefined || go === undefined) return undefined;
  const work = join(file.scratch("modfile-work"), "go.mod");
  const [goMod, goSum] = [await readRegularFile(files.goMod), await textOf(files.goSum)];
  if (goMod === undefined) return undefined;
  try {
    await mkdir(dirname(work), { recursive: true, mode: 0o700 });
    await writeFile(work, goMod);
    await writeFile(join(dirname(work), "go.sum"), goSum);
    const flags = await editGoflags(file, { add: ["-mod=mod", `-modfile=${work}`] });
    const settings = {
      cwd: files.root,
      environment: { ...flags.environment, ...options.environment },
      timeout: options.timeout,
    };
    // Looks at no import: what the requirements require, and nothing else.
    const isGraphWanted = options.updateGoMod || file.symptoms.some(({ line }) => line.includes("for go.mod file"));
    const graph = isGraphWanted ? await file.probes.run([go, "list", "-m", "all"], settings) : undefined;
    const known = (graph?.stdout.toString("utf8") ?? "").split("\n").map((line) => line.split(" ", 1)[0] ?? "");
    await file.probes.run([go, "list", "-e", "-deps", "-test", "./..."], settings);
    const [newMod, newSum] = [await textOf(work), await textOf(join(dirname(work), "go.sum"))];
    const isAccepted = options.updateGoMod ? newMod !== goMod && requiresOnly(newMod, known) : newSum !== goSum;
    if (!isAccepted || !isEachNewLineProven(goSum, newSum, options.unproven)) return undefined;
    const folder = file.scratch("modfile");
    const copy = join(folder, "go.mod");
    return {
      kind: options.updateGoMod ? "copied-go-mod" : "copied-go-sum",
      params: { file: options.updateGoMod ? files.goMod : files.goSum },
      reach: "state",
      cost: 1000,
      environment: (await editGoflags(file, { add: ["-mod=readonly", `-modfile=${copy}`] })).environment,
      folders: [folder],
      files: [
        { path: copy, content: options.updateGoMod ? newMod : goMod },
        { path: join(folder, "go.sum"), content: newSum },
      ],
    };
  } finally {
    await rm(dirname(work), { recursive: true, force: true });
    // What only this made goes too: where nothing came of it, nothing is recorded that could be undone.
    const scratch = dirname(dirname(work));
    for (const empty of [scratch, dirname(scratch)]) await rmdir(empty).catch(() => undefined);
  }
}
