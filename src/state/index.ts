export {
  type FileData,
  type PublishFolderOptions,
  type WriteOptions,
  ensureFolder,
  publishFile,
  publishFolder,
  removeTree,
  replaceLink,
  syncFolder,
  temporaryBeside,
  writeFileAtomic,
} from "./atomic-write.ts";
export { type DiskSpace, diskSpace, requireSpace } from "./disk-space.ts";
export {
  type Journal,
  type JournalBegin,
  type JournalOutcome,
  type JournalState,
  beginJournal,
  endAbandoned,
  pruneJournals,
  readJournals,
  unfinishedJournals,
} from "./journal.ts";
export { type HomeSources, type Layout, LAYOUT_VERSION, layoutAt, openHome, resolveHome } from "./layout.ts";
export { type Lock, type LockHolder, type LockOptions, acquireLock, withLock } from "./lock.ts";
export { isDeadProcess, ownIdentity, uniqueToken } from "./process-identity.ts";
export { claimPartial, dropPartials, type KeptPartial, type PartialFile } from "./partials.ts";
export { type CleanUp, type Staging, cleanStaging, cleanUp, createStaging, withStaging } from "./staging.ts";
