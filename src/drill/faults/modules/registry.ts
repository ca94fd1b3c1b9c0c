import type { Fault } from "../types.ts";
import { goModReadonly, goModUpdates } from "./go-mod.ts";
import {
  goSumIncomplete,
  goSumIncompletePrivate,
  goSumIncompleteTampered,
  goSumIncompleteUnchecked,
  goSumLacksGoMod,
  goSumUnproven,
} from "./go-sum.ts";
import {
  cacheFileCut,
  cacheFileEdited,
  cacheFileLost,
  cacheHashTampered,
  cacheLockRefused,
  cacheNoFolder,
  cacheReadOnly,
  cacheTampered,
  cacheZipCut,
  cacheZipCutUnhashed,
} from "./module-cache.ts";
import { moduleModeOff, moduleModeOffForGood } from "./module-mode-off.ts";
import {
  privateModule,
  proxyTampersGoMod,
  proxyTampersUnrecorded,
  proxyTampersZip,
  versionGone,
  versionGoneFromFolder,
  versionNotFound,
  wrongCase,
} from "./module-proxy.ts";
import { gopathProject, gopathProjectForced, moduleBelow } from "./no-module.ts";
import { checksumMoved, replaceMissing, vendorMissing, vendorOutOfStep } from "./vendor.ts";
import { workspaceExcludes, workspaceFolderGone, workspaceGone, workspaceNewer } from "./workspace.ts";

export const moduleFaults: readonly Fault[] = [
  moduleModeOff,
  moduleModeOffForGood,
  gopathProject,
  gopathProjectForced,
  moduleBelow,
  workspaceExcludes,
  workspaceGone,
  workspaceFolderGone,
  workspaceNewer,
  vendorMissing,
  vendorOutOfStep,
  replaceMissing,
  checksumMoved,
  cacheTampered,
  cacheHashTampered,
  proxyTampersZip,
  proxyTampersGoMod,
  proxyTampersUnrecorded,
  goSumIncomplete,
  goSumIncompletePrivate,
  goSumIncompleteTampered,
  goSumIncompleteUnchecked,
  goSumLacksGoMod,
  goSumUnproven,
  goModUpdates,
  goModReadonly,
  cacheFileCut,
  cacheFileEdited,
  cacheFileLost,
  cacheZipCut,
  cacheZipCutUnhashed,
  cacheLockRefused,
  cacheReadOnly,
  cacheNoFolder,
  versionGone,
  versionGoneFromFolder,
  versionNotFound,
  privateModule,
  wrongCase,
];
