import { exemptPatterns, matchPrefixPatterns, parseGosumdb, proxyListOrNothing, redactUrl } from "../module/index.ts";
import { MedkitError } from "../core/errors.ts";
import type { ResolvedImport } from "./packages.ts";
import type { Evidence, Facts } from "./types.ts";

/** Who would be asked for a module, and who would vouch for it. */
export interface ModuleSource {
  readonly path: string;
  readonly version: string;
  /** Whether it lies in the module cache: then nobody is asked for it. */
  readonly isCached: boolean;
  readonly proxies: readonly {
    /** Without credentials; `direct`, or `off`. */
    readonly url: string;
    /** What makes go ask the next one: only that the module is absent (404, 410), or any failure. */
    readonly fallOn: "absent" | "any";
  }[];
  readonly proxyEvidence: Evidence;
  /** Whether a direct fetch may go without TLS. */
  readonly isInsecure: boolean;
  /** `go.sum`: its line decides, and no database is asked. `exempt`: the settings keep go from asking. */
  readonly proof: "go.sum" | "database" | "exempt" | "off" | "invalid";
  /** Name of the database. */
  readonly database: string | undefined;
  readonly proofEvidence: Evidence;
}

function databaseName(gosumdb: string): string | undefined {
  try {
    const setting = parseGosumdb(gosumdb);
    return setting.kind === "off" ? undefined : setting.verifier.name;
  } catch (error) {
    if (error instanceof MedkitError) return undefined;
    throw error;
  }
}

/** By the settings, whom the go command would ask for each module of an answer (cmd/go/internal/modfetch: proxy.go, sumdb.go). Pure. */
export function moduleSources(
  { settings, flags }: Facts,
  imports: readonly ResolvedImport[],
  sumFile: string,
): readonly ModuleSource[] {
  const { GOPROXY, GONOPROXY, GOSUMDB, GONOSUMDB, GOPRIVATE, GOINSECURE } = settings;
  const list = proxyListOrNothing(GOPROXY.value) ?? [];
  const exempt = exemptPatterns({
    gosumdb: GOSUMDB.value,
    gonosumdb: GONOSUMDB.value,
    goprivate: GOPRIVATE.value,
    goflags: flags,
  });
  const name = databaseName(GOSUMDB.value);
  const sources = new Map<string, ModuleSource>();
  for (const each of imports) {
    const { module, origin, hasSum } = each;
    if (module === undefined || !["cache", "download", "none"].includes(origin)) continue;
    const { path, version } = module.replacement ?? module;
    if (version === "") continue;
    const key = `${path}@${version}`;
    const isPrivate = matchPrefixPatterns(GONOPROXY.value, path);
    const [proof, proofEvidence]: [ModuleSource["proof"], Evidence] =
      hasSum === true
        ? ["go.sum", { where: sumFile }]
        : GOSUMDB.value === "off"
          ? ["off", GOSUMDB.evidence]
          : matchPrefixPatterns(exempt, path)
            ? ["exempt", GONOSUMDB.evidence]
            : [name === undefined ? "invalid" : "database", GOSUMDB.evidence];
    sources.set(key, {
      path,
      version,
      isCached: origin === "cache",
      proxies: isPrivate ? [{ url: "direct", fallOn: "absent" }] : list.map(({ url, fallOn }) => ({ url: redactUrl(url), fallOn })), // prettier-ignore
      proxyEvidence: isPrivate ? GONOPROXY.evidence : GOPROXY.evidence,
      isInsecure: matchPrefixPatterns(GOINSECURE.value, path),
      proof,
      database: proof === "database" ? name : undefined,
      proofEvidence,
    });
  }
  return [...sources.values()];
}
