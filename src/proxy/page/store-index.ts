import { setImmediate as breathe } from "node:timers/promises";
import { sortVersions } from "../../module/index.ts";
import { parseProof } from "../store/proven-files.ts";
import { versionsFolder } from "../store/index-files.ts";
import { plainPath, plainVersion } from "../store/plain-names.ts";
import type { AccessRecord, ObjectStore } from "../types.ts";
import type { IndexedModule, IndexedVersion, VersionFacts } from "./types.ts";

/** Proofs that are read at once. */
const atOnce = 16;

/**
 * What lies in a store, kept in memory for the overview: read by a walk in the background, and again a module at a time where a request shows that it
 * has changed. A replica sees so what another one stored; a walk now and then finds the rest.
 */
export class StoreIndex {
  readonly #store: ObjectStore;
  #modules = new Map<string, IndexedModule>();
  #walked = false;
  /** One text for each name, however many versions it proves. */
  readonly #words = new Map<string, string>();
  readonly #pending = new Map<string, Promise<void>>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** Whether the whole store has been walked once. */
  get isWhole(): boolean {
    return this.#walked;
  }

  get modules(): Iterable<IndexedModule> {
    return this.#modules.values();
  }

  get totals(): { readonly modules: number; readonly versions: number; readonly octets: number } {
    let [versions, octets] = [0, 0];
    for (const module of this.#modules.values()) {
      versions += module.versions.length;
      octets += module.size;
    }
    return { modules: this.#modules.size, versions, octets };
  }

  /** Walks the store. What is found shows at once; what is there no longer goes at the end. */
  async walk(signal: AbortSignal): Promise<void> {
    const found = new Set<string>();
    const open = [""];
    for (let folder = open.pop(); folder !== undefined && !signal.aborted; folder = open.pop()) {
      for (const name of await this.#store.names(folder === "" ? "" : `${folder}/`)) {
        if (name === "@v") {
          const path = plainPath(folder);
          if (path === undefined) continue;
          await this.refresh(path);
          found.add(path);
          await breathe();
        } else if (isFolderName(name, folder)) open.push(folder === "" ? name : `${folder}/${name}`);
      }
    }
    if (signal.aborted) return;
    for (const path of this.#modules.keys()) if (!found.has(path)) this.#modules.delete(path);
    this.#walked = true;
  }

  /** Notices that a version was served which is not known here. */
  note({ kind, module, version, status }: AccessRecord): void {
    if (module === undefined || version === undefined || status >= 300 || kind !== "zip") return;
    if (this.#modules.get(module)?.versions.some((each) => each.version === version) === true) return;
    void this.refresh(module).catch(() => undefined);
  }

  /** Reads a module's folder again. */
  async refresh(path: string): Promise<void> {
    const running = this.#pending.get(path);
    if (running !== undefined) return await running;
    const work = this.#read(path).finally(() => this.#pending.delete(path));
    this.#pending.set(path, work);
    return await work;
  }

  async #read(path: string): Promise<void> {
    const versions: IndexedVersion[] = [];
    for (const { version, size, storedAt, proven } of await this.details(path))
      versions.push({
        version,
        size,
        storedAt: Date.parse(storedAt) || 0,
        by: this.#word(proven.replace(/#.*$/s, "")),
      });
    if (versions.length === 0) {
      this.#modules.delete(path);
      return;
    }
    this.#modules.set(path, {
      path,
      versions,
      size: versions.reduce((sum, each) => sum + each.size, 0),
      storedAt: Math.max(...versions.map((each) => each.storedAt)),
    });
  }

  #word(text: string): string {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    if (this.#words.size < 1_000) this.#words.set(text, text);
    return text;
  }

  /** The stored versions of a module as their proofs tell of them now, in Go's order. */
  async details(path: string): Promise<readonly VersionFacts[]> {
    const folder = versionsFolder(path);
    const names = (await this.#store.names(folder)).filter((name) => name.endsWith(".zip.proof"));
    const found = new Map<string, VersionFacts>();
    for (let at = 0; at < names.length; at += atOnce)
      await Promise.all(
        names.slice(at, at + atOnce).map(async (name) => {
          const version = plainVersion(name.slice(0, -".zip.proof".length));
          const proof = version === undefined ? undefined : parseProof(await this.#store.read(folder + name));
          if (version === undefined || proof === undefined) return;
          const { size, h1, sha256, proven, source, storedAt } = proof;
          found.set(version, { path, version, size, h1, sha256, proven, source, storedAt });
        }),
      );
    return sortVersions([...found.keys()]).flatMap((version) => found.get(version) ?? []);
  }
}

/** Names that begin with a dot or `@` are ours, and no module's path begins with `sumdb`'s folder. */
function isFolderName(name: string, folder: string): boolean {
  if (name.startsWith(".") || name.startsWith("@")) return false;
  return !(folder === "" && (name === "sumdb" || name === "vulndb"));
}
