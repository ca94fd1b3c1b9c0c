import type { CauseTable } from "./types.ts";

/** The go command itself: there, whole, runnable, and of the version that is asked for. */
export const toolchainCauses = {
  GO_MISSING: { family: "toolchain", severity: "error" },
} as const satisfies CauseTable;
