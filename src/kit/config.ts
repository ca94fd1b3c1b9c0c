import { dirname, resolve } from "node:path";
import { z } from "zod";
import { parseConfigText } from "../core/config-file.ts";
import { parseGoVersion, parsePlatform } from "../core/go-version.ts";
import { TRUST_LEVELS } from "../core/toolchain-words.ts";

const goVersion = z.string().refine((text) => parseGoVersion(text)?.patch !== undefined, {
  error: "must be a Go release such as 1.21.13",
});
const platform = z.string().refine((text) => parsePlatform(text) !== undefined, {
  error: "must be GOOS/GOARCH such as linux/amd64",
});
const moduleVersion = z.string().regex(/^v\d+\.\d+\.\d+\S*$/, { error: "must be a version such as v1.2.3" });

const moduleEntry = z.union([
  z.strictObject({ module: z.string().min(1), version: moduleVersion }),
  z.strictObject({
    module: z.string().min(1),
    /** By Go language version of the toolchain: `{"1.21": v0.24.0}`. A toolchain without an entry goes without the module. */
    versions: z.record(z.string().regex(/^1\.\d+$/), moduleVersion),
  }),
  z.strictObject({ gomod: z.string().min(1) }),
]);

/** The schema of a kit's configuration; `schemas/kit-config-v1.schema.json` is generated from it. */
export const kitConfigSchema = z.strictObject({
  schema: z.literal("medkit/kit-config/v1"),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/)
    .default("go-emergency-kit"),
  version: z.string().regex(/^\d+(\.\d+)*(-[0-9A-Za-z.-]+)?$/),
  toolchains: z.array(z.strictObject({ version: goVersion, platforms: z.array(platform).min(1) })).min(1),
  /** Where toolchains are looked for, in this order. `rebuild` comes last wherever it stands: what no source has is made from source, and labelled so. */
  sources: z
    .array(z.enum(["proxy", "download", "local", "rebuild"]))
    .min(1)
    .default(["proxy", "download", "local", "rebuild"]),
  /** GOPROXY list; default: what `go env GOPROXY` says. */
  goproxy: z.string().min(1).optional(),
  /** Base address of the Go download site or a mirror of it. */
  download: z.url({ protocol: /^https?$/ }).default("https://go.dev/dl"),
  /** Go archives (`go1.21.13.linux-amd64.tar.gz`) or GOROOT folders; relative to the configuration. */
  local: z.array(z.string()).default([]),
  /** Checksum database as in GOSUMDB: a known name or `name+hash+key`, and behind it a URL to ask past every proxy. It cannot be switched off. */
  sumdb: z.string().min(1).default("sum.golang.org"),
  /** The least evidence of toolchains that counts for whoever works below this file. What a kit holds has `checksum-database`. */
  trust: z.enum(TRUST_LEVELS).optional(),
  modules: z.array(moduleEntry).default([]),
  /** Folders of main modules whose builds the cache is warmed with. */
  warm: z.array(z.string()).default([]),
  /** Whether test dependencies of the named modules are in. */
  tests: z.boolean().default(true),
  /** Patterns as in GOPRIVATE. */
  private: z.array(z.string().min(1)).default([]),
  cache: z.strictObject({ enabled: z.boolean().default(true) }).default({ enabled: true }),
});

export type KitConfig = z.infer<typeof kitConfigSchema>;

/** Parses and checks a configuration's text. Unknown keys, duplicate keys and wrong values are refused with the line. */
export function parseKitConfig(text: string, file: string): KitConfig {
  return parseConfigText(kitConfigSchema, text, file);
}

/** A path of the configuration is relative to the folder of its file. */
export function configPath(file: string, path: string): string {
  return resolve(dirname(file), path);
}
