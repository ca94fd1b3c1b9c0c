import type { CauseTable } from "./types.ts";

/** Between this host and the module proxy, the checksum database and version control. */
export const networkCauses = {
  MODULES_UNREACHABLE: { family: "network", severity: "error" },
  CHECKSUM_DATABASE_UNREACHABLE: { family: "network", severity: "error" },
  PROXY_ANSWER_WRONG: { family: "network", severity: "error" },
  PROXY_CREDENTIALS_MISSING: { family: "network", severity: "error" },
  HTTP_PROXY_WRONG: { family: "network", severity: "error" },
  NO_PROXY_WRONG: { family: "network", severity: "error" },
  AUTHORITY_UNKNOWN: { family: "network", severity: "error" },
  CERTIFICATE_EXPIRED: { family: "network", severity: "error" },
  CLOCK_WRONG: { family: "network", severity: "error" },
  GIT_MISSING: { family: "network", severity: "error" },
} as const satisfies CauseTable;
