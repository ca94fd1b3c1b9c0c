import type { Cause } from "../../types.ts";

export const networkCauses: readonly Cause[] = [];
