import type { Cause } from "../../types.ts";
import { cCompilerMissing } from "./c-compiler-missing.ts";
import { targetLeaked } from "./target-leaked.ts";
import { temporaryFolderUnusable } from "./temporary-folder-unusable.ts";
import { buildCacheUnusable } from "./build-cache-unusable.ts";
import { cgoOff } from "./cgo-off.ts";
import { cLibraryMissing } from "./c-library-missing.ts";
import { memoryExhausted } from "./memory-exhausted.ts";
import { openFilesExhausted } from "./open-files-exhausted.ts";
import { outputUnwritable } from "./output-unwritable.ts";
import { umaskTooStrict } from "./umask-too-strict.ts";
import { vcsStatusFailed } from "./vcs-status-failed.ts";

export const hostCauses: readonly Cause[] = [
  umaskTooStrict,
  openFilesExhausted,
  memoryExhausted,
  buildCacheUnusable,
  temporaryFolderUnusable,
  targetLeaked,
  cCompilerMissing,
  cgoOff,
  cLibraryMissing,
  vcsStatusFailed,
  outputUnwritable,
];
