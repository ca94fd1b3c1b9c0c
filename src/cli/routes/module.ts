import type { LoadersOf, RouteTable } from "../route.ts";

/** Modules: what is proven of them, and by whom. */
export const moduleRoutes = {
  "module explain": {
    positionals: [{ name: "dir", kind: "path", optional: true }],
    flags: {
      sums: { kind: "boolean" },
      all: { kind: "boolean" },
      accept: { kind: "list", placeholder: "D,…", suggest: ["exempt", "missing"] },
    },
  },
} as const satisfies RouteTable;

export const moduleLoaders = {
  "module explain": () => import("../commands/module-explain.ts"),
} satisfies LoadersOf<typeof moduleRoutes>;
