import type { Cause } from "../../types.ts";
import { cCompilerMissing } from "./c-compiler-missing.ts";
import { targetLeaked } from "./target-leaked.ts";
import { temporaryFolderUnusable } from "./temporary-folder-unusable.ts";
import { buildCacheUnusable } from "./build-cache-unusable.ts";

export const hostCauses: readonly Cause[] = [
  buildCacheUnusable,
  temporaryFolderUnusable,
  targetLeaked,
  cCompilerMissing,
];
