import type { Cause } from "../../types.ts";
import { modulesUnreachable } from "./modules-unreachable.ts";

export const networkCauses: readonly Cause[] = [modulesUnreachable];
