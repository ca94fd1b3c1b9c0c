import { z } from "zod";
import { parseConfigText } from "../core/config-file.ts";
import { s3ConfigSchema } from "./s3/config.ts";
import { directConfigSchema, privateConfigSchema } from "./direct/config.ts";
import { drainSchema, loginSchema, tlsSchema } from "./http/config.ts";
import { pageSchema } from "./page/config.ts";
import { policyConfigSchema } from "./policy/config.ts";
import { vulndbConfigSchema } from "./vulndb/config.ts";
import { quotaSchema } from "./prune/config.ts";

/** The schema of a proxy's configuration; `schemas/proxy-config-v1.schema.json` is generated from it. Flags of the command go before it. */
export const proxyConfigSchema = z.strictObject({
  schema: z.literal("medkit/proxy-config/v1"),
  /** `HOST:PORT`, `[ADDRESS]:PORT` or `:PORT`. */
  listen: z.string().min(1).optional(),
  /** Folder of the store, relative to this file, or `s3://BUCKET/PREFIX`. */
  store: z.string().min(1).optional(),
  s3: s3ConfigSchema.optional(),
  /** GOPROXY list; default: what `go env GOPROXY` says. */
  upstream: z.string().min(1).optional(),
  /** Checksum database as in GOSUMDB. It cannot be switched off. */
  sumdb: z.string().min(1).optional(),
  /** File that gets a JSON line a request, relative to this file. */
  accessLog: z.string().min(1).optional(),
  tls: tlsSchema.optional(),
  login: loginSchema.optional(),
  drain: drainSchema.optional(),
  page: pageSchema.optional(),
  direct: directConfigSchema.optional(),
  private: privateConfigSchema.optional(),
  policy: policyConfigSchema.optional(),
  vulndb: vulndbConfigSchema.optional(),
  quota: quotaSchema.optional(),
});

export type ProxyConfig = z.infer<typeof proxyConfigSchema>;

/** Parses and checks a configuration's text. CONFIG_INVALID with the line. */
export function parseProxyConfig(text: string, file: string): ProxyConfig {
  return parseConfigText(proxyConfigSchema, text, file);
}
