import type { CauseTable } from "./types.ts";

/** Between this host and the module proxy, the checksum database and version control. */
export const networkCauses = {
  MODULES_UNREACHABLE: { family: "network", severity: "error" },
  CHECKSUM_DATABASE_UNREACHABLE: { family: "network", severity: "error" },
} as const satisfies CauseTable;
