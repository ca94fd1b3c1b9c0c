import type { Cause } from "../types.ts";
import { launch } from "./toolchain/launch.ts";
import { releases } from "./toolchain/releases.ts";
import { settings } from "./toolchain/settings.ts";
import { tree } from "./toolchain/tree.ts";

/** Faults of the Go installation and of the variables that steer it. */
export const causes: readonly Cause[] = [...launch, ...tree, ...releases, ...settings];
