import type { Fault } from "../types.ts";
import { moduleModeOff, moduleModeOffForGood } from "./module-mode-off.ts";

export const moduleFaults: readonly Fault[] = [moduleModeOff, moduleModeOffForGood];
