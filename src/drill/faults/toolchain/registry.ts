import type { Fault } from "../types.ts";
import { goMissing } from "./go-missing.ts";

export const toolchainFaults: readonly Fault[] = [goMissing];
