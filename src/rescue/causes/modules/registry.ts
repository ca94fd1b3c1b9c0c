import type { Cause } from "../../types.ts";
import { goSumIncomplete } from "./go-sum-incomplete.ts";
import { noModule } from "./no-module.ts";
import { checksumMismatch } from "./checksum-mismatch.ts";
import { replaceMissing } from "./replace-missing.ts";
import { vendorOutOfStep } from "./vendor-out-of-step.ts";
import { vendorMissing } from "./vendor-missing.ts";
import { workspaceUnfit } from "./workspace-unfit.ts";
import { moduleModeOff } from "./module-mode-off.ts";

export const moduleCauses: readonly Cause[] = [
  moduleModeOff,
  workspaceUnfit,
  vendorMissing,
  vendorOutOfStep,
  replaceMissing,
  checksumMismatch,
  noModule,
  goSumIncomplete,
];
