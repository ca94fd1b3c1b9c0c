export { acquireToolchain, type AcquireOptions } from "./acquire.ts";
export { databaseOps, openToolchainDatabase, type RecordSource } from "./database.ts";
export { goEnvironment, mustGo, runGo, type GoRun, type GoSetting } from "./go-command.ts";
export {
  cutIntoParts,
  guardedTools,
  isToolchainExecutable,
  pathInGoroot,
  parseModuleVersion,
  pathInModule,
  toolchainModule,
  toolchainModuleVersion,
  type TreePart,
} from "./tree.ts";
export { listRemote } from "./remote.ts";
export { downloadSource, listModuleCache, localSource, moduleCacheSource, proxySource } from "./sources/index.ts";
export { hashTree, toolchainHash1 } from "./hash-tree.ts";
export type { InclusionEvidence, SourceKind, Toolchain, ToolchainRequest, ToolchainSource, TreeFile } from "./types.ts";
export { identifyGoroot, verifyGoroot, type GorootCheck, type TreeDifference } from "./verify-goroot.ts";
export { hostGoproxy } from "./host-goproxy.ts";
export { sealTree } from "./seal-tree.ts";
