import { CAUSE_CODES } from "../../core/causes/index.ts";
import type { LoadersOf, RouteTable } from "../route.ts";

/** From a failing command to a passing one, and the same knowledge without a failing command. */
export const rescueRoutes = {
  rescue: {
    flags: {
      kit: { kind: "path", placeholder: "DIR", folder: true },
      signer: { kind: "path", placeholder: "KEY" },
      report: { kind: "path", placeholder: "FILE" },
      fixFiles: { kind: "boolean" },
      undo: { kind: "boolean" },
    },
    passThrough: { word: "COMMAND", optional: true },
  },
  doctor: {
    positionals: [{ name: "dir", kind: "path", optional: true }],
    flags: {
      fix: { kind: "boolean" },
      explain: { kind: "string", placeholder: "CODE", suggest: CAUSE_CODES },
      kit: { kind: "path", placeholder: "DIR", folder: true },
    },
  },
} as const satisfies RouteTable;

export const rescueLoaders = {
  rescue: () => import("../commands/rescue.ts"),
  doctor: () => import("../commands/doctor.ts"),
} satisfies LoadersOf<typeof rescueRoutes>;
