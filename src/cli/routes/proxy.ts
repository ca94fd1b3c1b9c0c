import type { LoadersOf, RouteTable } from "../route.ts";

export const proxyRoutes = {
  "proxy serve": {
    flags: {
      listen: { kind: "string", placeholder: "HOST:PORT" },
      store: { kind: "path", placeholder: "DIR", folder: true },
      upstream: { kind: "string", placeholder: "LIST" },
      sumdb: { kind: "string", placeholder: "GOSUMDB" },
      accessLog: { kind: "path", placeholder: "FILE" },
    },
  },
} as const satisfies RouteTable;

export const proxyLoaders = {
  "proxy serve": () => import("../commands/proxy-serve.ts"),
} satisfies LoadersOf<typeof proxyRoutes>;
