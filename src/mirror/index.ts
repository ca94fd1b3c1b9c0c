export { applySync, settle, type ApplyOptions } from "./apply-sync.ts";
export { planSync } from "./plan-sync.ts";
export { GoModFiles, throughMirror, troubleOf, withoutStoring } from "./read-go-mod.ts";
export { readSource } from "./read-source.ts";
export { resolveQuery } from "./resolve-query.ts";
export type { SyncPlan, SyncResult, SyncSource, Trouble } from "./types.ts";
