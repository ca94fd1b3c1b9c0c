import type { Fault } from "../types.ts";
import { cacheOff, cachePartlyUnwritable, cacheUnwritable, homeUnset, targetLeaked, temporaryGone, temporaryNoexec } from "./folders.ts"; // prettier-ignore
import { compilerDenied, goDenied } from "./denials.ts";
import { memoryLimited, openFiles, umaskStrict, umaskStrictCold } from "./limits.ts";
import { cacheFull, cacheInodes, checkoutReadOnly, outputFull, temporaryFull, temporaryInodes } from "./space.ts";
import { cgoOff, cgoOffForRace, compilerLeaked, compilerMissing, gitBroken, headerMissing } from "./tools.ts";

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
  cgoOff,
  cgoOffForRace,
  headerMissing,
  gitBroken,
];
