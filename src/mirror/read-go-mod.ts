import { join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { moduleName, parseGoMod, type GoMod, type ModuleVersion } from "../module/index.ts";
import { openProven, type Modules, type ObjectStore, type Upstream } from "../proxy/index.ts";
import type { GoModReader } from "./module-graph.ts";
import type { Trouble } from "./types.ts";

/** Gives the bytes of a version's go.mod; undefined where no source has it. Throws what the sources and the database throw. */
export type FetchGoMod = (module: ModuleVersion) => Promise<Buffer | undefined>;

/** Through the mirror: what is read is proven, and stored. */
export function throughMirror(mirror: Modules): FetchGoMod {
  return async (module) => {
    const found = await mirror.file("mod", module, { mayFetch: true });
    if (found === undefined) return undefined;
    try {
      return await found.file.bytes();
    } finally {
      await found.file[Symbol.asyncDispose]();
    }
  };
}

/** For a plan that changes nothing: what is not stored is asked for, and only looked at. */
export function withoutStoring(store: ObjectStore, upstream: Upstream | undefined): FetchGoMod {
  return async (module) => {
    const found = await openProven(store, "mod", module);
    if (found === undefined) return (await upstream?.mod(module))?.bytes;
    try {
      return await found.file.bytes();
    } finally {
      await found.file[Symbol.asyncDispose]();
    }
  };
}

/** Reads each go.mod once. What cannot be had is noted in `troubles`, and the graph goes on without it. */
export class GoModFiles implements GoModReader {
  readonly troubles = new Map<string, Trouble>();
  readonly #fetch: FetchGoMod;
  readonly #signal: AbortSignal;
  readonly #onRead: (count: number) => void;
  readonly #read = new Map<string, Promise<GoMod | undefined>>();

  constructor(fetch: FetchGoMod, signal: AbortSignal, onRead: (count: number) => void = () => undefined) {
    this.#fetch = fetch;
    this.#signal = signal;
    this.#onRead = onRead;
  }

  version(module: ModuleVersion): Promise<GoMod | undefined> {
    return this.#once(moduleName(module), async (name) => {
      const bytes = await this.#fetch(module);
      if (bytes === undefined)
        throw new MedkitError("MODULE_UNAVAILABLE", { module: name, reasons: "no source has its go.mod" });
      return parseGoMod(bytes.toString("utf8"), { file: `${name}/go.mod` });
    });
  }

  folder(path: string): Promise<GoMod | undefined> {
    return this.#once(path, async () => {
      const file = join(path, "go.mod");
      const text = await readRegularFile(file);
      if (text === undefined) throw new MedkitError("GO_MOD_NOT_FOUND", { path: file });
      return parseGoMod(text, { file });
    });
  }

  #once(name: string, read: (name: string) => Promise<GoMod>): Promise<GoMod | undefined> {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const reading = (async () => {
      try {
        return await read(name);
      } catch (error) {
        this.#signal.throwIfAborted();
        this.troubles.set(name, troubleOf(name, error));
        return undefined;
      } finally {
        this.#onRead(this.#read.size);
      }
    })();
    this.#read.set(name, reading);
    return reading;
  }
}

/** Tells of a failure that concerns one module only; anything else is thrown on. */
export function troubleOf(subject: string, error: unknown): Trouble {
  if (!(error instanceof MedkitError) || error.exit === 6) throw error;
  const { code, params } = error;
  const reason = params["reasons"] ?? params["problem"] ?? params["rule"] ?? params["url"] ?? "";
  return { subject, code, reason: String(reason) };
}
