import { findProgram } from "./go-command.ts";
import type { BuildContext } from "./build-context.ts";
import { readSourcePackage, type ImportLine } from "./go-source.ts";
import { ModuleGraph, type BehindRequirement } from "./module-graph.ts";
import { below } from "./read-facts.ts";
import { nowhere, type Importer, type Resolution } from "./resolution.ts";
import { GopathResolver } from "./resolve-gopath.ts";
import { ModuleResolver } from "./resolve-modules.ts";
import type { Decision, Facts } from "./types.ts";

/** An import with where it leads, and who asks for it. */
export interface ResolvedImport extends Resolution {
  /** The first place that imports it; undefined for what was named on the command line. */
  readonly from: ImportLine | undefined;
  /** Whether it was asked about, and not only met on the way. */
  readonly isAsked: boolean;
  /** Files of the package that count on this platform; undefined where it was not looked into. */
  readonly files: readonly string[] | undefined;
  /** Whether its zip has a line in go.sum; undefined where it needs none. */
  readonly hasSum: boolean | undefined;
}

export interface ImportAnswer {
  readonly imports: readonly ResolvedImport[];
  /** Import path of the folder in question; undefined where it has none. */
  readonly importPath: string | undefined;
  /** Files of that folder which do not count on this platform. */
  readonly ignored: readonly string[];
  /** Requirements of go.mod that are older than what a module in use requires: go stops until they are raised. */
  readonly behind: readonly BehindRequirement[];
}

/** A closure of more packages than this is cut off: nobody reads it, and no build has it. */
const mostPackages = 50_000;

/** The platform and tags that packages are read for. CGO_ENABLED unset means: natively, where there is a C compiler (go/build, Go 1.20). */
export async function readBuildContext(
  { settings, flags }: Facts,
  env: Readonly<Record<string, string | undefined>>,
  platform: { readonly os: string; readonly arch: string },
  version: Decision["version"],
): Promise<BuildContext> {
  const [os, arch] = [settings.GOOS.value, settings.GOARCH.value];
  const isNative = os === platform.os && arch === platform.arch;
  const compiler = (env["CC"] || (os === "darwin" ? "clang" : "gcc")).split(" ")[0] ?? "";
  const given = settings.CGO_ENABLED;
  const cgo =
    given.evidence.where === "default"
      ? isNative && (compiler.startsWith("/") || (await findProgram(compiler, env["PATH"])) !== undefined)
      : given.value === "1";
  const tags = flags.findLast((word) => /^--?tags=/.test(word))?.replace(/^[^=]*=/, "").split(/[\s,]+/) ?? []; // prettier-ignore
  return { os, arch, cgo, tags: new Set(tags.filter((each) => each !== "")), version };
}

async function importPathOf(decision: Decision, facts: Facts): Promise<string | undefined> {
  if (decision.kind === "gopath") {
    const inside = facts.gopath.find((each) => each.inside !== undefined)?.inside;
    return inside === undefined || inside === "" ? undefined : inside;
  }
  let longest: { readonly path: string; readonly root: string } | undefined;
  for (const { root, parsed } of decision.mains) {
    const inside = await below(root, facts.folder);
    if (inside === undefined || (longest !== undefined && longest.root.length > root.length)) continue;
    // Packages of the standard library have no prefix (cmd/go/internal/modload.MainModuleSet.PathPrefix).
    const name = parsed?.module === "std" ? "" : (parsed?.module ?? "");
    longest = { root, path: [name, inside].filter((each) => each !== "").join("/") };
  }
  return longest?.path;
}

export interface ImportQuestion {
  /** Import paths; none: what the package of the folder imports. */
  readonly packages: readonly string[];
  /** Whether to follow the imports of what was found, as a build does. */
  readonly deep: boolean;
}

/** Where imports lead under a decision. Reads folders and go.mod files, and fetches nothing. */
export async function resolveImports(
  facts: Facts,
  decision: Decision,
  context: BuildContext,
  question: ImportQuestion,
): Promise<ImportAnswer> {
  const importPath = await importPathOf(decision, facts);
  const own = await readSourcePackage(facts.folder, context);
  const ignored = own?.ignored ?? [];
  const asked: { path: string; from: ImportLine | undefined; importer: Importer }[] =
    question.packages.length > 0
      ? question.packages.map((path) => ({ path, from: undefined, importer: { path: importPath, folder: facts.folder } }))
      : (own?.imports ?? []).map((from) => ({ path: from.path, from, importer: { path: importPath, folder: facts.folder } })); // prettier-ignore
  const { refusal } = decision;
  if (refusal !== undefined) {
    const imports = asked.map(({ path, from }) => ({ ...nowhere(path, "refused"), from, isAsked: true, files: undefined, hasSum: undefined })); // prettier-ignore
    return { imports, importPath, ignored, behind: [] };
  }
  const graph = await ModuleGraph.open(decision, facts.settings.GOMODCACHE.value);
  const gopath = facts.gopath.map((each) => each.path);
  const resolver =
    decision.kind === "gopath"
      ? new GopathResolver(decision.goroot, gopath)
      : new ModuleResolver(decision, graph, facts.settings.GOPROXY.value.trim() === "off");
  const imports: ResolvedImport[] = [];
  const first = asked.length;
  const seen = new Set<string>();
  for (let index = 0; index < asked.length && imports.length < mostPackages; index++) {
    const { path, from, importer } = asked[index] ?? { path: "", from: undefined, importer: { path: "", folder: "" } };
    const found = await resolver.resolve(path, importer);
    const key = `${found.path} ${found.folder ?? ""} ${found.problem?.code ?? ""}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const isLooked = found.folder !== undefined && found.origin !== "std";
    const source = isLooked ? await readSourcePackage(found.folder, context) : undefined;
    const isEmpty = source !== undefined && source.files.length === 0 && found.problem === undefined;
    const at = found.module;
    imports.push({
      ...found,
      ...(isEmpty ? { problem: { code: "noGoFiles", params: { path, folder: found.folder ?? "", ignored: source.ignored.length } } } : {}), // prettier-ignore
      from,
      isAsked: index < first,
      files: source?.files,
      hasSum:
        at === undefined || at.version === "" || found.origin === "replaced" || found.origin === "vendor"
          ? undefined
          : graph.hasSum(at.replacement ?? at),
    });
    if (question.deep && source !== undefined)
      for (const each of source.imports)
        asked.push({ path: each.path, from: each, importer: { path: found.importPath, folder: found.folder ?? "" } });
  }
  const used = new Map(imports.flatMap(({ module, folder }) => (module === undefined || module.version === "" || folder === undefined ? [] : [[module.path, module]]))); // prettier-ignore
  const behind = await graph.behind([...used.values()]);
  return { imports, importPath, ignored, behind };
}
