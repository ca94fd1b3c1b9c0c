import type { Cause } from "../types.ts";
import { disks } from "./host/disks.ts";
import { leaks } from "./host/leaks.ts";
import { limits } from "./host/limits.ts";
import { storage } from "./host/storage.ts";

/** Faults of disks, folders, limits, leftover variables, C compilers and version control. */
export const causes: readonly Cause[] = [...disks, ...storage, ...limits, ...leaks];
