import type { Fault } from "../types.ts";
import { targetLeaked } from "./folders.ts";
import { temporaryNoexec } from "./folders.ts";
import { temporaryGone } from "./folders.ts";
import { homeUnset } from "./folders.ts";
import { cachePartlyUnwritable, cacheUnwritable } from "./folders.ts";
import { cacheOff } from "./folders.ts";
import { compilerDenied, goDenied } from "./denials.ts";
import { memoryLimited, openFiles, umaskStrict, umaskStrictCold } from "./limits.ts";
import { cacheFull, cacheInodes, checkoutReadOnly, outputFull, temporaryFull, temporaryInodes } from "./space.ts";
import { compilerLeaked, compilerMissing, gitBroken, headerMissing } from "./tools.ts";

export const hostFaults: readonly Fault[] = [
  cacheOff,
  cacheUnwritable,
  cachePartlyUnwritable,
  homeUnset,
  temporaryGone,
  temporaryNoexec,
  targetLeaked,
  goDenied,
  compilerDenied,
  cacheFull,
  cacheInodes,
  temporaryFull,
  temporaryInodes,
  outputFull,
  checkoutReadOnly,
  openFiles,
  memoryLimited,
  umaskStrict,
  umaskStrictCold,
  compilerLeaked,
  compilerMissing,
  headerMissing,
  gitBroken,
];
