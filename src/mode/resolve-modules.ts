import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { importPathProblem } from "../module/index.ts";
import { hasGoFiles } from "./go-source.ts";
import { lineAt } from "./lines.ts";
import type { Actual, ModuleAt, ModuleGraph } from "./module-graph.ts";
import { hasPathPrefix, internalParent, isStandardPath, nowhere, type Importer, type Problem, type Resolution } from "./resolution.ts"; // prettier-ignore
import type { Decision } from "./types.ts";
import { isNewer } from "./versions.ts";

async function exists(path: string, kind: "file" | "folder"): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && facts.isDirectory() === (kind === "folder");
}

/** Folder that a package of a module has, whether it is there or not; undefined where another module lies in between. */
async function folderIn(path: string, module: string, root: string, isLocal: boolean): Promise<string | undefined> {
  const folder = join(root, path.slice(module.length));
  if (isLocal)
    for (let at = folder; at !== root && at.length > root.length; at = dirname(at))
      if (await exists(join(at, "go.mod"), "file")) return undefined;
  return folder;
}

function prefixesOf(path: string): string[] {
  const words = path.split("/");
  return words.map((_, index) => words.slice(0, words.length - index).join("/"));
}

type Found = Omit<Resolution, "path" | "importPath" | "problem">;

/** Finds packages as the go command does in module mode: cmd/go/internal/modload.importFromModules. Fetches nothing. */
export class ModuleResolver {
  readonly #decision: Decision;
  readonly #graph: ModuleGraph;
  readonly #proxyIsOff: boolean;

  constructor(decision: Decision, graph: ModuleGraph, proxyIsOff: boolean) {
    this.#decision = decision;
    this.#graph = graph;
    this.#proxyIsOff = proxyIsOff;
  }

  async resolve(path: string, importer: Importer): Promise<Resolution> {
    const found = this.#listed(await this.#find(path), importer);
    if (found.problem !== undefined) return found;
    const parent = internalParent(path);
    if (parent === undefined || found.origin === "cgo" || this.#isInGoroot()) return found;
    // What has no import path of its own is no part of any tree that `internal` is open to.
    const isAllowed = found.origin !== "std" && importer.path !== undefined && hasPathPrefix(importer.path, parent);
    return isAllowed ? found : { ...found, problem: { code: "internal", params: { path, parent: parent || path } } };
  }

  async #find(path: string): Promise<Resolution> {
    if (path === "C") return { ...nowhere(path, "notFound"), origin: "cgo", problem: undefined };
    if (/^\.{1,2}(?:\/|$)/.test(path)) return nowhere(path, "relative");
    const bad = importPathProblem(path);
    if (bad !== undefined) return nowhere(path, "badPath", { problem: bad });
    const std = await this.#standard(path);
    if (this.#decision.buildMod === "vendor") return await this.#vendored(path, std);
    // A package of the standard library is looked for in modules too: a module may be called like one.
    if (this.#graph.isPruned) {
      const answer = await this.#among(path, std, (prefix) => this.#graph.rootVersion(prefix));
      if (answer !== undefined) return answer;
    }
    if (std !== undefined && this.#decision.mains.length === 0) return this.#as(path, std);
    const whole = std === undefined ? await this.#graph.whole() : new Map<string, string>();
    const [problem] = this.#graph.problems;
    // Go reads the whole graph first where it is not pruned, and stops at what is missing.
    if (problem !== undefined && std === undefined) {
      const main = await this.#among(path, std, () => undefined);
      return (this.#graph.isPruned ? undefined : main) ?? nowhere(path, "graphUnread", { module: problem.module.path, version: problem.module.version }); // prettier-ignore
    }
    const answer = await this.#among(path, std, (prefix) => whole.get(prefix));
    if (answer === undefined) return this.#missing(path);
    return answer;
  }

  /**
   * A module that packages are taken from has to stand in go.mod, or go would have to write it there: every one since go 1.17, before only those that the main
   * module imports itself (cmd/go/internal/modload.updateRoots).
   */
  #listed(found: Resolution, importer: Importer): Resolution {
    const { module, origin, problem, path } = found;
    const [main] = this.#decision.mains;
    if (problem !== undefined || module === undefined || !this.#graph.demandsSums || main?.parsed === undefined)
      return found;
    if (!["cache", "replaced", "download"].includes(origin)) return found;
    if (main.parsed.require.some((each) => each.path === module.path)) return found;
    const isOwn = importer.path !== undefined && hasPathPrefix(importer.path, main.parsed.module ?? "");
    if (!this.#graph.isPruned && !isOwn) return found;
    return {
      ...found,
      problem: { code: "notInGoMod", params: { path, module: module.path, version: module.version } },
    };
  }

  /** Whether it is the standard library itself that is looked at: nothing of its own is closed to it. */
  #isInGoroot(): boolean {
    const { goroot, mains } = this.#decision;
    return goroot !== undefined && mains.some(({ root }) => hasPathPrefix(root, join(goroot, "src")));
  }

  #as(path: string, found: Found, problem?: Problem): Resolution {
    return { path, importPath: path, ...found, problem };
  }

  #missing(path: string): Resolution {
    if (this.#decision.kind === "outside" || this.#decision.mains.length === 0)
      return nowhere(path, isStandardPath(path) ? "notFoundStd" : "noModule");
    if (isStandardPath(path)) return nowhere(path, "notFoundStd");
    const isSought = this.#decision.buildMod === "mod" && !this.#proxyIsOff;
    return isSought
      ? { ...nowhere(path, "notFound"), origin: "lookup", problem: undefined }
      : nowhere(path, "notFound");
  }

  async #standard(path: string): Promise<Found | undefined> {
    const { goroot } = this.#decision;
    if (!isStandardPath(path)) return undefined;
    const none = { origin: "std", module: undefined } as const;
    if (goroot === undefined) {
      const isOwn = this.#decision.mains.some(({ parsed }) => hasPathPrefix(path, parsed?.module ?? "/"));
      return isOwn ? undefined : { ...none, folder: undefined, evidence: [] };
    }
    const folder = join(goroot, "src", path);
    return (await hasGoFiles(folder)) ? { ...none, folder, evidence: [{ where: folder }] } : undefined;
  }

  async #inMains(path: string): Promise<Found[]> {
    const found: Found[] = [];
    for (const main of this.#decision.mains) {
      const name = main.parsed?.module ?? "";
      if (name === "" || !hasPathPrefix(path, name)) continue;
      const folder = await folderIn(path, name, main.root, true);
      if (folder !== undefined && (await hasGoFiles(folder)))
        found.push({ origin: "main", folder, module: { path: name, version: "", replacement: undefined }, evidence: [{ where: main.path }] }); // prettier-ignore
    }
    return found;
  }

  #oneOf(path: string, found: readonly Found[]): Resolution | undefined {
    const [first, second] = found;
    if (first === undefined) return undefined;
    if (second === undefined) return this.#as(path, first);
    const evidence = found.map((each) => ({ where: each.folder ?? "" }));
    return nowhere(path, "ambiguous", { folders: found.map((each) => each.folder ?? "").join(", ") }, evidence);
  }

  async #vendored(path: string, std: Found | undefined): Promise<Resolution> {
    const found = [...(std === undefined ? [] : [std]), ...(await this.#inMains(path))];
    const { vendor, mains, work } = this.#decision;
    const folder = join(vendor?.folder ?? "", path);
    if (vendor !== undefined && mains.length > 0 && (await hasGoFiles(folder))) {
      const listed = vendor.packages.get(path);
      const go = work === undefined ? mains[0]?.parsed?.go : work.parsed?.go;
      // cmd/go/internal/gover.ExplicitModulesTxtImportVersion.
      const mayMiss = go === undefined || isNewer("1.23", go) || !this.#knowsListRule();
      if (listed === undefined && !mayMiss) {
        if (found.length === 0) return nowhere(path, "notInModulesTxt", {}, [{ where: vendor.file ?? vendor.folder }]);
      } else {
        const { path: name = "", version = "", line } = listed ?? {};
        const evidence = line === undefined || vendor.file === undefined ? [{ where: folder }] : [{ where: vendor.file, line, text: path }]; // prettier-ignore
        found.push({ origin: "vendor", folder, module: name === "" ? undefined : { path: name, version, replacement: undefined }, evidence }); // prettier-ignore
      }
    }
    const answer = this.#oneOf(path, found);
    if (answer !== undefined) return answer;
    return isStandardPath(path) ? nowhere(path, "notFoundStd") : nowhere(path, "notInVendor");
  }

  #knowsListRule(): boolean {
    const { version } = this.#decision;
    return version === undefined || version.minor >= 23;
  }

  /** The package among main modules and those that `versionOf` knows; undefined where none of them has it. */
  async #among(
    path: string,
    std: Found | undefined,
    versionOf: (module: string) => string | undefined,
  ): Promise<Resolution | undefined> {
    const found: Found[] = [...(std === undefined ? [] : [std]), ...(await this.#inMains(path))];
    const absent: Found[] = [];
    for (const prefix of prefixesOf(path)) {
      const version = this.#graph.mainFolder(prefix) === undefined ? versionOf(prefix) : undefined;
      if (version === undefined) continue;
      const module = { path: prefix, version };
      const actual = this.#graph.actual(module);
      const root = actual.folder ?? this.#graph.cachedFolder(actual);
      const base = this.#base(module, actual);
      if (actual.folder === undefined && this.#graph.demandsSums && !this.#graph.hasSum(actual))
        return this.#as(path, { ...base, origin: "none" }, { code: "noSum", params: { path, module: actual.path, version: actual.version } }); // prettier-ignore
      if (!(await exists(root, "folder"))) {
        if (actual.folder !== undefined)
          return this.#as(path, { ...base, origin: "none" }, { code: "replacedAbsent", params: { path, module: prefix, folder: root } }); // prettier-ignore
        absent.push({ ...base, folder: undefined, origin: "download" });
        continue;
      }
      const folder = await folderIn(path, prefix, root, actual.folder !== undefined);
      if (folder !== undefined && (await hasGoFiles(folder)))
        found.push({ ...base, folder, origin: actual.folder === undefined ? "cache" : "replaced" });
    }
    const [first] = absent;
    // Go fetches every module whose path the package's begins with, since it could be in it.
    if (first !== undefined)
      return this.#as(path, first, this.#proxyIsOff ? { code: "proxyOff", params: { path, module: first.module?.path ?? "", version: first.module?.version ?? "" } } : undefined); // prettier-ignore
    const [only] = found;
    const at = only?.module;
    if (found.length === 1 && only?.origin === "cache" && at !== undefined && this.#graph.demandsSums) {
      const actual = at.replacement ?? at;
      if (!this.#graph.hasSum(actual, "go.mod"))
        return this.#as(path, { ...only, origin: "none", folder: undefined }, { code: "noSum", params: { path, module: actual.path, version: `${actual.version}/go.mod` } }); // prettier-ignore
    }
    return this.#oneOf(path, found);
  }

  #base(module: ModuleAt, actual: Actual): Found {
    const { mains, work } = this.#decision;
    const { replacement } = actual;
    const evidence = mains.flatMap(({ path, text, parsed }) => {
      const line = parsed?.require.find((each) => each.path === module.path && each.version === module.version)?.line;
      return line === undefined ? [] : [lineAt({ path, text }, line)];
    });
    const files = [...mains, ...(work === undefined ? [] : [work])];
    const file = files.find((each) => each.path === replacement?.file);
    if (replacement !== undefined && file !== undefined) evidence.push(lineAt(file, replacement.line));
    const to = actual.folder === undefined ? { path: actual.path, version: actual.version } : { path: replacement?.to ?? "", version: "" }; // prettier-ignore
    return { origin: "none", folder: undefined, module: { ...module, replacement: replacement === undefined ? undefined : to }, evidence }; // prettier-ignore
  }
}
