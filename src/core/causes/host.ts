import type { CauseTable } from "./types.ts";

/** Disk, folders, limits, variables and compilers of the host. */
export const hostCauses = {
  EXECUTION_DENIED: { family: "host", severity: "error", barrier: "denied" },
  BUILD_CACHE_UNUSABLE: { family: "host", severity: "error" },
  TEMPORARY_FOLDER_UNUSABLE: { family: "host", severity: "error" },
  TARGET_LEAKED: { family: "host", severity: "error" },
  C_COMPILER_MISSING: { family: "host", severity: "error" },
  CGO_OFF: { family: "host", severity: "error" },
  C_LIBRARY_MISSING: { family: "host", severity: "error" },
  OUTPUT_UNWRITABLE: { family: "host", severity: "error" },
  OPEN_FILES_EXHAUSTED: { family: "host", severity: "error" },
  MEMORY_EXHAUSTED: { family: "host", severity: "error" },
  UMASK_TOO_STRICT: { family: "host", severity: "error" },
  VCS_STATUS_FAILED: { family: "host", severity: "error" },
} as const satisfies CauseTable;
