import type { CauseTable } from "./types.ts";

/** Module mode, workspace, vendor folder, go.mod and go.sum, module cache. */
export const moduleCauses = {
  MODULE_MODE_OFF: { family: "modules", severity: "error" },
} as const satisfies CauseTable;
