import type { Fault } from "../types.ts";

export const networkFaults: readonly Fault[] = [];
