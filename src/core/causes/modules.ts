import type { CauseTable } from "./types.ts";

/** Module mode, workspace, vendor folder, go.mod and go.sum, module cache. */
export const moduleCauses = {
  MODULE_MODE_OFF: { family: "modules", severity: "error" },
  WORKSPACE_UNFIT: { family: "modules", severity: "error" },
  VENDOR_MISSING: { family: "modules", severity: "error" },
  VENDOR_OUT_OF_STEP: { family: "modules", severity: "error" },
  REPLACE_MISSING: { family: "modules", severity: "error" },
  CHECKSUM_MISMATCH: { family: "modules", severity: "error", barrier: "integrity" },
  MODULE_CACHE_MISMATCH: { family: "modules", severity: "error", barrier: "integrity" },
  MODULE_PROXY_MISMATCH: { family: "modules", severity: "error", barrier: "integrity" },
  MODULE_CACHE_DAMAGED: { family: "modules", severity: "error" },
  MODULE_CACHE_UNUSABLE: { family: "modules", severity: "error" },
  NO_MODULE: { family: "modules", severity: "error" },
  GO_SUM_INCOMPLETE: { family: "modules", severity: "error" },
  GO_MOD_UPDATES_NEEDED: { family: "modules", severity: "error" },
  VERSION_VANISHED: { family: "modules", severity: "error" },
  MODULE_PRIVATE: { family: "modules", severity: "error" },
  MODULE_PATH_MISMATCH: { family: "modules", severity: "error" },
} as const satisfies CauseTable;
