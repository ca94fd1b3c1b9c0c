import { moduleName } from "../module/index.ts";
import type { SyncPlan, WantedVersion } from "./types.ts";

/** What plans take, by `path@version`: all that has to stay for their sources. */
export function keptBy(plans: readonly SyncPlan[]): ReadonlyMap<string, WantedVersion> {
  const kept = new Map<string, WantedVersion>();
  for (const { path, version, zip } of plans.flatMap((plan) => plan.versions)) {
    const name = moduleName({ path, version });
    kept.set(name, { path, version, zip: zip || kept.get(name)?.zip === true });
  }
  return kept;
}
