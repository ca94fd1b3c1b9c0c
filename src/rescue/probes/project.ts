import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import { parseGoMod } from "../../module/index.ts";
import { readRegularFile } from "../../core/regular-file.ts";
import type { PathFacts, ProjectFacts } from "./types.ts";

type PathProbe = (path: string) => Promise<PathFacts>;

async function findUp(start: string, name: string, probe: PathProbe): Promise<string | undefined> {
  for (let folder = start; ; folder = dirname(folder)) {
    if ((await probe(join(folder, name))).kind === "file") return join(folder, name);
    if (folder === dirname(folder)) return undefined;
  }
}

async function modulesBelow(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, 200)) {
    if (!entry.isDirectory() || /^[._]|^(?:vendor|testdata|node_modules)$/.test(entry.name)) continue;
    const below = join(folder, entry.name);
    if ((await readdir(below).catch((): string[] => [])).includes("go.mod")) found.push(below);
    else if (depth > 1) found.push(...(await modulesBelow(below, depth - 1)));
  }
  return found;
}

/** The module that the go command would take for a folder, without running it. */
export async function gatherProjectFacts(cwd: string, probe: PathProbe): Promise<ProjectFacts> {
  const goModFile = await findUp(cwd, "go.mod", probe);
  const goWorkFile = await findUp(cwd, "go.work", probe);
  const root = goModFile === undefined ? undefined : dirname(goModFile);
  const base = { root, goModFile, goWorkFile };
  if (goModFile === undefined || root === undefined)
    return {
      ...base,
      goMod: undefined,
      goModProblem: undefined,
      hasGoSum: false,
      vendor: false,
      modulesBelow: await modulesBelow(cwd, 2),
    };
  const shared = {
    ...base,
    hasGoSum: (await probe(join(root, "go.sum"))).kind === "file",
    vendor: (await probe(join(root, "vendor"))).kind === "folder",
    modulesBelow: [],
  };
  try {
    // More than any go.mod has.
    const text = await readRegularFile(goModFile, 8 * 1024 * 1024);
    if (text === undefined) throw new Error("it cannot be read");
    return { ...shared, goMod: parseGoMod(text, { file: goModFile, main: true }), goModProblem: undefined };
  } catch (error) {
    const problem = error instanceof MedkitError ? String(error.params["problem"] ?? error.message) : String(error);
    return { ...shared, goMod: undefined, goModProblem: problem };
  }
}
