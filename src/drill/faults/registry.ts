import { hostFaults } from "./host/registry.ts";
import { moduleFaults } from "./modules/registry.ts";
import { networkFaults } from "./network/registry.ts";
import { programFaults } from "./programs/registry.ts";
import { toolchainFaults } from "./toolchain/registry.ts";
import type { Fault } from "./types.ts";

/** Every fault of an environment, in the order in which reports list them. */
export const FAULTS: readonly Fault[] = [...toolchainFaults, ...moduleFaults, ...networkFaults, ...hostFaults];

/** What is no fault of an environment, and has to be left alone. */
export const LEFT_ALONE: readonly Fault[] = programFaults;
