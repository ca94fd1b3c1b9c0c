import type { Cause } from "../../types.ts";
import { goMissing } from "./go-missing.ts";

export const toolchainCauses: readonly Cause[] = [goMissing];
