import { hostCauses } from "./host.ts";
import { moduleCauses } from "./modules.ts";
import { networkCauses } from "./network.ts";
import { toolchainCauses } from "./toolchain.ts";
import type { CauseFacts } from "./types.ts";

export type { CauseFacts, CauseFamily } from "./types.ts";

const table = { ...toolchainCauses, ...moduleCauses, ...networkCauses, ...hostCauses } as const;

export type CauseCode = keyof typeof table;

/**
 * Every cause that rescue and doctor can tell. Texts are in `src/i18n/<language>/causes/`, diagnosis and remedies in
 * `src/rescue/causes/<family>/`, the fault that injects it for real in `src/drill/faults/`.
 */
export const CAUSE_FACTS: Readonly<Record<CauseCode, CauseFacts>> = table;

export const CAUSE_CODES: readonly CauseCode[] = Object.keys(table) as CauseCode[];
