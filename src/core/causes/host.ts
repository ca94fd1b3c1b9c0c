import type { CauseTable } from "./types.ts";

/** Disk, folders, limits, variables and compilers of the host. */
export const hostCauses = {} as const satisfies CauseTable;
