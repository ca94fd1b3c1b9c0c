import { join, resolve, dirname } from "node:path";
import { readRegularFile } from "../core/regular-file.ts";
import { MedkitError } from "../core/errors.ts";
import { cachedModule, compareSemver, parseGoMod, readGoSum, type GoMod, type Replacement } from "../module/index.ts";
import type { Decision } from "./types.ts";
import { isNewer } from "./versions.ts";

export interface ModuleAt {
  readonly path: string;
  readonly version: string;
}

/** What stands for a module: itself, another module, or a folder. */
export interface Actual extends ModuleAt {
  /** Undefined: it comes from the module cache. */
  readonly folder: string | undefined;
  readonly replacement: { readonly to: string; readonly file: string; readonly line: number } | undefined;
}

const keyOf = ({ path, version }: ModuleAt): string => `${path}@${version}`;

/** Why the graph of modules cannot be read to its end. */
export interface GraphProblem {
  readonly code: "goModAbsent" | "goModUnsummed" | "goModInvalid";
  readonly module: ModuleAt;
}

/** A requirement of go.mod, `has`, that is older than what is built; `by` requires the newer one, where it is one module that does. */
export interface BehindRequirement {
  readonly by: ModuleAt | undefined;
  readonly module: ModuleAt;
  readonly has: string;
}

/** `go` older than 1.17, or none: the module's own requirements do not tell all. */
function isUnpruned(mod: GoMod): boolean {
  return mod.go === undefined || isNewer("1.17", mod.go);
}

/**
 * The modules that a main module or workspace is built with: minimal version selection over go.mod files of the module cache
 * (cmd/go/internal/modload.readModGraph; https://go.dev/ref/mod#minimal-version-selection, #graph-pruning). Fetches nothing.
 */
export class ModuleGraph {
  readonly #decision: Decision;
  readonly #cache: string;
  readonly #replacements: readonly { readonly each: Replacement; readonly file: string; readonly root: string }[];
  readonly #excluded: ReadonlySet<string>;
  readonly #mains: ReadonlyMap<string, string>;
  readonly #sums: ReadonlySet<string>;
  #whole: Promise<ReadonlyMap<string, string>> | undefined;
  readonly #problems: GraphProblem[] = [];

  private constructor(decision: Decision, cache: string, sums: ReadonlySet<string>) {
    this.#decision = decision;
    this.#cache = cache;
    this.#sums = sums;
    const { mains, work } = decision;
    const own = mains.flatMap(({ path, root, parsed }) => (parsed?.replace ?? []).map((each) => ({ each, file: path, root }))); // prettier-ignore
    const fromWork = (work?.parsed?.replace ?? []).map((each) => ({ each, file: work?.path ?? "", root: dirname(work?.path ?? "") })); // prettier-ignore
    this.#replacements = [...fromWork, ...own];
    this.#excluded = new Set(mains.flatMap(({ parsed }) => (parsed?.exclude ?? []).map(keyOf)));
    this.#mains = new Map(mains.map(({ parsed, root }) => [parsed?.module ?? "", root]));
  }

  /** Reads go.sum of the main modules. */
  static async open(decision: Decision, cache: string): Promise<ModuleGraph> {
    const sums = new Set<string>();
    const files = decision.mains.map((each) => each.path.replace(/(?:\.mod)?$/, ".sum"));
    if (decision.work !== undefined) files.push(`${decision.work.path}.sum`);
    for (const file of files)
      for (const { path, version, subject } of readGoSum((await readRegularFile(file)) ?? "").lines)
        sums.add(`${path}@${version}${subject === "go.mod" ? "/go.mod" : ""}`);
    return new ModuleGraph(decision, cache, sums);
  }

  /** What keeps the graph from being read whole; empty as long as nobody asked for it. */
  get problems(): readonly GraphProblem[] {
    return this.#problems;
  }

  /** Whether go.sum has to have a line for what is used: not with -mod=mod, and not in a workspace. */
  get demandsSums(): boolean {
    return this.#decision.buildMod === "readonly" && this.#decision.kind === "module";
  }

  hasSum({ path, version }: ModuleAt, subject: "zip" | "go.mod" = "zip"): boolean {
    return this.#sums.has(`${path}@${version}${subject === "zip" ? "" : "/go.mod"}`);
  }

  /** Folder of a main module by its path. */
  mainFolder(path: string): string | undefined {
    return this.#mains.get(path);
  }

  /** Folder in the module cache. */
  cachedFolder(module: ModuleAt): string {
    return cachedModule(this.#cache, module).folder;
  }

  /** What stands for a module. */
  actual(module: ModuleAt): Actual {
    const found =
      this.#replacements.find(({ each }) => each.path === module.path && each.version === module.version) ??
      this.#replacements.find(({ each }) => each.path === module.path && each.version === undefined);
    if (found === undefined) return { ...module, folder: undefined, replacement: undefined };
    const { each, file, root } = found;
    const replacement = { to: each.to, file, line: each.line };
    if (each.toVersion === undefined) return { ...module, folder: resolve(root, each.to), replacement };
    return { path: each.to, version: each.toVersion, folder: undefined, replacement };
  }

  /** Version of a module by what the main module requires itself; undefined where it does not, or where that is not enough to know. */
  rootVersion(path: string): string | undefined {
    const { mains, kind } = this.#decision;
    const [main] = mains;
    if (kind !== "module" || main?.parsed === undefined || isUnpruned(main.parsed)) return undefined;
    return this.#required(main.parsed)
      .filter((each) => each.path === path)
      .map((each) => each.version)
      .toSorted(compareSemver)
      .at(-1);
  }

  /** Whether a main module's own requirements are asked first (graph pruning). */
  get isPruned(): boolean {
    const main = this.#decision.mains[0]?.parsed;
    return this.#decision.kind === "module" && main !== undefined && !isUnpruned(main);
  }

  /** Version of every module of the whole graph, by path. */
  whole(): Promise<ReadonlyMap<string, string>> {
    this.#whole ??= this.#read();
    return this.#whole;
  }

  /**
   * Requirements of go.mod that are older than what is built: go would have to raise them there, and stops instead. Before go 1.17 the whole graph counts, since then
   * what the modules in use require (cmd/go/internal/modload.updateRoots and spotCheckRoots).
   */
  async behind(used: readonly ModuleAt[]): Promise<readonly BehindRequirement[]> {
    const main = this.#decision.mains[0]?.parsed;
    if (!this.demandsSums || main === undefined) return [];
    const newest = new Map<string, string>();
    for (const { path, version } of main.require)
      if (compareSemver(newest.get(path) ?? "", version) < 0) newest.set(path, version);
    const older = (by: ModuleAt | undefined, required: readonly ModuleAt[]): BehindRequirement[] =>
      required.flatMap((module) => {
        const has = newest.get(module.path);
        return has === undefined || compareSemver(has, module.version) >= 0 ? [] : [{ by, module, has }];
      });
    if (!this.isPruned) {
      const whole = await this.whole();
      return older(undefined, [...whole].map(([path, version]) => ({ path, version }))); // prettier-ignore
    }
    const found: BehindRequirement[] = [];
    for (const by of used) {
      const mod = await this.#summary(by, []);
      if (mod !== undefined) found.push(...older({ path: by.path, version: by.version }, this.#required(mod)));
    }
    return found;
  }

  #required(mod: GoMod): readonly ModuleAt[] {
    return mod.require.filter((each) => !this.#excluded.has(keyOf(each)));
  }

  async #summary(module: ModuleAt, problems = this.#problems): Promise<GoMod | undefined> {
    const actual = this.actual(module);
    const fail = (code: GraphProblem["code"]): undefined => void problems.push({ code, module });
    let file = join(actual.folder ?? "", "go.mod");
    if (actual.folder === undefined) {
      if (this.demandsSums && !this.hasSum(actual, "go.mod")) return fail("goModUnsummed");
      file = cachedModule(this.#cache, actual).goMod;
    }
    const text = await readRegularFile(file);
    if (text === undefined) return fail("goModAbsent");
    try {
      return parseGoMod(text, { file });
    } catch (error) {
      if (error instanceof MedkitError) return fail("goModInvalid");
      throw error;
    }
  }

  async #read(): Promise<ReadonlyMap<string, string>> {
    const selected = new Map<string, string>();
    const read = new Map<string, Promise<GoMod | undefined>>();
    const seen = new Set<string>();
    const note = (each: ModuleAt): void => {
      const before = selected.get(each.path);
      if (!this.#mains.has(each.path) && (before === undefined || compareSemver(before, each.version) < 0))
        selected.set(each.path, each.version);
    };
    const visit = async (module: ModuleAt, unpruned: boolean): Promise<void> => {
      if (this.#mains.has(module.path) || seen.has(`${keyOf(module)} ${unpruned}`)) return;
      seen.add(`${keyOf(module)} ${unpruned}`);
      let summary = read.get(keyOf(module));
      if (summary === undefined) read.set(keyOf(module), (summary = this.#summary(module)));
      const mod = await summary;
      if (mod === undefined) return;
      const deep = unpruned || isUnpruned(mod);
      for (const each of this.#required(mod)) {
        note(each);
        if (deep) await visit(each, deep);
      }
    };
    const direct: ModuleAt[] = [];
    for (const { parsed } of this.#decision.mains) {
      if (parsed === undefined) continue;
      for (const each of this.#required(parsed)) {
        note(each);
        direct.push(each);
        await visit(each, isUnpruned(parsed));
      }
    }
    // In a workspace the requirements of the versions that were chosen count too, until nothing changes any more.
    for (let again = this.#decision.kind === "workspace"; again;) {
      again = false;
      for (const { path } of direct) {
        const version = selected.get(path) ?? "";
        const known = seen.size;
        await visit({ path, version }, false);
        again ||= seen.size !== known;
      }
    }
    return selected;
  }
}
