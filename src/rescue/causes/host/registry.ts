import type { Cause } from "../../types.ts";

export const hostCauses: readonly Cause[] = [];
