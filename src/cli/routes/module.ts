import type { LoadersOf, RouteTable } from "../route.ts";

/** Modules: how the go command finds them, what is proven of them, and by whom. */
export const moduleRoutes = {
  "module explain": {
    positionals: [{ name: "dir", kind: "path", optional: true }],
    flags: {
      package: { kind: "list", placeholder: "P,…" },
      deps: { kind: "boolean" },
      go: { kind: "string", placeholder: "V", suggest: ["1.20", "1.21", "1.22", "1.23", "1.24", "1.25", "1.26"] },
      sums: { kind: "boolean" },
      all: { kind: "boolean" },
      accept: { kind: "list", placeholder: "D,…", suggest: ["exempt", "missing"] },
    },
  },
  "module ci-config": {
    flags: {
      for: { kind: "enum", values: ["docker", "github", "gitlab", "kubernetes", "systemd"], required: true },
      proxy: { kind: "string", placeholder: "URL" },
      fallback: { kind: "enum", values: ["direct", "off"] },
      private: { kind: "list", placeholder: "PATTERN,…" },
      privateFrom: { kind: "enum", values: ["direct", "proxy"] },
      sumdb: { kind: "string", placeholder: "GOSUMDB" },
      ca: { kind: "string", placeholder: "FILE" },
      netrc: { kind: "boolean" },
      go: { kind: "string", placeholder: "V" },
      plain: { kind: "boolean" },
      check: { kind: "boolean" },
      module: { kind: "string", placeholder: "M" },
    },
  },
} as const satisfies RouteTable;

export const moduleLoaders = {
  "module ci-config": () => import("../commands/module-ci-config.ts"),
  "module explain": () => import("../commands/module-explain.ts"),
} satisfies LoadersOf<typeof moduleRoutes>;
