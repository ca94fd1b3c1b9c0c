import { delimiter, join } from "node:path";
import { splitGoflags } from "../core/goflags.ts";
import { KNOWN_DATABASE_KEYS } from "../module/index.ts";
import { fileEdit } from "./file-edits.ts";
import type { CaseFile, Remedy } from "./types.ts";

type Laid = Readonly<Record<string, string | undefined>>;

const nothing = { environment: {}, reach: "child", cost: 0 } as const;

/**
 * Takes one variable away for the child. What `go env -w` wrote comes through where the variable is unset or empty, so it is covered by the
 * value that counts without it; a variable that has no such value needs {@link withoutGoenvLine}.
 */
export function unsetVariable(name: string): Remedy {
  return { ...nothing, kind: "unset-variable", params: { name }, environment: { [name]: undefined } };
}

/** Sets one variable for the child. */
export function setVariable(name: string, value: string): Remedy {
  return { ...nothing, kind: "set-variable", params: { name, value }, environment: { [name]: value } };
}

function linesWithout(lines: readonly string[], names: readonly string[]): string {
  const kept = lines.filter((line) => !names.includes(line.slice(0, Math.max(0, line.indexOf("=")))));
  return kept.length === 0 ? "" : `${kept.join("\n")}\n`;
}

/** Gives the child a copy of the user's `go env -w` file without the lines that set these variables; the file itself stays as it is. */
export async function withoutGoenvLine(file: CaseFile, names: readonly string[]): Promise<Remedy | undefined> {
  const goenv = await file.probes.goenvFile();
  if (goenv === undefined) return undefined;
  const content = linesWithout(goenv.lines, names);
  const path = join(file.scratch("goenv"), "env");
  return {
    kind: "without-goenv-line",
    params: { name: names.join(", "), file: goenv.path },
    reach: "state",
    cost: 5,
    environment: { GOENV: path },
    folders: [file.scratch("goenv")],
    files: [{ path, content }],
  };
}

/** Takes the lines that set these variables out of the user's `go env -w` file itself, as `go env -u` does. */
async function goenvLineGone(file: CaseFile, names: readonly string[]): Promise<Remedy | undefined> {
  const goenv = await file.probes.goenvFile();
  const edit = goenv && (await fileEdit(goenv.path, linesWithout(goenv.lines, names)));
  if (edit === undefined) return undefined;
  const params = { name: names.join(", "), file: edit.path };
  return { ...nothing, kind: "goenv-line-gone", params, reach: "user-file", edits: [edit] };
}

/** Takes a setting away wherever it comes from: the environment, or the user's `go env -w` file. */
export async function dropSetting(file: CaseFile, name: string): Promise<readonly Remedy[]> {
  const setting = await file.probes.setting(name);
  if (setting.origin === "environment") {
    const inFile = await withoutGoenvLineOf(file, name);
    if (inFile === undefined) return [unsetVariable(name)];
    return [unsetVariable(name), { ...inFile, environment: { ...inFile.environment, [name]: undefined } }];
  }
  if (setting.origin !== "goenv-file") return [];
  const remedies = [await withoutGoenvLine(file, [name]), await goenvLineGone(file, [name])];
  return remedies.filter((remedy) => remedy !== undefined);
}

/** As {@link withoutGoenvLine}, but undefined where the file does not set the variable at all. */
async function withoutGoenvLineOf(file: CaseFile, name: string): Promise<Remedy | undefined> {
  const goenv = await file.probes.goenvFile();
  return goenv?.lines.some((line) => line.startsWith(`${name}=`)) === true ? withoutGoenvLine(file, [name]) : undefined;
}

function quoteGoflag(word: string): string {
  if (!/[\s'"]/.test(word)) return word;
  return word.includes("'") ? `"${word}"` : `'${word}'`;
}

export function joinGoflags(words: readonly string[]): string {
  return words.map(quoteGoflag).join(" ");
}

/** The flag's name in a word of GOFLAGS: `mod` of `-mod=vendor`. */
export function goflagName(word: string): string {
  return word.replace(/^--?/, "").replace(/=.*$/s, "");
}

export interface GoflagsEdit {
  /** Names of flags to take out: `mod`. */
  readonly drop?: readonly string[];
  /** Whole words to take out, where another word with the same flag is to stay. */
  readonly dropWords?: readonly string[];
  /** Whole words to put at the end: `-mod=mod`. */
  readonly add?: readonly string[];
}

/** The words of GOFLAGS after an edit. */
export function editGoflagWords(words: readonly string[], edit: GoflagsEdit): readonly string[] {
  const names = new Set([...(edit.drop ?? []), ...(edit.add ?? []).map(goflagName)]);
  const whole = new Set(edit.dropWords);
  return [...words.filter((word) => !names.has(goflagName(word)) && !whole.has(word)), ...(edit.add ?? [])];
}

/** Changes single flags of GOFLAGS for the child and keeps all others, wherever GOFLAGS comes from. */
export async function editGoflags(file: CaseFile, edit: GoflagsEdit): Promise<Remedy> {
  const { value, origin } = await file.probes.setting("GOFLAGS");
  const text = joinGoflags(editGoflagWords(splitGoflags(value), edit));
  const params = { before: value, after: text };
  if (text !== "" || origin !== "goenv-file")
    return { ...nothing, kind: "edit-goflags", params, environment: { GOFLAGS: text === "" ? undefined : text } };
  // An empty variable would let the file's line through again.
  const remedy = await withoutGoenvLine(file, ["GOFLAGS"]);
  return remedy ?? { ...nothing, kind: "edit-goflags", params, environment: { GOFLAGS: undefined } };
}

/** PATH with a folder in front. */
export function prependPath(env: Laid, folder: string): string {
  return [folder, ...(env["PATH"] ? [env["PATH"]] : [])].join(delimiter);
}

/**
 * Another whole Go of this host in front of PATH; GOROOT goes, for it would name the old one. Everything else stays: caches, proxy, flags.
 */
export function useGoroot(file: CaseFile, goroot: string, version: string): Remedy {
  return {
    ...nothing,
    kind: "host-toolchain",
    params: { version, goroot },
    cost: 2000,
    environment: { PATH: prependPath(file.command.env, join(goroot, "bin")), GOROOT: undefined },
  };
}

/**
 * The kit's Go in front of PATH, verified and unpacked before, with the kit's warm build cache (its entries count for `-trimpath` only). Where modules
 * come from, and every other setting, stays as it is. Undefined where there is no kit or it has not the version.
 */
export async function useKitGo(file: CaseFile, accept: (version: string) => boolean): Promise<Remedy | undefined> {
  const { kit } = file;
  // The oldest that does: what was written for an older Go is surest to build with it.
  const version = kit?.goVersions.findLast((each) => accept(each));
  if (kit === undefined || version === undefined) return undefined;
  const outline = { kind: "kit-toolchain", params: { version, kit: kit.folder }, cost: 3000 } as const;
  const complete = async (): Promise<Remedy | undefined> => {
    const { variables, state } = await kit.activate(version, file.scratch("kit-state"));
    const { GOROOT: goroot, GOCACHE: cache } = variables;
    if (goroot === undefined) return undefined;
    const flags = (await editGoflags(file, { add: ["-trimpath"] })).environment;
    return {
      ...outline,
      reach: state === undefined ? "child" : "state",
      folders: state === undefined ? [] : [state],
      environment: {
        PATH: prependPath(file.command.env, join(goroot, "bin")),
        GOROOT: undefined,
        GOTOOLCHAIN: "local",
        ...(cache === undefined ? {} : { GOCACHE: cache, ...flags }),
      },
    };
  };
  return { ...outline, reach: "state", environment: {}, complete };
}

/**
 * Modules from the kit's tree, before anything else that GOPROXY names (`only`: instead of it). The checksum database stays on and is the one whose
 * records the kit carries; a GOSUMDB that was `off` could not check what comes. With `only`, modules that are private here are looked for in the kit
 * too; without, they stay away from every proxy, as their names are nobody's business.
 */
export async function useKitModules(file: CaseFile, { only }: { readonly only: boolean }): Promise<Remedy | undefined> {
  const { kit, probes } = file;
  if (kit?.goproxy === undefined) return undefined;
  const goproxy = (await probes.goEnv())?.["GOPROXY"] ?? (await probes.setting("GOPROXY")).value;
  const isPrivate =
    (await probes.setting("GONOPROXY")).value !== "" || (await probes.setting("GOPRIVATE")).value !== "";
  // GOPRIVATE stands in for a GONOSUMDB that is unset, and would not any more: the database would hear of names that are nobody's business.
  const exempt = (await probes.goEnv())?.["GONOSUMDB"] ?? (await probes.setting("GONOSUMDB")).value;
  const unproven = [exempt, ...kit.privatePatterns].filter((each) => each !== "");
  // A database that go does not know by its name, and modules that none is asked about, are the kit's own word: every byte has to be as it was made.
  const isOwnWord = KNOWN_DATABASE_KEYS[kit.gosumdb] === undefined || unproven.length > 0;
  return {
    ...nothing,
    kind: "kit-modules",
    params: { kit: kit.folder },
    cost: 1000,
    ...(isOwnWord ? { precondition: () => kit.verify() } : {}),
    environment: {
      GOPROXY: `${kit.goproxy},${only || goproxy === "" ? "off" : goproxy}`,
      GOSUMDB: kit.gosumdb,
      ...(only && isPrivate ? { GONOPROXY: "none" } : {}),
      // Under the kit's own signature, and for exactly these.
      ...(kit.privatePatterns.length === 0 ? {} : { GONOSUMDB: unproven.join(",") }),
    },
  };
}

/** A new, empty folder of our own for a variable that names a folder: GOCACHE, GOMODCACHE, GOTMPDIR, TMPDIR. */
export function freshFolder(file: CaseFile, name: string, further: Laid = {}): Remedy {
  const path = file.scratch(name.toLowerCase());
  return {
    kind: "fresh-folder",
    params: { name, path },
    reach: "state",
    cost: name === "GOCACHE" ? 10_000 : 1000,
    environment: { [name]: path, ...further },
    folders: [path],
  };
}
