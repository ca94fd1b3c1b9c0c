export { parseAsked } from "./asked.ts";
export { chainUpstream } from "./chain.ts";
export { parseProxyConfig, proxyConfigSchema, type ProxyConfig } from "./config.ts";
export { DatabaseMirror } from "./database-mirror.ts";
export { guardedFetch } from "./direct/guarded-fetch.ts";
export { openDirect } from "./direct/open-direct.ts";
export {
  limitedUpstream,
  matchesAny,
  moduleRoutes,
  type ModuleRoutes,
  routedUpstream,
  switchedOff,
} from "./direct/routes.ts";
export type { DirectSettings } from "./direct/types.ts";
export { openAccessLog } from "./http/access-log.ts";
export { serveModules, type ListenOn, type ServeOptions, type Serving } from "./http/serve.ts";
export { checkLoginName, Guard, keepPassword, loginsText, makeToken, parseLogins, type Login } from "./login/index.ts";
export { ModuleMirror, type Modules, type Wish } from "./mirror.ts";
export { isS3Address, parseS3Address, s3AddressText, s3Place } from "./s3/address.ts";
export type { S3Config } from "./s3/config.ts";
export { credentialSource } from "./s3/credentials.ts";
export { s3Store } from "./s3/s3-store.ts";
export { createTransport } from "./s3/transport.ts";
export type { S3Place } from "./s3/types.ts";
export { needsVulnerabilities, readPolicy } from "./policy/config.ts";
export { PolicyGate } from "./policy/gate.ts";
export { GuardedModules } from "./policy/guard.ts";
export { Quarantine } from "./policy/quarantine.ts";
export { ReleaseTimes } from "./policy/release-times.ts";
export type { Policy, Verdict, VulnerabilityLookup } from "./policy/types.ts";
export { applyPrune } from "./prune/apply.ts";
export { QuotaKeeper } from "./prune/keep-quota.ts";
export { planPrune, prunables } from "./prune/plan.ts";
export type { PrunePlan, PruneRules } from "./prune/types.ts";
export { Claims } from "./store/claims.ts";
export { folderStore } from "./store/folder-store.ts";
export { expectedIndex, infoText, storedPath, versionsFolder, writeIndexFiles } from "./store/index-files.ts";
export { withLocalFile } from "./store/local-file.ts";
export { readInventory, type Inventory, type StoredVersion } from "./store/inventory.ts";
export { openProven, parseProof, ProvenFiles, writeInfo } from "./store/proven-files.ts";
export { isSealed } from "./store/seal.ts";
export { filesBelow, lookupPath, settleDatabase, storedRecord } from "./store/settle-database.ts";
export { unitText } from "./unit.ts";
export { pageKeys, StoreIndex, storePage, type PageKey, type Say } from "./page/index.ts";
export type { ProvenKind } from "./trust/types.ts";
export type { AccessRecord, Extra, FileProof, ObjectStore, Upstream } from "./types.ts";
export { keepUse, openUse } from "./use/ledger.ts";
export type { Refusal, UsedFile, UseLedger, VersionUse } from "./use/types.ts";
export { proxyUpstream } from "./upstream.ts";
export { vulndbExtra } from "./vulndb/extra.ts";
export { folderSource, zipSource } from "./vulndb/file-sources.ts";
export { httpSource, refusedByVulndb } from "./vulndb/http-source.ts";
export { currentSnapshot, damagedFiles, openSnapshotLookup, readFacts } from "./vulndb/snapshot.ts";
export type { VulnSource } from "./vulndb/source.ts";
export { lookAhead, syncVulndb } from "./vulndb/sync.ts";
