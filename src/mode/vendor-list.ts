import { isSemver, type GoMod, type Replacement } from "../module/index.ts";

/** A module of vendor/modules.txt; version empty where all versions are replaced. */
export interface VendoredModule {
  readonly path: string;
  readonly version: string;
  readonly explicit: boolean;
  /** As written behind `=>`; version empty: a folder. */
  readonly replacement: { readonly path: string; readonly version: string } | undefined;
  /** The line that names it first. */
  readonly line: number;
}

export interface VendorList {
  /** The folder `vendor`. */
  readonly folder: string;
  /** Its modules.txt; undefined where there is none. */
  readonly file: string | undefined;
  readonly forWorkspace: boolean;
  readonly modules: readonly VendoredModule[];
  /** Which module each package is of, by import path. */
  readonly packages: ReadonlyMap<string, { readonly path: string; readonly version: string; readonly line: number }>;
}

const keyOf = (path: string, version: string): string => `${path}@${version}`;

type Draft = { -readonly [Key in keyof VendoredModule]: VendoredModule[Key] };

/** The words behind `# `: a module with its version, or one whose every version is replaced; undefined for anything else. */
function moduleOf(words: readonly string[], line: number): Draft | undefined {
  const [path = "", second = "", ...rest] = words;
  const versioned = isSemver(second);
  if (!versioned && second !== "=>") return undefined;
  const arrow = versioned ? rest : [second, ...rest];
  const [sign, to, toVersion, more] = arrow;
  const replaced =
    sign === "=>" && to !== undefined && more === undefined && (toVersion === undefined || isSemver(toVersion));
  return {
    path,
    version: versioned ? second : "",
    explicit: false,
    replacement: replaced ? { path: to, version: toVersion ?? "" } : undefined,
    line,
  };
}

/** Reads vendor/modules.txt as the go command does (cmd/go/internal/modload/vendor.go): what it does not understand is passed over. */
export function parseVendorList(folder: string, file: string | undefined, text: string): VendorList {
  const modules = new Map<string, Draft>();
  const packages = new Map<string, { path: string; version: string; line: number }>();
  let current: Draft | undefined;
  let forWorkspace = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (line.startsWith("# ")) {
      const words = line.slice(2).trim().split(/\s+/);
      if (words.length < 2) continue;
      const found = moduleOf(words, index + 1);
      if (found === undefined) current = undefined;
      else {
        const known = modules.get(keyOf(found.path, found.version));
        if (known !== undefined && found.replacement !== undefined) known.replacement = found.replacement;
        current = known ?? found;
        modules.set(keyOf(found.path, found.version), current);
      }
    } else if (line.startsWith("## ")) {
      const marks = new Set(line.slice(3).split(";").map((each) => each.trim())); // prettier-ignore
      if (index === 0) forWorkspace = marks.has("workspace");
      if (current !== undefined && marks.has("explicit")) current.explicit = true;
    } else if (current !== undefined && /^\S+$/.test(line.trim()))
      packages.set(line.trim(), { path: current.path, version: current.version, line: index + 1 });
  }
  return { folder, file, forWorkspace, modules: [...modules.values()], packages };
}

/** A way in which modules.txt and the go.mod files disagree. The words are under `mode.vendor.<code>`. */
export interface VendorFault {
  readonly code:
    | "notExplicit"
    | "otherVersion"
    | "notReplaced"
    | "otherReplacement"
    | "notRequired"
    | "notReplacedHere";
  readonly module: string;
  /** What the other side says. */
  readonly other: string;
  /** 1 for the first line: of the go.mod (`inMod`), else of modules.txt. */
  readonly line: number;
  readonly file: string | undefined;
}

export interface VendorMain {
  readonly file: string;
  readonly mod: GoMod;
}

export interface ConsistencyInput {
  readonly list: VendorList;
  readonly mains: readonly VendorMain[];
  /** Replacements of go.work, which overrule. */
  readonly work: { readonly file: string; readonly replace: readonly Replacement[] } | undefined;
  /** Whether a go.mod is from before `go 1.14`: then modules.txt says too little to be held against it. */
  readonly isLoose: boolean;
  /** A replacement's folder as modules.txt has it: relative to the folder of `vendor`. */
  readonly shown: (replacement: Replacement, file: string) => string;
}

const named = (path: string, version: string | undefined): string => (version ? `${path}@${version}` : path);

/** Holds modules.txt against the go.mod files (cmd/go/internal/modload.checkVendorConsistency). Empty: they agree. */
export function vendorFaults({ list, mains, work, isLoose, shown }: ConsistencyInput): readonly VendorFault[] {
  const faults: VendorFault[] = [];
  const byKey = new Map(list.modules.map((each) => [keyOf(each.path, each.version), each]));
  const providing = new Map([...list.packages.values()].map(({ path, version }) => [path, version]));
  for (const { file, mod } of mains)
    for (const { path, version, line } of mod.require) {
      if (byKey.get(keyOf(path, version))?.explicit === true) continue;
      const vendored = providing.get(path);
      if (!isLoose) faults.push({ code: "notExplicit", module: named(path, version), other: "", line, file });
      else if (vendored !== undefined && vendored !== version)
        faults.push({ code: "otherVersion", module: named(path, version), other: named(path, vendored), line, file });
    }
  const replacements = [
    ...(work === undefined ? [] : work.replace.map((each) => ({ each, file: work.file }))),
    ...mains.flatMap(({ file, mod }) => mod.replace.map((each) => ({ each, file }))),
  ];
  const seen = new Set<string>();
  for (const { each, file } of replacements) {
    const key = keyOf(each.path, each.version ?? "");
    if (seen.has(key)) continue;
    seen.add(key);
    const there = byKey.get(key)?.replacement;
    const wanted = named(each.toVersion === undefined ? shown(each, file) : each.to, each.toVersion);
    const at = { module: named(each.path, each.version), line: each.line, file };
    if (there === undefined) {
      const mayMiss = isLoose && (each.version === undefined || providing.get(each.path) !== each.version);
      if (!mayMiss) faults.push({ code: "notReplaced", other: "", ...at });
    } else if (named(there.path, there.version) !== wanted)
      faults.push({ code: "otherReplacement", other: named(there.path, there.version), ...at });
  }
  const required = new Set(mains.flatMap(({ mod }) => mod.require.map(({ path, version }) => keyOf(path, version))));
  for (const each of list.modules) {
    const at = { module: named(each.path, each.version), other: "", line: each.line, file: list.file };
    if (each.explicit && providing.get(each.path) === each.version && !required.has(keyOf(each.path, each.version)))
      faults.push({ code: "notRequired", ...at });
    const isReplaced = replacements.some(
      (one) => one.each.path === each.path && (one.each.version === undefined || one.each.version === each.version),
    );
    if (each.replacement !== undefined && !isReplaced) faults.push({ code: "notReplacedHere", ...at });
  }
  return faults;
}
