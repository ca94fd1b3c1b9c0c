import type { LoadersOf, RouteTable } from "../route.ts";

const loginFile = { kind: "path", placeholder: "FILE", required: true } as const;

export const proxyRoutes = {
  "proxy serve": {
    flags: {
      listen: { kind: "string", placeholder: "HOST:PORT" },
      store: { kind: "path", placeholder: "DIR|s3://…", folder: true, or: "s3://" },
      upstream: { kind: "string", placeholder: "LIST" },
      sumdb: { kind: "string", placeholder: "GOSUMDB" },
      accessLog: { kind: "path", placeholder: "FILE" },
      tlsCert: { kind: "path", placeholder: "FILE" },
      tlsKey: { kind: "path", placeholder: "FILE" },
      login: { kind: "path", placeholder: "FILE" },
    },
  },
  "proxy login add": {
    positionals: [{ name: "name", kind: "string" }],
    flags: { file: loginFile, token: { kind: "boolean" } },
  },
  "proxy login remove": { positionals: [{ name: "name", kind: "string" }], flags: { file: loginFile } },
  "proxy login list": { flags: { file: loginFile } },
  "proxy unit": {
    flags: {
      program: { kind: "path", placeholder: "FILE" },
      store: { kind: "path", placeholder: "DIR", folder: true },
    },
  },
  "proxy check": {
    positionals: [{ name: "modules", kind: "string", rest: true }],
    flags: {
      store: { kind: "path", placeholder: "DIR", folder: true },
      upstream: { kind: "string", placeholder: "LIST" },
    },
  },
  "proxy vulndb sync": {
    positionals: [{ name: "source", kind: "string", optional: true }],
    flags: {
      folder: { kind: "path", placeholder: "DIR", folder: true },
      store: { kind: "path", placeholder: "DIR", folder: true },
      upstream: { kind: "string", placeholder: "LIST" },
      acceptOlder: { kind: "boolean" },
    },
  },
  "proxy vulndb verify": {
    flags: {
      folder: { kind: "path", placeholder: "DIR", folder: true },
      store: { kind: "path", placeholder: "DIR", folder: true },
    },
  },
} as const satisfies RouteTable;

export const proxyLoaders = {
  "proxy serve": () => import("../commands/proxy-serve.ts"),
  "proxy login add": () => import("../commands/proxy-login-add.ts"),
  "proxy login remove": () => import("../commands/proxy-login-remove.ts"),
  "proxy login list": () => import("../commands/proxy-login-list.ts"),
  "proxy unit": () => import("../commands/proxy-unit.ts"),
  "proxy check": () => import("../commands/proxy-check.ts"),
  "proxy vulndb sync": () => import("../commands/proxy-vulndb-sync.ts"),
  "proxy vulndb verify": () => import("../commands/proxy-vulndb-verify.ts"),
} satisfies LoadersOf<typeof proxyRoutes>;
