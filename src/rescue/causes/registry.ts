import type { Cause } from "../types.ts";
import { hostCauses } from "./host/registry.ts";
import { moduleCauses } from "./modules/registry.ts";
import { networkCauses } from "./network/registry.ts";
import { toolchainCauses } from "./toolchain/registry.ts";

/** Every cause, in the order in which equals are told. */
export const CAUSES: readonly Cause[] = [...toolchainCauses, ...moduleCauses, ...networkCauses, ...hostCauses];
