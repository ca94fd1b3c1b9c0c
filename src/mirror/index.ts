export { applySync, settle, type ApplyOptions } from "./apply-sync.ts";
export { lastOfUse, listStore, type ListedVersion } from "./list-store.ts";
export { planSync } from "./plan-sync.ts";
export { GoModFiles, throughMirror, troubleOf, withoutStoring } from "./read-go-mod.ts";
export { repairStore, type Repair } from "./repair.ts";
export { readSource } from "./read-source.ts";
export { resolveQuery } from "./resolve-query.ts";
export { verifyStore } from "./verify-store.ts";
export type { Fault, StoreCheck, SyncPlan, SyncResult, SyncSource, Trouble } from "./types.ts";
