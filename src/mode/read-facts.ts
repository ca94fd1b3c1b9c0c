import { readdir, realpath, stat } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { GoVersion } from "../core/go-version.ts";
import { splitGoflags } from "../core/goflags.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { parseGoMod, parseGoWork } from "../module/index.ts";
import { lookAtGo } from "./go-command.ts";
import { judgeSettings, readSettingSources } from "./settings.ts";
import type { Facts, GoCommand, GopathEntry, ModFile, ReadFile, UsedModule, WorkFile } from "./types.ts";
import { isAtLeast, SINCE } from "./versions.ts";
import { parseVendorList, type VendorList } from "./vendor-list.ts";

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts === undefined ? undefined : facts.isDirectory() ? "folder" : "file";
}

/** The nearest such file from a folder upwards, as the go command looks for it: a folder of that name does not count. `beyond` is a folder it does not leave. */
async function nearest(folder: string, name: string, beyond?: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await kindOf(join(at, name))) === "file") return join(at, name);
    if (dirname(at) === at || dirname(at) === beyond) return undefined;
  }
}

function readWith<Parsed>(path: string, text: string, parse: () => Parsed): ReadFile<Parsed> {
  try {
    return { path, text, parsed: parse(), problem: undefined };
  } catch (error) {
    if (!(error instanceof MedkitError) || error.code !== "GO_MOD_INVALID") throw error;
    const { line, problem } = error.params;
    return { path, text, parsed: undefined, problem: { line: Number(line), problem: String(problem) } };
  }
}

/** Of a file that is there, but that nobody may read, or that is a pipe. */
function unreadable(path: string): ReadFile<never> {
  return { path, text: "", parsed: undefined, problem: { line: 0, problem: "it cannot be read" } };
}

async function readMod(path: string, root: string): Promise<ModFile | undefined> {
  const text = await readRegularFile(path);
  if (text === undefined) return (await kindOf(path)) === "file" ? { ...unreadable(path), root } : undefined;
  return { ...readWith(path, text, () => parseGoMod(text, { file: path, main: true })), root };
}

/** The line of a directive `use` with this folder, in a block or out of it. */
function lineOfUse(text: string, folder: string): number {
  const lines = text.split("\n");
  const quoted = new Set([folder, JSON.stringify(folder), `\`${folder}\``]);
  const at = lines.findIndex((line) => {
    const words = line.replace(/\/\/.*/, "").trim().replace(/^use\s*\(?\s*/, "").replace(/\s*\)$/, ""); // prettier-ignore
    return quoted.has(words);
  });
  return at + 1;
}

async function readWork(path: string): Promise<WorkFile | undefined> {
  const text = await readRegularFile(path);
  if (text === undefined) return (await kindOf(path)) === "file" ? { ...unreadable(path), uses: [] } : undefined;
  const file = readWith(path, text, () => parseGoWork(text, path));
  const uses: UsedModule[] = [];
  for (const each of file.parsed?.use ?? []) {
    const folder = resolve(dirname(path), each);
    uses.push({ folder, line: lineOfUse(text, each), mod: await readMod(join(folder, "go.mod"), folder) });
  }
  return { ...file, uses };
}

async function readVendor(folder: string): Promise<VendorList | undefined> {
  if ((await kindOf(folder)) !== "folder") return undefined;
  const file = join(folder, "modules.txt");
  const text = await readRegularFile(file);
  return parseVendorList(folder, text === undefined ? undefined : file, text ?? "");
}

const real = async (path: string): Promise<string> => await realpath(path).catch(() => path);

/** Path of a folder below another, with slashes; empty for the folder itself, undefined where it is not below. Links of both are followed too. */
export async function below(root: string, folder: string): Promise<string | undefined> {
  for (const [a, b] of [[root, folder], [await real(root), await real(folder)]] as const) {
    const path = relative(a, b);
    if (path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path)) return path.split(sep).join("/");
  } // prettier-ignore
  return undefined;
}

async function readGopath(value: string, folder: string): Promise<GopathEntry[]> {
  const entries: GopathEntry[] = [];
  for (const path of value.split(delimiter).filter((each) => isAbsolute(each)))
    entries.push({ path, inside: await below(join(path, "src"), folder) });
  return entries;
}

/** Toolchains that the go command has unpacked into its module cache, by name. */
async function readToolchains(cache: string): Promise<ReadonlyMap<string, string>> {
  const parent = join(cache, "golang.org");
  const names = await readdir(parent).catch(() => []);
  return new Map(
    names.flatMap((name) => {
      const [, version] = /^toolchain@v0\.0\.1-(go.+)\.[a-z0-9]+-[a-z0-9]+$/.exec(name) ?? [];
      return version === undefined ? [] : [[version, join(parent, name)] as const];
    }),
  );
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: { readonly os: string; readonly arch: string };
}

/** The same go, taken to be of another version: where its standard library would be is not known then. */
function assume(go: GoCommand, version: GoVersion | undefined): GoCommand {
  if (version === undefined || version.text === go.version?.text) return go;
  return { ...go, version, goroot: undefined, isAssumed: true };
}

/** Looks at all that can decide the mode for a folder, or for that of a file. Starts nothing, changes nothing. `assumed`: as if the go of PATH were of this version. PATH_NOT_FOUND. */
export async function readFacts({ env, platform }: Surroundings, place: string, assumed?: GoVersion): Promise<Facts> {
  const kind = await kindOf(place);
  if (kind === undefined) throw new MedkitError("PATH_NOT_FOUND", { path: place });
  const folder = kind === "folder" ? place : dirname(place);
  const first = await readSettingSources(env, platform, undefined);
  const go = assume(await lookAtGo(env, first), assumed);
  const settings = judgeSettings(await readSettingSources(env, platform, isAtLeast(go.version, SINCE.toolchains) ? go.goroot : undefined)); // prettier-ignore
  const flags = splitGoflags(settings.GOFLAGS.value);
  const modPath = await nearest(folder, "go.mod");
  const goMod = modPath === undefined ? undefined : await readMod(modPath, dirname(modPath));
  const tempRoot = await real(env["TMPDIR"] || "/tmp");
  const named = flags.findLast((word) => /^--?modfile=/.test(word))?.replace(/^[^=]*=/, "");
  const gowork = settings.GOWORK.value;
  const work = await (async (): Promise<Facts["work"]> => {
    if (gowork === "off") return { kind: "off", path: undefined, file: undefined };
    if (gowork !== "" && gowork !== "auto") {
      if (!isAbsolute(gowork)) return { kind: "relative", path: gowork, file: undefined };
      return { kind: "named", path: gowork, file: await readWork(gowork) };
    }
    const path = await nearest(folder, "go.work", go.goroot);
    return {
      kind: path === undefined ? "none" : "found",
      path,
      file: path === undefined ? undefined : await readWork(path),
    };
  })();
  const gopath = await readGopath(settings.GOPATH.value, folder);
  const gopathMod = gopath[0] === undefined ? undefined : join(gopath[0].path, "go.mod");
  const toolchains = await readToolchains(settings.GOMODCACHE.value);
  return {
    folder,
    go: go.isAssumed ? { ...go, goroot: toolchains.get(`go${go.version?.text ?? ""}`) } : go,
    settings,
    flags,
    tempRoot,
    goMod: goMod === undefined ? undefined : { ...goMod, inTempRoot: (await real(goMod.root)) === tempRoot },
    altMod: named === undefined ? undefined : await readMod(resolve(folder, named), goMod?.root ?? folder),
    work,
    vendor: {
      module: goMod === undefined ? undefined : await readVendor(join(goMod.root, "vendor")),
      work: work.path === undefined ? undefined : await readVendor(join(dirname(work.path), "vendor")),
    },
    gopath,
    gopathMod: gopathMod !== undefined && (await kindOf(gopathMod)) !== undefined ? gopathMod : undefined,
    toolchains,
  };
}
