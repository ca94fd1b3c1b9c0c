import type { Cause } from "../types.ts";
import { executionDenied } from "./host/execution-denied.ts";
import { hostCauses } from "./host/registry.ts";
import { moduleCauses } from "./modules/registry.ts";
import { earlyNetworkCauses, networkCauses } from "./network/registry.ts";
import { toolchainCauses } from "./toolchain/registry.ts";

/** Every cause, in the order in which equals are told. A refusal by policy comes first: what it stops, no other cause may get around. */
export const CAUSES: readonly Cause[] = [
  executionDenied,
  ...toolchainCauses,
  ...earlyNetworkCauses,
  ...moduleCauses,
  ...networkCauses,
  ...hostCauses,
];
