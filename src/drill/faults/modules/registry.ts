import type { Fault } from "../types.ts";
import { goModReadonly, goModUpdates } from "./go-mod.ts";
import { goSumIncomplete, goSumIncompletePrivate, goSumIncompleteUnchecked } from "./go-sum.ts";
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
  proxyTampersZip,
  versionGone,
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
  goSumIncomplete,
  goSumIncompletePrivate,
  goSumIncompleteUnchecked,
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
  versionNotFound,
  privateModule,
  wrongCase,
];
