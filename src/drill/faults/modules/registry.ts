import type { Fault } from "../types.ts";
import { goSumIncomplete } from "./go-sum.ts";
import { checksumMoved } from "./vendor.ts";
import { replaceMissing } from "./vendor.ts";
import { vendorOutOfStep } from "./vendor.ts";
import { vendorMissing } from "./vendor.ts";
import { workspaceNewer } from "./workspace.ts";
import { workspaceFolderGone } from "./workspace.ts";
import { workspaceGone } from "./workspace.ts";
import { workspaceExcludes } from "./workspace.ts";
import { moduleModeOff, moduleModeOffForGood } from "./module-mode-off.ts";

export const moduleFaults: readonly Fault[] = [
  moduleModeOff,
  moduleModeOffForGood,
  workspaceExcludes,
  workspaceGone,
  workspaceFolderGone,
  workspaceNewer,
  vendorMissing,
  vendorOutOfStep,
  replaceMissing,
  checksumMoved,
  goSumIncomplete,
];
