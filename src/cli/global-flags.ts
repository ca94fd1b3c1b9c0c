import type { FlagSpec } from "./route.ts";

/** Flags of every command; they may stand anywhere before `--`. */
export const globalFlags = {
  json: { kind: "boolean" },
  dryRun: { kind: "boolean" },
  home: { kind: "path", placeholder: "DIR", folder: true },
  config: { kind: "path", placeholder: "FILE" },
  offline: { kind: "boolean" },
  lang: { kind: "enum", values: ["en", "zh-CN"] },
  noInput: { kind: "boolean" },
  color: { kind: "enum", values: ["auto", "always", "never"] },
  progress: { kind: "enum", values: ["auto", "plain", "json", "none"] },
  help: { kind: "boolean" },
  version: { kind: "boolean" },
} as const satisfies Readonly<Record<string, FlagSpec>>;

export type GlobalFlagName = keyof typeof globalFlags;

export interface GlobalFlags {
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly home: string | undefined;
  readonly config: string | undefined;
  readonly offline: boolean;
  readonly lang: "en" | "zh-CN" | undefined;
  readonly noInput: boolean;
  readonly color: "auto" | "always" | "never";
  readonly progress: "auto" | "plain" | "json" | "none";
  readonly help: boolean;
  readonly version: boolean;
}
