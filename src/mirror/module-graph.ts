import { resolve } from "node:path";
import { forEachFew } from "../core/for-each-few.ts";
import { compareSemver, moduleName, type GoMod, type ModuleVersion } from "../module/index.ts";
import type { GraphRoot } from "./types.ts";

/** Reads go.mod files: of a version, or of a folder that replaces one. Undefined: it cannot be had, and whoever reads has noted why. */
export interface GoModReader {
  version(module: ModuleVersion): Promise<GoMod | undefined>;
  folder(path: string): Promise<GoMod | undefined>;
}

export interface ModuleGraph {
  /** Versions whose go.mod the go command reads, replacements applied. */
  readonly loaded: readonly ModuleVersion[];
  /** The highest version of each module that is named, replacements applied; without main modules and folders. */
  readonly buildList: readonly ModuleVersion[];
}

/** go.mod files that are read at a time. */
const parallel = 16;

/** Whether a `go` line says that the module lists all that its packages are taken from (cmd/go/internal/gover.ExplicitIndirectVersion). */
export function isPrunedLanguage(language: string | undefined): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(language ?? "") ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 17);
}

/**
 * Reads a module graph as far as the go command does, and selects versions by its rule, the highest that is named. Which go.mod files are read does not depend on
 * the selection. Source: cmd/go/internal/modload/buildlist.go, readModGraph.
 */
export async function readModuleGraph(root: GraphRoot, reader: GoModReader): Promise<ModuleGraph> {
  const graph = new Walk(root, reader);
  await graph.run();
  return { loaded: [...graph.loaded.values()], buildList: graph.buildList() };
}

interface Step {
  readonly module: ModuleVersion;
  readonly isPruned: boolean;
}

class Walk {
  readonly loaded = new Map<string, ModuleVersion>();
  readonly #root: GraphRoot;
  readonly #reader: GoModReader;
  readonly #own: ReadonlySet<string>;
  readonly #excluded: ReadonlySet<string>;
  readonly #selected = new Map<string, string>();
  /** Versions whose requirements are followed to the end, and those that were only looked at. */
  readonly #followed = new Set<string>();
  readonly #looked = new Set<string>();

  constructor(root: GraphRoot, reader: GoModReader) {
    this.#root = root;
    this.#reader = reader;
    this.#own = new Set(root.own);
    this.#excluded = new Set(root.excluded.map(moduleName));
  }

  async run(): Promise<void> {
    let wave = this.#counted(this.#root.required).map((module): Step => ({ module, isPruned: this.#root.isPruned }));
    while (wave.length > 0) {
      const next: Step[] = [];
      await forEachFew(wave, parallel, async (step) => void next.push(...(await this.#step(step))));
      wave = next;
    }
  }

  /** What a version requires, as further steps. */
  async #step({ module, isPruned }: Step): Promise<readonly Step[]> {
    const name = moduleName(module);
    if (this.#followed.has(name) || (isPruned && this.#looked.has(name))) return [];
    (isPruned ? this.#looked : this.#followed).add(name);
    const mod = await this.#read(module);
    if (mod === undefined) return [];
    const required = this.#counted(mod.require);
    return isPruned && isPrunedLanguage(mod.go) ? [] : required.map((each) => ({ module: each, isPruned: false }));
  }

  /** Requirements that count, after they were held against the versions selected so far. */
  #counted(required: readonly ModuleVersion[]): ModuleVersion[] {
    const counted = required.filter((each) => !this.#own.has(each.path) && !this.#excluded.has(moduleName(each)));
    for (const { path, version } of counted) {
      const known = this.#selected.get(path);
      if (known === undefined || compareSemver(version, known) > 0) this.#selected.set(path, version);
    }
    return counted.map(({ path, version }) => ({ path, version }));
  }

  async #read(module: ModuleVersion): Promise<GoMod | undefined> {
    const replaced = this.#replaced(module);
    if (typeof replaced === "string") return await this.#reader.folder(replaced);
    this.loaded.set(moduleName(replaced), replaced);
    return await this.#reader.version(replaced);
  }

  /** The version that is read for a version, or the folder. */
  #replaced(module: ModuleVersion): ModuleVersion | string {
    const { replacements } = this.#root;
    const found =
      replacements.find((each) => each.path === module.path && each.version === module.version) ??
      replacements.find((each) => each.path === module.path && each.version === undefined);
    if (found === undefined) return module;
    return found.toVersion === undefined
      ? resolve(found.folder, found.to)
      : { path: found.to, version: found.toVersion };
  }

  buildList(): readonly ModuleVersion[] {
    const list = new Map<string, ModuleVersion>();
    for (const [path, version] of this.#selected) {
      const built = this.#replaced({ path, version });
      if (typeof built !== "string") list.set(moduleName(built), built);
    }
    return [...list.values()];
  }
}
