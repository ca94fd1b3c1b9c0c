import type { LoadersOf, RouteTable } from "../route.ts";

const platforms = ["linux/amd64", "linux/arm64", "linux/386", "darwin/arm64", "darwin/amd64"] as const;

/** The main job: prepare a kit, check it, look into it, rehearse it. */
export const kitRoutes = {
  start: {},
  "kit build": {
    flags: {
      out: { kind: "path", placeholder: "DIR", folder: true },
      platform: { kind: "list", placeholder: "P,…", suggest: platforms },
      signKey: { kind: "path", placeholder: "FILE" },
      lock: { kind: "path", placeholder: "FILE" },
      tools: { kind: "path", placeholder: "DIR", folder: true },
    },
  },
  "kit verify": {
    positionals: [{ name: "path", kind: "path" }],
    flags: { signer: { kind: "path", placeholder: "KEY" }, sumdb: { kind: "string", placeholder: "KEY" } },
  },
  "kit inspect": { positionals: [{ name: "path", kind: "path" }] },
  drill: {
    positionals: [{ name: "kit", kind: "path" }],
    flags: {
      runs: { kind: "count", placeholder: "N", minimum: 1 },
      scenario: { kind: "list", placeholder: "S,…" },
      out: { kind: "path", placeholder: "DIR", folder: true },
      seed: { kind: "count", placeholder: "N" },
    },
  },
} as const satisfies RouteTable;

export const kitLoaders = {
  start: () => import("../commands/start.ts"),
  "kit build": () => import("../commands/kit-build.ts"),
  "kit verify": () => import("../commands/kit-verify.ts"),
  "kit inspect": () => import("../commands/kit-inspect.ts"),
  drill: () => import("../commands/drill.ts"),
} satisfies LoadersOf<typeof kitRoutes>;
