import type { CauseTable } from "./types.ts";

/** Module mode, workspace, vendor folder, go.mod and go.sum, module cache. */
export const moduleCauses = {
  MODULE_MODE_OFF: { family: "modules", severity: "error" },
  WORKSPACE_UNFIT: { family: "modules", severity: "error" },
  VENDOR_MISSING: { family: "modules", severity: "error" },
  VENDOR_OUT_OF_STEP: { family: "modules", severity: "error" },
  REPLACE_MISSING: { family: "modules", severity: "error" },
  CHECKSUM_MISMATCH: { family: "modules", severity: "error", barrier: "integrity" },
  NO_MODULE: { family: "modules", severity: "error" },
  GO_SUM_INCOMPLETE: { family: "modules", severity: "error" },
} as const satisfies CauseTable;
