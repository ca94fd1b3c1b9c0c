import type { Cause } from "../../types.ts";
import { goSumIncomplete } from "./go-sum-incomplete.ts";
import { goModUpdatesNeeded } from "./go-mod-updates-needed.ts";
import { moduleCacheDamaged } from "./module-cache-damaged.ts";
import { moduleCacheUnusable } from "./module-cache-unusable.ts";
import { modulePathMismatch } from "./module-path-mismatch.ts";
import { noModule } from "./no-module.ts";
import { checksumMismatch, moduleCacheMismatch, moduleProxyMismatch } from "./checksum-mismatch.ts";
import { replaceMissing } from "./replace-missing.ts";
import { vendorOutOfStep } from "./vendor-out-of-step.ts";
import { vendorMissing } from "./vendor-missing.ts";
import { workspaceUnfit } from "./workspace-unfit.ts";
import { modulePrivate, versionVanished } from "./version-vanished.ts";
import { moduleModeOff } from "./module-mode-off.ts";

export const moduleCauses: readonly Cause[] = [
  moduleModeOff,
  workspaceUnfit,
  vendorMissing,
  vendorOutOfStep,
  replaceMissing,
  checksumMismatch,
  moduleCacheMismatch,
  moduleProxyMismatch,
  moduleCacheUnusable,
  moduleCacheDamaged,
  noModule,
  goSumIncomplete,
  goModUpdatesNeeded,
  modulePathMismatch,
  versionVanished,
  modulePrivate,
];
