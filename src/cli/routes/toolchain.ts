import { PIN_FILES, TRUST_LEVELS } from "../../core/toolchain-words.ts";
import type { LoadersOf, RouteTable } from "../route.ts";

const version = { name: "version", kind: "string", suggest: ["latest", "oldstable"] } as const;
const platform = { kind: "string", placeholder: "P" } as const;
/** Which evidence is demanded, and what a person brings for it. */
const trustFlags = {
  trust: { kind: "enum", values: TRUST_LEVELS },
  checksums: { kind: "string", placeholder: "FILE|URL" },
  signature: { kind: "path", placeholder: "FILE" },
} as const;
const fingerprint = { kind: "string", placeholder: "F" } as const;
const kit = { kind: "path", placeholder: "PATH" } as const;

/** Many Go toolchains side by side: put there, switched between, pinned, proven. */
export const toolchainRoutes = {
  "toolchain list": { flags: { remote: { kind: "boolean" }, found: { kind: "boolean" }, platform, kit } },
  "toolchain install": {
    positionals: [version],
    flags: {
      platform,
      source: { kind: "list", placeholder: "S,…", suggest: ["module-cache", "proxy", "download"] },
      ...trustFlags,
    },
  },
  "toolchain adopt": {
    positionals: [{ name: "toolchain", kind: "string" }],
    flags: {
      copy: { kind: "boolean" },
      link: { kind: "boolean" },
      platform,
      trust: { kind: "enum", values: TRUST_LEVELS },
      accept: { kind: "list", placeholder: "D,…", suggest: ["local-go-env", "extra"] },
      kit,
    },
  },
  "toolchain use": {
    positionals: [{ ...version, optional: true }],
    flags: { system: { kind: "boolean" }, restore: { kind: "boolean" } },
  },
  "toolchain pin": { positionals: [version], flags: { in: { kind: "enum", values: PIN_FILES } } },
  "toolchain lock": {
    positionals: [{ ...version, optional: true }],
    flags: { platform: { kind: "list", placeholder: "P,…" } },
  },
  "toolchain current": { flags: { explain: { kind: "boolean" } } },
  "toolchain exec": { positionals: [version], passThrough: { word: "COMMAND" } },
  "toolchain env": { positionals: [version] },
  "toolchain remove": { positionals: [version], flags: { platform } },
  "toolchain prune": { flags: { keep: { kind: "list", placeholder: "V,…" } } },
  "toolchain verify": {
    positionals: [{ name: "toolchain", kind: "string", suggest: ["latest", "oldstable"] }],
    flags: {
      platform,
      kit,
      archive: { kind: "path", placeholder: "FILE" },
      ...trustFlags,
      accept: { kind: "list", placeholder: "D,…", suggest: ["local-go-env"] },
    },
  },
  "toolchain rebuild": {
    positionals: [version],
    flags: {
      platform,
      bootstrap: { kind: "string", placeholder: "V|DIR" },
      reference: { kind: "path", placeholder: "PATH" },
      twice: { kind: "boolean" },
    },
  },
  "toolchain key import": { positionals: [{ name: "file", kind: "path" }], flags: { fingerprint } },
  "toolchain key list": {},
  "toolchain key update": { positionals: [{ name: "file", kind: "path" }], flags: { fingerprint } },
  "toolchain key remove": { positionals: [{ name: "fingerprint", kind: "string" }] },
  "shell-init": { positionals: [{ name: "shell", kind: "enum", values: ["bash", "zsh", "fish"] }] },
} as const satisfies RouteTable;

export const toolchainLoaders = {
  "toolchain list": () => import("../commands/toolchain-list.ts"),
  "toolchain install": () => import("../commands/toolchain-install.ts"),
  "toolchain adopt": () => import("../commands/toolchain-adopt.ts"),
  "toolchain use": () => import("../commands/toolchain-use.ts"),
  "toolchain pin": () => import("../commands/toolchain-pin.ts"),
  "toolchain lock": () => import("../commands/toolchain-lock.ts"),
  "toolchain current": () => import("../commands/toolchain-current.ts"),
  "toolchain exec": () => import("../commands/toolchain-exec.ts"),
  "toolchain env": () => import("../commands/toolchain-env.ts"),
  "toolchain remove": () => import("../commands/toolchain-remove.ts"),
  "toolchain prune": () => import("../commands/toolchain-prune.ts"),
  "toolchain verify": () => import("../commands/toolchain-verify.ts"),
  "toolchain rebuild": () => import("../commands/toolchain-rebuild.ts"),
  "toolchain key import": () => import("../commands/toolchain-key-import.ts"),
  "toolchain key list": () => import("../commands/toolchain-key-list.ts"),
  "toolchain key update": () => import("../commands/toolchain-key-update.ts"),
  "toolchain key remove": () => import("../commands/toolchain-key-remove.ts"),
  "shell-init": () => import("../commands/shell-init.ts"),
} satisfies LoadersOf<typeof toolchainRoutes>;
