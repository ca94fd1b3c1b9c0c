import { z } from "zod";
import { parseDuration } from "../../core/duration.ts";

/** Go's patterns of module paths, as in GOPRIVATE: globs that match a prefix of the path. */
const patterns = z.array(
  z
    .string()
    .regex(/^[^,\s]+$/, "one pattern an entry, without commas and blanks")
    // matchPrefixPatterns takes a malformed one for none, and a private name would leak.
    .refine((text) => isGlob(text), "not a pattern as path.Match has it"),
);

function isGlob(text: string): boolean {
  return /^(?:\[\^?(?:\\.|[^\\\]])+\]|\\.|[^\\[\]])+$/.test(text);
}

const duration = z
  .string()
  .refine((text) => (parseDuration(text) ?? 0) >= 1_000, "a duration of at least 1s, as in 5m");

/** How modules come out of repositories. */
export const directConfigSchema = z.strictObject({
  /** Where the upstream list says `direct`: modules for which that is done. Default: none. */
  patterns: patterns.optional(),
  /** Hosts of repositories, `HOST` or `HOST:PORT`, besides the first elements of all patterns. */
  hosts: z.array(z.string().regex(/^[^\s/@,]+$/, "HOST or HOST:PORT")).optional(),
  /** Every module, from every public host. */
  any: z.boolean().optional(),
  /** Logins by host, relative to this file. Default: the host's, as for the upstream proxies. */
  netrc: z.string().min(1).optional(),
  /** A git configuration (credential helpers, insteadOf), relative to this file. Default: none. */
  gitConfig: z.string().min(1).optional(),
  /** GOAUTH, as Go has it. Default: netrc. */
  goauth: z.string().min(1).optional(),
  /** Fetches at once; default 4. */
  jobs: z.int().min(1).max(64).optional(),
  /** For one fetch; default 5m. */
  timeout: duration.optional(),
  /** Octets that one fetch may receive; default 1 GiB. */
  limit: z.int().min(1_024).optional(),
});

/** Modules that are nobody else's business. Where this is missing GOPRIVATE, GONOPROXY and GONOSUMDB of the host say it. */
export const privateConfigSchema = z.strictObject({
  /** Default of the next two, as GOPRIVATE is. */
  patterns: patterns.optional(),
  /** Never asked at a proxy, but fetched from their repositories: GONOPROXY. */
  direct: patterns.optional(),
  /** Never asked at the checksum database: GONOSUMDB. */
  noDatabase: patterns.optional(),
  /** Never fetched from anywhere: only what is stored is answered. */
  stored: patterns.optional(),
});

export type PrivateConfig = z.infer<typeof privateConfigSchema>;
