import type { Cause } from "../../types.ts";
import { moduleModeOff } from "./module-mode-off.ts";

export const moduleCauses: readonly Cause[] = [moduleModeOff];
