import type { ModuleVersion } from "../../module/index.ts";
import type { FileProof, ObjectStore } from "../types.ts";
import { plainPath, plainVersion } from "./plain-names.ts";
import { parseProof } from "./proven-files.ts";

/** What the store holds of a version. */
export interface StoredVersion extends ModuleVersion {
  /** Proofs of its go.mod and its zip, where they are there and whole. */
  readonly mod: FileProof | undefined;
  readonly zip: FileProof | undefined;
  /** Names of its files, below the module's `@v/`: `v1.0.0.zip`, `v1.0.0.zip.proof`… */
  readonly files: ReadonlySet<string>;
}

export interface Inventory {
  /** In the order of their folders. */
  readonly versions: readonly StoredVersion[];
  /** Modules with a `list` or an `@latest`, by path. */
  readonly indexed: ReadonlySet<string>;
  /** Files that no module has. */
  readonly extra: readonly string[];
}

/** Folders of the store's root that hold no modules. Those that begin with a dot are not for clients: scratch files, the ledger of use. */
const otherFolders = new Set(["sumdb", "vulndb"]);

/** Endings of a version's files. */
const fileName = /^(.+?)\.(?:(?:mod|zip|info)(?:\.proof)?)$/;

/** Proofs that were read before, by path: they change only with their file. */
export type ProofMemory = Map<string, FileProof>;

/** Walks the store. Nothing is hashed; what a proof says is taken for what is stored. */
export async function readInventory(store: ObjectStore, memory: ProofMemory = new Map()): Promise<Inventory> {
  const walk = new Walk(store, memory);
  await walk.folder("");
  return walk;
}

class Walk implements Inventory {
  readonly versions: StoredVersion[] = [];
  readonly indexed = new Set<string>();
  readonly extra: string[] = [];
  readonly #store: ObjectStore;
  readonly #memory: ProofMemory;

  constructor(store: ObjectStore, memory: ProofMemory) {
    this.#store = store;
    this.#memory = memory;
  }

  /** `at` is the folder's path with a slash at its end. Gives whether there is anything in it. */
  async folder(at: string): Promise<boolean> {
    const names = await this.#store.names(at);
    for (const name of [...names].toSorted()) {
      if (at === "" && (name.startsWith(".") || otherFolders.has(name))) continue;
      const module = plainPath(at.slice(0, -1));
      if (name === "@v" && module !== undefined) await this.#versions(module, `${at}@v/`);
      else if (name === "@latest" && module !== undefined) this.indexed.add(module);
      else if (!(await this.folder(`${at}${name}/`))) await this.#stray(`${at}${name}`);
    }
    return names.length > 0;
  }

  /** Folders that are left empty are nobody's trouble. */
  async #stray(path: string): Promise<void> {
    const file = await this.#store.open(path);
    if (file === undefined) return;
    await file[Symbol.asyncDispose]();
    this.extra.push(path);
  }

  async #versions(module: string, at: string): Promise<void> {
    const files = new Map<string, Set<string>>();
    for (const name of await this.#store.names(at)) {
      if (name === "list") {
        this.indexed.add(module);
        continue;
      }
      const escaped = fileName.exec(name)?.[1];
      const version = escaped === undefined ? undefined : plainVersion(escaped);
      if (version === undefined) this.extra.push(`${at}${name}`);
      else files.set(version, (files.get(version) ?? new Set()).add(name));
    }
    for (const [version, names] of files) {
      const proofOf = async (ending: string): Promise<FileProof | undefined> => {
        const name = [...names].find((each) => each.endsWith(`.${ending}.proof`));
        return name === undefined ? undefined : await this.#proof(at + name);
      };
      const [mod, zip] = [await proofOf("mod"), await proofOf("zip")];
      this.versions.push({ path: module, version, mod, zip, files: names });
    }
  }

  async #proof(path: string): Promise<FileProof | undefined> {
    const known = this.#memory.get(path);
    if (known !== undefined) return known;
    const proof = parseProof(await this.#store.read(path));
    if (proof !== undefined) this.#memory.set(path, proof);
    return proof;
  }
}
