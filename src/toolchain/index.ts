export { copyGoroot, linkGoroot, type AdoptOptions } from "./adopt.ts";
export {
  acquireToolchain,
  databaseEvidence,
  obtainToolchain,
  type AcquireOptions,
  type ArchiveLevel,
  type Demand,
  type Obtained,
} from "./acquire.ts";
export type { Delivery, Liars } from "./ask-sources.ts";
export { fetchChecksums, parseChecksums, type Checksums } from "./checksums.ts";
export { findRecord, openToolchainDatabase, proofOf, type RecordSource } from "./database.ts";
export { examineArchive, type ArchiveAtHand, type Examination, type NamedBytes } from "./examine-archive.ts";
export { goEnvironment, mustGo, runGo, type GoRun, type GoSetting } from "./go-command.ts";
export {
  cutIntoParts,
  guardedTools,
  isOutsideModuleForm,
  isToolchainExecutable,
  pathInGoroot,
  parseModuleVersion,
  pathInModule,
  toolchainAsModule,
  toolchainModule,
  toolchainModuleVersion,
  type TreePart,
} from "./tree.ts";
export { listRemote } from "./remote.ts";
export {
  archiveName,
  downloadSource,
  listModuleCache,
  localSource,
  moduleCacheSource,
  proxySource,
  signatureBeside,
  unpackGoArchive,
} from "./sources/index.ts";
export { hashTree, toolchainHash1 } from "./hash-tree.ts";
export type { InclusionEvidence, SourceKind, Toolchain, ToolchainRequest, ToolchainSource, TreeFile } from "./types.ts";
export {
  compareWithArchive,
  identifyGoroot,
  verifyGoroot,
  type GorootCheck,
  type TreeDifference,
} from "./verify-goroot.ts";
export { hostGoproxy } from "./host-goproxy.ts";
export { flushTree, sealTree } from "./seal-tree.ts";
