import { forEachFew } from "../core/for-each-few.ts";
import { moduleName, type ModuleVersion } from "../module/index.ts";
import { openProven, type ObjectStore, type ProvenKind } from "../proxy/index.ts";
import { readModuleGraph, type GoModReader } from "./module-graph.ts";
import type { PlannedVersion, SyncPlan, SyncSource, Trouble, WantedVersion } from "./types.ts";

/** Objects of the store that are looked at at a time. */
const parallel = 32;

export interface PlanOptions {
  readonly store: ObjectStore;
  readonly reader: GoModReader;
  /** Read every module graph to its end, as programs do that say `go 1.16` or less. */
  readonly wholeGraph: boolean;
  /** What the reader could not get, by `path@version`. */
  readonly troubles: ReadonlyMap<string, Trouble>;
}

/** Which versions the sources take, and which of them the store has. */
export async function planSync(sources: readonly SyncSource[], options: PlanOptions): Promise<SyncPlan> {
  const wanted = new Map<string, WantedVersion>();
  const named: SyncPlan["sources"][number][] = [];
  for (const source of sources) {
    const own = await wantedBy(source, options);
    named.push({ name: source.name, kind: source.kind, modules: own.size });
    for (const [name, each] of own) wanted.set(name, { ...each, zip: each.zip || wanted.get(name)?.zip === true });
  }
  const refused: Trouble[] = [];
  const versions: PlannedVersion[] = [];
  await forEachFew([...wanted], parallel, async ([name, each]) => {
    const planned = await lookAt(options.store, each);
    const trouble = options.troubles.get(name);
    // What is there already needs no source.
    if (trouble !== undefined && planned.state === "new") refused.push(trouble);
    else versions.push(planned);
  });
  const byName = (a: ModuleVersion, b: ModuleVersion): number => (moduleName(a) < moduleName(b) ? -1 : 1);
  return {
    sources: named,
    versions: versions.toSorted(byName),
    refused: refused.toSorted((a, b) => (a.subject < b.subject ? -1 : 1)),
  };
}

/** All versions that a source takes, by `path@version`. */
async function wantedBy(source: SyncSource, { reader, wholeGraph }: PlanOptions): Promise<Map<string, WantedVersion>> {
  const wanted = new Map<string, WantedVersion>();
  const want = ({ path, version }: ModuleVersion, zip: boolean): void => {
    const name = moduleName({ path, version });
    wanted.set(name, { path, version, zip: zip || wanted.get(name)?.zip === true });
  };
  for (const root of source.roots) {
    const graph = await readModuleGraph(wholeGraph ? { ...root, isPruned: false } : root, reader);
    for (const each of graph.loaded) want(each, false);
    for (const each of graph.buildList) want(each, source.content === "build-list");
    if (source.content === "required") for (const each of root.required) want(each, true);
  }
  const isBuilt = new Set([...wanted.values()].filter((each) => each.zip).map(moduleName));
  for (const each of source.sums) {
    // go.sum keeps lines of versions that are built no longer; only without a go.mod beside it is each of them meant.
    const zip = each.subject === "zip" && (source.roots.length === 0 || isBuilt.has(moduleName(each)));
    want(each, zip);
  }
  for (const each of source.alone) want(each, true);
  return wanted;
}

async function lookAt(store: ObjectStore, wanted: WantedVersion): Promise<PlannedVersion> {
  const kinds: readonly ProvenKind[] = wanted.zip ? ["mod", "zip"] : ["mod"];
  let bytes = 0;
  let isWhole = true;
  for (const kind of kinds) {
    const found = await openProven(store, kind, wanted);
    if (found === undefined) isWhole = false;
    else {
      bytes += found.file.size;
      await found.file[Symbol.asyncDispose]();
    }
  }
  return { ...wanted, state: isWhole ? "present" : "new", bytes };
}
