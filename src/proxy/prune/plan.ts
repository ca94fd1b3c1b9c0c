import { moduleName } from "../../module/index.ts";
import type { StoredVersion } from "../store/inventory.ts";
import type { UseLedger } from "../use/types.ts";
import type { PrunableVersion, PruneItem, PrunePlan, PruneRules } from "./types.ts";

/**
 * Facts of what is stored and proven, out of the inventory and the ledger. Storing counts as a use: somebody asked. What has no proof was put there by hand, or is
 * left by a kill; it is nobody's business here.
 */
export function prunables(versions: readonly StoredVersion[], use: UseLedger): readonly PrunableVersion[] {
  return versions.filter(({ mod, zip }) => (mod ?? zip) !== undefined).map((each) => prunable(each, use));
}

function prunable({ path, version, mod, zip }: StoredVersion, use: UseLedger): PrunableVersion {
  const time = (text: string | undefined): number => (text === undefined ? 0 : Date.parse(text) || 0);
  const [modStored, zipStored] = [time(mod?.storedAt), time(zip?.storedAt)];
  const module = { path, version };
  const lastZip = Math.max(zipStored, use.lastUse(module, "zip")?.getTime() ?? 0);
  const last = Math.max(modStored, lastZip, use.lastUse(module)?.getTime() ?? 0);
  return {
    ...module,
    mod: mod?.size ?? 0,
    zip: zip?.size ?? 0,
    storedAt: Math.max(modStored, zipStored),
    last,
    lastZip,
  };
}

/**
 * Which versions go by the rules. Of a version whose go.mod is still asked for, as module graphs do long after anybody built it, only the content goes. For
 * the size the longest unused go first, until the rest fits.
 */
export function planPrune(versions: readonly PrunableVersion[], rules: PruneRules): PrunePlan {
  const plan = new Pruning(versions, rules);
  const { unusedSince, storedBefore, size } = rules;
  for (const each of versions) {
    if (storedBefore !== undefined && each.storedAt < storedBefore) plan.take(each, "version", "old");
    if (unusedSince !== undefined && each.last < unusedSince) plan.take(each, "version", "unused");
    else if (unusedSince !== undefined && each.lastZip < unusedSince) plan.take(each, "zip", "unused");
  }
  if (size !== undefined) plan.fit(size);
  return plan.result();
}

class Pruning {
  readonly #versions: readonly PrunableVersion[];
  readonly #rules: PruneRules;
  readonly #items = new Map<string, PruneItem>();
  readonly #before: number;
  #after: number;

  constructor(versions: readonly PrunableVersion[], rules: PruneRules) {
    this.#versions = versions;
    this.#rules = rules;
    this.#before = versions.reduce((sum, each) => sum + each.mod + each.zip, 0);
    this.#after = this.#before;
  }

  take(each: PrunableVersion, wanted: PruneItem["part"], rule: PruneItem["rule"]): void {
    const name = moduleName(each);
    const taken = this.#items.get(name);
    const allowed = this.#rules.mayGo(each);
    const part = allowed === "zip" ? "zip" : wanted;
    if (allowed === "nothing" || taken?.part === "version" || taken?.part === part) return;
    if (part === "zip" && each.zip === 0) return;
    const bytes = part === "zip" ? each.zip : each.zip + each.mod;
    this.#after -= bytes - (taken?.bytes ?? 0);
    const last = new Date(part === "zip" ? each.lastZip : each.last).toISOString();
    this.#items.set(name, { path: each.path, version: each.version, part, bytes, last, rule });
  }

  fit(size: number): void {
    const byZip = this.#versions.filter((each) => each.zip > 0).toSorted((a, b) => a.lastZip - b.lastZip);
    for (const each of byZip) {
      if (this.#after <= size) return;
      this.take(each, each.last > each.lastZip ? "zip" : "version", "size");
    }
    for (const each of this.#versions.toSorted((a, b) => a.last - b.last)) {
      if (this.#after <= size) return;
      this.take(each, "version", "size");
    }
  }

  result(): PrunePlan {
    const items = [...this.#items.values()].toSorted((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0));
    return { items, before: this.#before, after: this.#after };
  }
}

/** Rules' `mayGo` for everything. */
export const everythingMayGo = (): "all" => "all";
