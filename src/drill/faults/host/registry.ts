import type { Fault } from "../types.ts";

export const hostFaults: readonly Fault[] = [];
