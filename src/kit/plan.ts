import { MedkitError } from "../core/errors.ts";
import {
  compareGoVersions,
  goLanguage,
  parseGoVersion,
  parsePlatform,
  platformText,
  type Platform,
} from "../core/go-version.ts";
import { configPath, type KitConfig } from "./config.ts";
import { kitDatabase } from "./database-key.ts";
import type { KitPlan, KitToolchain, ModuleSet, NamedModule } from "./types.ts";

/** What the plan needs to know of the world. */
export interface PlanFacts {
  /** Absolute path of the configuration. */
  readonly configFile: string;
  /** The GOPROXY list in force. */
  readonly goproxy: string;
  readonly host: Platform;
  /** Narrows the kit to these platforms; undefined: all of the configuration. */
  readonly platforms: readonly string[] | undefined;
}

function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new MedkitError("UNEXPECTED", { detail: "a value that the schema guarantees is absent" });
  return value;
}

function chooseToolchains(config: KitConfig, wanted: readonly string[] | undefined): readonly KitToolchain[] {
  const chosen: KitToolchain[] = [];
  for (const { version, platforms } of config.toolchains) {
    for (const text of platforms) {
      if (wanted !== undefined && !wanted.includes(text)) continue;
      chosen.push({ version: version.replace(/^go/, ""), platform: required(parsePlatform(text)) });
    }
  }
  return chosen.toSorted((a, b) => {
    const order = compareGoVersions(required(parseGoVersion(a.version)), required(parseGoVersion(b.version)));
    return order !== 0 ? order : platformText(a.platform) < platformText(b.platform) ? -1 : 1;
  });
}

function namedModules(config: KitConfig, language: string): readonly NamedModule[] {
  const named: NamedModule[] = [];
  for (const entry of config.modules) {
    if ("gomod" in entry) continue;
    const version = "version" in entry ? entry.version : entry.versions[language];
    if (version !== undefined) named.push({ path: entry.module, version });
  }
  return named;
}

/** Computes what a kit of this configuration holds. Throws where the configuration and the wish leave nothing to do, or contradict each other. */
export function planKit(config: KitConfig, facts: PlanFacts): KitPlan {
  kitDatabase(config.sumdb);
  const toolchains = chooseToolchains(config, facts.platforms);
  if (toolchains.length === 0) {
    const known = [...new Set(config.toolchains.flatMap((entry) => entry.platforms))].join(", ");
    throw new MedkitError("KIT_NO_TOOLCHAIN", { wanted: facts.platforms?.join(", ") ?? "", known });
  }
  const seen = new Set<string>();
  for (const { version, platform } of toolchains) {
    const key = `go${version} ${platformText(platform)}`;
    if (seen.has(key))
      throw new MedkitError("CONFIG_INVALID", {
        file: facts.configFile,
        line: 1,
        problem: `toolchains: ${key} is named twice`,
      });
    seen.add(key);
  }
  const mainModules = config.modules
    .filter((entry) => "gomod" in entry)
    .map((entry) => configPath(facts.configFile, entry.gomod).replace(/\/go\.mod$/, ""));
  const versions = [...new Set(toolchains.map((toolchain) => toolchain.version))];
  const moduleSets = versions.map((goVersion): ModuleSet => ({
    goVersion,
    modules: namedModules(config, goLanguage(required(parseGoVersion(goVersion)))),
    mainModules,
    warm: config.warm.map((folder) => configPath(facts.configFile, folder)),
    platforms: toolchains.filter((toolchain) => toolchain.version === goVersion).map((toolchain) => toolchain.platform),
  }));
  return {
    name: config.name,
    version: config.version,
    archive: `${config.name}-v${config.version}.tgz`,
    toolchains,
    moduleSets,
    sources: config.sources,
    local: config.local.map((path) => configPath(facts.configFile, path)),
    download: config.download.replace(/\/+$/, ""),
    goproxy: config.goproxy ?? facts.goproxy,
    sumdb: config.sumdb,
    private: config.private,
    tests: config.tests,
    cache: config.cache,
    host: facts.host,
  };
}
