import type { Cause } from "../types.ts";
import { compile } from "./code/compile.ts";
import { packages } from "./code/packages.ts";
import { tests } from "./code/tests.ts";

/** Faults of the code itself: nothing of the host is wrong, and nothing of it may be blamed. */
export const causes: readonly Cause[] = [...compile, ...packages, ...tests];
