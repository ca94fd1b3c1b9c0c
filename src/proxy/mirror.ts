import type { Ports } from "../core/ports.ts";
import { MedkitError } from "../core/errors.ts";
import { canonicalVersion, moduleName, type ModuleVersion } from "../module/index.ts";
import { Claims } from "./store/claims.ts";
import { Coalescer } from "./coalesce.ts";
import type { DatabaseMirror } from "./database-mirror.ts";
import { FreshAnswers } from "./fresh-answers.ts";
import {
  infoText,
  listText,
  storedLatest,
  storedPath,
  storedVersions,
  versionsFolder,
  writeIndexFiles,
} from "./store/index-files.ts";
import { readInfo } from "./store/info-file.ts";
import { ProvenFiles, writeInfo, type ProvenFile } from "./store/proven-files.ts";
import { databaseProver, firstUseProver } from "./trust/provers.ts";
import type { Prover, ProvenKind } from "./trust/types.ts";
import type { ObjectStore, Upstream } from "./types.ts";

export interface MirrorOptions {
  readonly clock: Ports["clock"];
  readonly store: ObjectStore;
  readonly database: DatabaseMirror;
  /** Undefined: nothing but what is stored is answered. */
  readonly upstream: Upstream | undefined;
  /** Modules about which the database is not asked; default: none. */
  readonly isPrivate?: (path: string) => boolean;
}

/** What a request allows. */
export interface Wish {
  /** False with `Disable-Module-Fetch: true`: upstream is not asked. */
  readonly mayFetch: boolean;
}

/** Modules as they are asked for, whoever stands before the store. */
export type Modules = Pick<ModuleMirror, "database" | "isPrivate" | "list" | "latest" | "info" | "file" | "distrust">;

/**
 * Answers from the store, and fills it from upstream. Nothing is stored or answered of a version before the checksum database (of a private one: its
 * first fetch) has proven its go.mod, and no zip before its own hash. Undefined stands for "not there". Else throws what the sources and the database throw, and
 * MODULE_MISMATCH or MODULE_CHANGED for bytes that are not the published ones.
 */
export class ModuleMirror {
  readonly database: DatabaseMirror;
  readonly isPrivate: (path: string) => boolean;
  readonly #store: ObjectStore;
  readonly #upstream: Upstream | undefined;
  readonly #proven: ProvenFiles;
  readonly #fresh: FreshAnswers;
  readonly #coalescer = new Coalescer();
  readonly #claims: Claims;
  /** The last writing of each module's index, so that they follow one another. */
  readonly #indexing = new Map<string, Promise<void>>();

  constructor({ clock, store, database, upstream, isPrivate = () => false }: MirrorOptions) {
    this.database = database;
    this.isPrivate = isPrivate;
    this.#store = store;
    this.#upstream = upstream;
    const published = databaseProver(database);
    const firstUse = firstUseProver(store, clock);
    const judge: Prover["judge"] = (kind, module) =>
      (isPrivate(module.path) ? firstUse : published).judge(kind, module);
    this.#proven = new ProvenFiles({ clock, store, prover: { judge } });
    this.#fresh = new FreshAnswers(clock);
    this.#claims = new Claims({ clock, store });
  }

  /** The tagged versions that upstream has, and those that are stored. */
  async list(path: string, wish: Wish): Promise<Buffer | undefined> {
    const stored = await storedVersions(this.#store, path);
    const key = `${versionsFolder(path)}list`;
    const listed = await this.#ask(key, wish, stored.length > 0, (upstream) => upstream.list(path));
    if (listed === undefined && stored.length === 0) return undefined;
    return Buffer.from(listText([...(listed ?? []), ...stored]));
  }

  async latest(path: string, wish: Wish): Promise<Buffer | undefined> {
    const stored = await storedLatest(this.#store, path);
    const info = await this.#ask(`${path}@latest`, wish, stored !== undefined, (upstream) => upstream.latest(path));
    return info === undefined ? stored : Buffer.from(infoText(info));
  }

  /** A version's `.info`. For a query (a branch, a commit) only upstream knows the version that it means. */
  async info(module: ModuleVersion, wish: Wish): Promise<Buffer | undefined> {
    if (canonicalVersion(module.version) !== module.version) {
      const info = await this.#ask(moduleName(module), wish, false, (upstream) => upstream.info(module));
      return info === undefined ? undefined : Buffer.from(infoText(info));
    }
    const path = storedPath(module, "info");
    const stored = await readInfo(this.#store, path, module.version);
    const upstream = this.#allowed(wish);
    if (stored === "damaged" && upstream === undefined)
      throw new MedkitError("STORE_DAMAGED", { count: 1, store: "modules", first: path });
    if (stored !== "damaged" && (stored !== undefined || upstream === undefined)) return stored;
    const read = async (): Promise<Buffer | undefined> => {
      const found = await readInfo(this.#store, path, module.version);
      return found === "damaged" ? undefined : found;
    };
    const fetch = async (): Promise<Buffer | undefined> => {
      const info = await upstream?.info(module);
      if (info === undefined || !(await this.#ensure("mod", module, wish))) return undefined;
      const bytes = Buffer.from(infoText(info));
      await writeInfo(this.#store, module, bytes);
      return bytes;
    };
    return await this.#coalescer.run(path, () => this.#claims.run(path, read, fetch));
  }

  /** A go.mod or a zip, open. The caller disposes of the file. */
  async file(kind: ProvenKind, module: ModuleVersion, wish: Wish): Promise<ProvenFile | undefined> {
    const stored = await this.#proven.open(kind, module);
    if (stored !== undefined) return stored;
    return (await this.#ensure(kind, module, wish)) ? await this.#proven.open(kind, module) : undefined;
  }

  /** A file's bytes were found to be others than those of its proof: it is proven anew, or fetched anew, before it is served again. */
  async distrust(kind: ProvenKind, module: ModuleVersion): Promise<void> {
    await this.#store.remove(`${storedPath(module, kind)}.proof`);
  }

  /** Whether the file is in the store, proven, when this resolves. */
  async #ensure(kind: ProvenKind, module: ModuleVersion, wish: Wish): Promise<boolean> {
    const path = storedPath(module, kind);
    return await this.#coalescer.run(`${wish.mayFetch} ${path}`, async () => {
      const isThere = async (): Promise<true | undefined> => {
        const open = await this.#proven.open(kind, module);
        await open?.file[Symbol.asyncDispose]();
        return open === undefined ? undefined : true;
      };
      const upstream = this.#allowed(wish);
      if (await isThere()) return true;
      if (upstream === undefined) return await this.#complete(kind, module, wish, undefined);
      return await this.#claims.run(path, isThere, () => this.#complete(kind, module, wish, upstream));
    });
  }

  /** Proves what lies there, or fetches it. */
  async #complete(
    kind: ProvenKind,
    module: ModuleVersion,
    wish: Wish,
    upstream: Upstream | undefined,
  ): Promise<boolean> {
    const done =
      (await this.#proven.adopt(kind, module)) ||
      (upstream !== undefined && (await this.#proven.fetch(kind, module, upstream)));
    // A zip makes its version one that can be chosen: it needs the two small files, and its line in the list.
    if (done && kind === "zip") {
      await this.#ensure("mod", module, wish);
      await this.info(module, wish);
      await this.#index(module.path);
    }
    return done;
  }

  #allowed(wish: Wish): Upstream | undefined {
    return wish.mayFetch ? this.#upstream : undefined;
  }

  /** Asks upstream what can change. Where it fails and something is stored, that has to do. */
  async #ask<Answer>(
    key: string,
    wish: Wish,
    orStored: boolean,
    ask: (upstream: Upstream) => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const upstream = this.#allowed(wish);
    if (upstream === undefined) return undefined;
    try {
      return await this.#coalescer.run(key, () => this.#fresh.get(key, () => ask(upstream)));
    } catch (error) {
      if (orStored && error instanceof MedkitError) return undefined;
      throw error;
    }
  }

  async #index(path: string): Promise<void> {
    const last = this.#indexing.get(path) ?? Promise.resolve();
    const next = last.catch(() => undefined).then(() => writeIndexFiles(this.#store, path));
    this.#indexing.set(path, next);
    try {
      await next;
    } finally {
      if (this.#indexing.get(path) === next) this.#indexing.delete(path);
    }
  }
}
