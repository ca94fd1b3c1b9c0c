import { storedPath, writeIndexFiles } from "../store/index-files.ts";
import { lookupPath } from "../store/settle-database.ts";
import type { ObjectStore } from "../types.ts";
import type { PruneItem, PrunePlan } from "./types.ts";

/** Proofs that go with it. */
export function proofsOf({ part, ...module }: PruneItem): readonly string[] {
  const endings = part === "zip" ? ["zip.proof"] : ["zip.proof", "mod.proof"];
  return endings.map((ending) => storedPath(module, ending));
}

function filesOf(item: PruneItem, database: string): readonly string[] {
  const rest = item.part === "zip" ? ["zip"] : ["zip", "info", "info.proof", "mod"];
  const files = rest.map((ending) => storedPath(item, ending));
  return item.part === "zip" ? files : [...files, `sumdb/${database}/${lookupPath(item)}`];
}

/**
 * Removes what a plan names, a module after the other: first the proofs, from then on nothing of it is served; then `list` and `@latest` say so; then
 * the files. A kill in between leaves files without a proof, and a list that `proxy serve` does not answer from but plain files do until the next change; `mirror verify` names both. Replies that are being sent
 * come to their end: their files are open.
 */
export async function applyPrune(
  store: ObjectStore,
  database: string,
  plan: PrunePlan,
  signal: AbortSignal,
  onGone: (item: PruneItem) => void = () => undefined,
): Promise<void> {
  for (const [path, items] of Map.groupBy(plan.items, (each) => each.path)) {
    signal.throwIfAborted();
    for (const proof of items.flatMap(proofsOf)) await store.remove(proof);
    await writeIndexFiles(store, path);
    for (const item of items) {
      for (const file of filesOf(item, database)) await store.remove(file);
      onGone(item);
    }
  }
}
