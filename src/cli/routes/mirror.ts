import type { LoadersOf, RouteTable } from "../route.ts";

const store = { kind: "path", placeholder: "DIR", folder: true } as const;
const sumdb = { kind: "string", placeholder: "GOSUMDB" } as const;

/** The store that `proxy serve` serves: filled on purpose, looked into, checked, made smaller. */
export const mirrorRoutes = {
  "module mirror sync": {
    positionals: [{ name: "source", kind: "string", optional: true, rest: true }],
    flags: {
      store,
      go: { kind: "list", placeholder: "V,…", suggest: ["latest", "oldstable"] },
      platform: { kind: "list", placeholder: "P,…" },
      wholeGraph: { kind: "boolean" },
      jobs: { kind: "count", placeholder: "N", minimum: 1 },
      upstream: { kind: "string", placeholder: "LIST" },
      sumdb,
    },
  },
  "module mirror list": {
    positionals: [{ name: "pattern", kind: "string", optional: true, rest: true }],
    flags: { store, versions: { kind: "boolean" }, unusedFor: { kind: "duration", placeholder: "D" } },
  },
  "module mirror verify": {
    flags: { store, repair: { kind: "boolean" }, upstream: { kind: "string", placeholder: "LIST" }, sumdb },
  },
  "module mirror prune": {
    positionals: [{ name: "pattern", kind: "string", optional: true, rest: true }],
    flags: {
      store,
      keep: { kind: "string", placeholder: "SIZE" },
      unusedFor: { kind: "duration", placeholder: "D" },
      olderThan: { kind: "duration", placeholder: "D" },
      keepFor: { kind: "list", placeholder: "SOURCE,…" },
    },
  },
  "module mirror merge": { positionals: [{ name: "path", kind: "path" }], flags: { store, sumdb } },
} as const satisfies RouteTable;

export const mirrorLoaders = {
  "module mirror sync": () => import("../commands/module-mirror-sync.ts"),
  "module mirror list": () => import("../commands/module-mirror-list.ts"),
  "module mirror verify": () => import("../commands/module-mirror-verify.ts"),
  "module mirror prune": () => import("../commands/module-mirror-prune.ts"),
  "module mirror merge": () => import("../commands/module-mirror-merge.ts"),
} satisfies LoadersOf<typeof mirrorRoutes>;
