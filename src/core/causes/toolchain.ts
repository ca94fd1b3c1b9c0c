import type { CauseTable } from "./types.ts";

/** The go command itself: there, whole, runnable, and of the version that is asked for. */
export const toolchainCauses = {
  GO_MISSING: { family: "toolchain", severity: "error" },
  GO_NOT_EXECUTABLE: { family: "toolchain", severity: "error" },
  GO_ON_NOEXEC: { family: "toolchain", severity: "error" },
  GO_WRONG_ARCHITECTURE: { family: "toolchain", severity: "error" },
  GO_LOADER_MISSING: { family: "toolchain", severity: "error" },
  GO_LIBC_TOO_OLD: { family: "toolchain", severity: "error" },
  GO_INCOMPLETE: { family: "toolchain", severity: "error" },
  GOROOT_STALE: { family: "toolchain", severity: "error" },
  GO_TOO_OLD: { family: "toolchain", severity: "error" },
  GO_MOD_SYNTAX_NEWER: { family: "toolchain", severity: "error" },
  TOOLCHAIN_UNAVAILABLE: { family: "toolchain", severity: "error" },
  GOEXPERIMENT_UNKNOWN: { family: "toolchain", severity: "error" },
  ARCH_LEVEL_INVALID: { family: "toolchain", severity: "error" },
  GOFLAGS_INVALID: { family: "toolchain", severity: "error" },
  SETTING_INVALID: { family: "toolchain", severity: "error" },
  PORT_UNKNOWN: { family: "toolchain", severity: "error" },
} as const satisfies CauseTable;
