import { hostFaults } from "./host/registry.ts";
import { moduleFaults } from "./modules/registry.ts";
import { networkFaults } from "./network/registry.ts";
import { toolchainFaults } from "./toolchain/registry.ts";
import type { Fault } from "./types.ts";

/** Every fault, in the order in which reports list them. */
export const FAULTS: readonly Fault[] = [...toolchainFaults, ...moduleFaults, ...networkFaults, ...hostFaults];
