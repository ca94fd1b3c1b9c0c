import { constants } from "node:fs";
import { copyFile, readFile, rename, rm, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fromSystemError, MedkitError, systemCode } from "../core/errors.ts";
import { parseProxyList, redactUrl, type ProxyEntry } from "./goproxy-list.ts";
import { SourceRefusal } from "./http-answer.ts";
import { HttpGetter, type DownloadOptions, type TransferOptions, type TransferPorts } from "./http-get.ts";
import { listedVersions, newestPseudoVersion } from "./latest-version.ts";
import { escapePath, escapeVersion } from "./module-path.ts";
import { MODULE_ZIP_LIMITS } from "./module-zip.ts";
import { canonicalVersion, isSemver } from "./semver.ts";
import { moduleName, type ModuleInfo, type ModuleVersion } from "./types.ts";

export interface ProxyOptions extends TransferOptions {
  /** Bytes of a small answer (list, info, go.mod, lookup, tile) at most; default 16 MiB. */
  readonly maxSmall?: number;
  /** Bytes of a module zip at most; default cmd/go's 500 MiB. */
  readonly maxZip?: number;
}

export interface ZipOptions extends Omit<DownloadOptions, "immutable"> {
  /** Sources, as {@link ProxyClient.sources} gives them, that are not asked. */
  readonly avoid?: ReadonlySet<string>;
}

export interface ZipFetched {
  /** The source that gave it, without credentials. */
  readonly from: string;
  /** Of parts, or with octets of an earlier command: where it is not the published file, it is worth fetching `whole`. */
  readonly isPutTogether: boolean;
}

/** What an entry of the list answered: the thing, or why not. */
type Attempt<Result> = (base: string) => Promise<Result>;

/**
 * Reads the GOPROXY protocol from a list of sources, with cmd/go's rules for which one is asked next. `direct` needs the version control
 * of each module and is not a source here; that it would have been asked is said in the reasons.
 */
export class ProxyClient {
  readonly #entries: readonly ProxyEntry[];
  readonly #http: HttpGetter;
  readonly #options: ProxyOptions;

  constructor(ports: TransferPorts, list: string | readonly ProxyEntry[], options: ProxyOptions = {}) {
    this.#entries = typeof list === "string" ? parseProxyList(list) : list;
    this.#http = new HttpGetter(ports, options);
    this.#options = options;
  }

  /** Where modules come from, for people: no credentials. */
  get sources(): readonly string[] {
    return this.#entries.map((entry) => redactUrl(entry.url));
  }

  /** A small file below the proxy's root (`.info`, `.mod`, a lookup, a tile); undefined where every source says that it is not there. */
  async read(path: string): Promise<Buffer | undefined> {
    return await this.#each(path, [], (base) => this.#readFrom(base, path));
  }

  /** The same, but absence too is MODULE_UNAVAILABLE, with each source's status and the first line of what it said. */
  async readOrRefuse(path: string): Promise<Buffer> {
    const reasons: string[] = [];
    const found = await this.#each(path, reasons, (base) => this.#readFrom(base, path));
    if (found === undefined) throw new MedkitError("MODULE_UNAVAILABLE", { module: path, reasons: reasons.join("; ") });
    return found;
  }

  /** The tagged versions that a module has, sorted; none where no source knows it. */
  async list(path: string): Promise<string[]> {
    const text = await this.#text(`${escapePath(path)}/@v/list`);
    return text === undefined ? [] : listedVersions(text);
  }

  /**
   * What a source calls the newest version, else the newest pseudo-version that it lists; undefined where there is none.
   * cmd/go asks for it only where no version is tagged.
   */
  async latest(path: string): Promise<ModuleInfo | undefined> {
    const info = await this.#info(`${escapePath(path)}/@latest`, path);
    if (info !== undefined) return info;
    const listed = (await this.#text(`${escapePath(path)}/@v/list`))?.split(/\s+/) ?? [];
    const version = newestPseudoVersion(listed);
    return version === undefined ? undefined : ((await this.info({ path, version })) ?? { version, time: undefined });
  }

  /** A version's `.info`; `version` may be a query such as a branch, which the source resolves. */
  async info(module: ModuleVersion): Promise<ModuleInfo | undefined> {
    const info = await this.#info(`${escapePath(module.path)}/@v/${escapeVersion(module.version)}.info`, module.path);
    if (info !== undefined && canonicalVersion(module.version) === module.version && info.version !== module.version) {
      throw invalid(moduleName(module), `it is of version ${info.version}`);
    }
    return info;
  }

  /** A version's go.mod, as bytes: its hash is over them. */
  async mod(module: ModuleVersion): Promise<Buffer | undefined> {
    return await this.read(`${escapePath(module.path)}/@v/${escapeVersion(module.version)}.mod`);
  }

  /**
   * A module's zip into a file, which appears whole or not at all. Says which source gave it. Nothing of it is verified yet.
   * Throws MODULE_UNAVAILABLE with each source's reason.
   */
  async downloadZip(
    module: ModuleVersion,
    target: string,
    { avoid, ...options }: ZipOptions = {},
  ): Promise<ZipFetched> {
    const path = `${escapePath(module.path)}/@v/${escapeVersion(module.version)}.zip`;
    const part = `${target}.part`;
    const limit = this.#options.maxZip ?? MODULE_ZIP_LIMITS.maxFile;
    const reasons: string[] = [];
    let isPutTogether = false;
    try {
      const from = await this.#each(moduleName(module), reasons, async (base) => {
        if (avoid?.has(redactUrl(base)) === true)
          throw new SourceRefusal("left out: what it gave was not the published file", 404);
        await rm(part, { force: true });
        if (base.startsWith("file:")) await copyLocal(`${base}/${path}`, part, limit);
        else {
          const got = await this.#http.download(`${base}/${path}`, part, limit, { ...options, immutable: true });
          isPutTogether = got.resumed > 0 || got.parts > 0;
        }
        return redactUrl(base);
      });
      if (from === undefined)
        throw new MedkitError("MODULE_UNAVAILABLE", { module: moduleName(module), reasons: reasons.join("; ") });
      await rename(part, target);
      return { from, isPutTogether };
    } catch (error) {
      await rm(part, { force: true });
      throw error instanceof MedkitError ? error : fromSystemError(error, target);
    }
  }

  /** The first entry that has a path, by the list's rules; undefined where none has. */
  async entryWith(path: string): Promise<ProxyEntry | undefined> {
    return await this.#each(path, [], async (base) => {
      await this.#readFrom(base, path);
      return this.#entries.find((entry) => entry.url === base);
    });
  }

  async #readFrom(base: string, path: string): Promise<Buffer> {
    const limit = this.#options.maxSmall ?? 16 * 1024 * 1024;
    return base.startsWith("file:")
      ? await readLocal(`${base}/${path}`, limit)
      : await this.#http.get(`${base}/${path}`, limit);
  }

  async #text(path: string): Promise<string | undefined> {
    const bytes = await this.read(path);
    if (bytes === undefined) return undefined;
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw invalid(path, "it is not valid UTF-8");
    }
  }

  async #info(path: string, module: string): Promise<ModuleInfo | undefined> {
    const text = await this.#text(path);
    if (text === undefined) return undefined;
    const value = parseJson(text);
    const version = field(value, "Version");
    if (version === undefined || !isSemver(version)) throw invalid(module, "it names no version");
    return { version, time: field(value, "Time") };
  }

  /** Asks one entry after the other. Undefined where all say "not there"; otherwise the decisive failure is thrown. */
  async #each<Result>(what: string, reasons: string[], attempt: Attempt<Result>): Promise<Result | undefined> {
    let decisive: SourceRefusal | undefined;
    for (const entry of this.#entries) {
      if (entry.url === "off" || entry.url === "direct") {
        reasons.push(entry.url === "off" ? "off: GOPROXY ends here" : "direct: version control is not asked here");
        break;
      }
      try {
        return await attempt(entry.url);
      } catch (error) {
        if (!(error instanceof SourceRefusal)) throw error;
        reasons.push(`${redactUrl(entry.url)}: ${error.message}`);
        if (error.isAbsent) continue;
        decisive = error;
        if (entry.fallOn === "absent") break;
      }
    }
    if (decisive === undefined) return undefined;
    if (decisive.error !== undefined) throw decisive.error;
    throw new MedkitError("MODULE_UNAVAILABLE", { module: what, reasons: reasons.join("; ") }, { cause: decisive });
  }
}

async function readLocal(url: string, limit: number): Promise<Buffer> {
  const path = fileURLToPath(url);
  await checkLocal(path, limit);
  return await readFile(path);
}

async function copyLocal(url: string, target: string, limit: number): Promise<void> {
  const path = fileURLToPath(url);
  await checkLocal(path, limit);
  await copyFile(path, target, constants.COPYFILE_FICLONE);
}

async function checkLocal(path: string, limit: number): Promise<void> {
  try {
    const { size } = await stat(path);
    if (size <= limit) return;
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (["ENOENT", "ENOTDIR"].includes(code)) throw new SourceRefusal("no such file", 404);
    throw new SourceRefusal(code, undefined);
  }
  const error = new MedkitError("PROXY_TOO_BIG", { url: path, limit });
  throw new SourceRefusal(error.message, undefined, error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  return typeof found === "string" ? found : undefined;
}

function invalid(what: string, problem: string): MedkitError {
  return new MedkitError("PROXY_ANSWER_INVALID", { what, problem });
}
