import type { Fault } from "../types.ts";
import { targetLeaked } from "./folders.ts";
import { temporaryNoexec } from "./folders.ts";
import { temporaryGone } from "./folders.ts";
import { homeUnset } from "./folders.ts";
import { cacheUnwritable } from "./folders.ts";
import { cacheOff } from "./folders.ts";
import { compilerDenied, goDenied } from "./denials.ts";

export const hostFaults: readonly Fault[] = [
  cacheOff,
  cacheUnwritable,
  homeUnset,
  temporaryGone,
  temporaryNoexec,
  targetLeaked,
  goDenied,
  compilerDenied,
];
