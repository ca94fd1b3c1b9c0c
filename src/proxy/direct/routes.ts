import { MedkitError } from "../../core/errors.ts";
import { matchPrefixPatterns, moduleName } from "../../module/index.ts";
import type { Upstream } from "../types.ts";
import type { PrivateConfig } from "./config.ts";
import type { DirectSettings } from "./types.ts";

/** Which way modules take, by patterns of their paths. */
export interface ModuleRoutes {
  /** Never asked at a proxy. */
  readonly direct: readonly string[];
  readonly noDatabase: readonly string[];
  /** Never fetched. */
  readonly stored: readonly string[];
}

/** GOPRIVATE, GONOPROXY and GONOSUMDB, comma-separated; undefined where unset. */
export interface GoPrivacy {
  readonly goprivate: string | undefined;
  readonly gonoproxy: string | undefined;
  readonly gonosumdb: string | undefined;
}

/** The configuration's patterns; where it has none, those of the host's Go settings, by Go's own rule for their defaults. */
export function moduleRoutes(config: PrivateConfig | undefined, host: GoPrivacy): ModuleRoutes {
  if (config !== undefined) {
    const { patterns = [], direct = patterns, noDatabase = patterns, stored = [] } = config;
    return { direct, noDatabase, stored };
  }
  const split = (text: string | undefined): readonly string[] | undefined =>
    text === undefined ? undefined : text.split(",").flatMap((each) => each.trim() || []);
  const goprivate = split(host.goprivate) ?? [];
  return {
    direct: split(host.gonoproxy) ?? goprivate,
    noDatabase: split(host.gonosumdb) ?? goprivate,
    stored: [],
  };
}

export function matchesAny(patterns: readonly string[], path: string): boolean {
  return matchPrefixPatterns(patterns.join(","), path);
}

/** An upstream that has nothing, and says why. */
function emptyUpstream(reason: string): Upstream {
  const refuse = async (module: string): Promise<never> => {
    throw new MedkitError("MODULE_UNAVAILABLE", { module, reasons: reason });
  };
  return {
    list: refuse,
    latest: refuse,
    info: (module) => refuse(moduleName(module)),
    mod: (module) => refuse(moduleName(module)),
    zip: (module) => refuse(moduleName(module)),
  };
}

/** An upstream that is another one for each module. */
function choosingUpstream(choose: (path: string) => Upstream): Upstream {
  return {
    list: (path) => choose(path).list(path),
    latest: (path) => choose(path).latest(path),
    info: (module) => choose(module.path).info(module),
    mod: (module) => choose(module.path).mod(module),
    zip: (module, target, options) => choose(module.path).zip(module, target, options),
  };
}

const onlyStored = emptyUpstream("the configuration says that it is never fetched (private.stored)");
const notAllowed = emptyUpstream("direct: not for this module (direct.patterns and direct.any of the configuration)");
export const switchedOff = emptyUpstream("off: GOPROXY ends here");

/** Sends private modules past the proxies of the list, so that their names reach nobody. */
export function routedUpstream(routes: ModuleRoutes, chain: Upstream, direct: Upstream = notAllowed): Upstream {
  const way = (path: string): Upstream => {
    if (matchesAny(routes.stored, path)) return onlyStored;
    return matchesAny(routes.direct, path) ? direct : chain;
  };
  return choosingUpstream(way);
}

/** A repository that nobody has named and that wants a login is not there for the public: some hosts ask for one before they say so. */
async function orAbsent<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof MedkitError) || error.code !== "DIRECT_LOGIN") throw error;
    const { module = "", reason = "" } = error.params;
    throw new MedkitError("MODULE_UNAVAILABLE", { module, reasons: `direct: ${reason}` });
  }
}

function publicUpstream(direct: Upstream): Upstream {
  return {
    list: (path) => orAbsent(direct.list(path)),
    latest: (path) => orAbsent(direct.latest(path)),
    info: (module) => orAbsent(direct.info(module)),
    mod: (module) => orAbsent(direct.mod(module)),
    zip: (module, target, options) => orAbsent(direct.zip(module, target, options)),
  };
}

/** What the list's `direct` stands for: repositories of the modules that may come from there, and nothing for the others. */
export function limitedUpstream(
  { patterns, any }: Pick<DirectSettings, "patterns" | "any">,
  direct: Upstream = notAllowed,
): Upstream {
  const forAll = any ? publicUpstream(direct) : notAllowed;
  return choosingUpstream((path) => (matchesAny(patterns, path) ? direct : forAll));
}
