export { bufferSource, type ByteSource, fileSource } from "./byte-source.ts";
export { ChecksumDatabase, type DatabaseOps, type DatabaseOptions, isRecordProven } from "./checksum-database.ts";
export { type DatabaseFetch, databaseFetcher, type DatabaseSourceOptions, isRecordAbsent } from "./database-source.ts";
export {
  digestFolder,
  digestZip,
  type FolderOptions,
  hash1,
  hashFolder,
  hashGoMod,
  hashModuleZip,
  type HashOptions,
  type NamedDigest,
} from "./dirhash.ts";
export { type GoMod, type GoModOptions, parseGoMod, type Replacement, type Requirement } from "./go-mod-file.ts";
export {
  formatGoSum,
  formatGoSumLine,
  type GoSumLine,
  type GoSumProblem,
  parseGoSum,
  readGoSum,
} from "./go-sum-file.ts";
export { type GoWork, parseGoWork } from "./go-work-file.ts";
export {
  type Credentials,
  parseNetrc,
  parseProxyList,
  proxyListOrNothing,
  type ProxyEntry,
  redactUrl,
} from "./goproxy-list.ts";
export {
  databaseKey,
  exemptPatterns,
  gosumdbValue,
  type DatabaseSetting,
  isSameKey,
  KNOWN_DATABASE_KEYS,
  parseGosumdb,
} from "./gosumdb.ts";
export type { HeadStore } from "./head-memory.ts";
export { SourceRefusal } from "./http-answer.ts";
export { HttpGetter, type TransferOptions, type TransferPorts, type TransferProgress } from "./http-get.ts";
export { databaseOps, type KeptDatabaseOptions, openKeptDatabase } from "./kept-database.ts";
export { isRetracted, type LatestFacts, listedVersions, newestPseudoVersion, pickLatest } from "./latest-version.ts";
export { formatRecord, formatTree, type LogRecord, openTreeHead, parseRecord } from "./log-record.ts";
export {
  checkModulePath,
  checkModuleVersion,
  escapePath,
  escapeVersion,
  filePathProblem,
  importPathProblem,
  globPattern,
  isPrefixPattern,
  matchPrefixPatterns,
  splitPathVersion,
  unescapePath,
  unescapeVersion,
} from "./module-path.ts";
export { type CachedModule, cachedModule } from "./module-cache.ts";
export { checkModuleZip, MODULE_ZIP_LIMITS, type ModuleZip, openModuleZip, readZipFiles } from "./module-zip.ts";
export {
  createNoteSigner,
  ed25519FromSeed,
  type NoteSigner,
  type NoteVerifier,
  openNote,
  type OpenedNote,
  parseVerifierKey,
  signNote,
} from "./note.ts";
export { ProxyClient, type ProxyOptions } from "./proxy-client.ts";
export { resolveLatest } from "./resolve-latest.ts";
export {
  canonicalVersion,
  compareSemver,
  isIncompatible,
  isPrerelease,
  isPseudoVersion,
  isSemver,
  pseudoVersionRevision,
  pseudoVersionTime,
  semverMajor,
  sortVersions,
} from "./semver.ts";
export {
  buildSumdbTree,
  planTreeTiles,
  type RecordedModule,
  sumdbTreeOps,
  type TreeOptions,
  type TreeTiles,
  writeSumdbTree,
} from "./sumdb-tree.ts";
export { parseTilePath, type Tile, TILE_WIDTH, tileParent, tilePath } from "./tile.ts";
export {
  checkRecordProof,
  HASH_SIZE,
  checkTreeProof,
  type HashReader,
  proveRecord,
  proveTree,
  recordHash,
  storedHashesForRecord,
  storedHashIndex,
  treeHash,
} from "./tlog.ts";
export {
  type ModuleHashes,
  type ModuleInfo,
  moduleName,
  type ModuleVersion,
  type ProvenRecord,
  type Retraction,
  type Tree,
  type TreeHead,
} from "./types.ts";
export type { ZipEntry, ZipLimits } from "./zip-directory.ts";
export { openZip, type ZipReader } from "./zip-reader.ts";
