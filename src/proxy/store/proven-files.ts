import { createWriteStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { sha256File, sha256Hex } from "../../core/digest.ts";
import { MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { hashGoMod, hashModuleZip, type ModuleVersion } from "../../module/index.ts";
import { storedPath } from "./index-files.ts";
import { sealed } from "./seal.ts";
import type { Prover, ProvenKind } from "../trust/types.ts";
import type { FileProof, ObjectStore, StoredFile, Upstream } from "../types.ts";

/** A stored file with what its proof says of it. */
export interface ProvenFile {
  readonly file: StoredFile;
  readonly proof: FileProof;
}

export interface ProvenFilesOptions {
  readonly clock: Pick<Ports["clock"], "now">;
  readonly store: ObjectStore;
  readonly prover: Prover;
}

/** Opens what is stored and proven. Undefined where it is not there, without a proof, or other than it was proven. */
export async function openProven(
  store: ObjectStore,
  kind: ProvenKind,
  module: ModuleVersion,
): Promise<ProvenFile | undefined> {
  const path = storedPath(module, kind);
  // Side by side: on the way of every first request it is one wait less.
  const [read, opened] = await Promise.allSettled([store.read(`${path}.proof`), store.open(path)]);
  if (opened.status === "rejected") throw opened.reason;
  const file = opened.value;
  if (file === undefined) return undefined;
  if (read.status === "rejected") {
    await file[Symbol.asyncDispose]();
    throw read.reason;
  }
  const proof = parseProof(read.value);
  if (proof?.size === file.size && (file.sha256 === undefined || file.sha256 === proof.sha256)) return { file, proof };
  await file[Symbol.asyncDispose]();
  return undefined;
}

/**
 * Files whose hash was proven. A file gets its name in the store after that, and its proof after the file: what a kill leaves
 * behind has no proof, and is proven anew before it is served.
 */
export class ProvenFiles {
  readonly #options: ProvenFilesOptions;

  constructor(options: ProvenFilesOptions) {
    this.#options = options;
  }

  /** Opens what is stored. Undefined where it is not there, without a proof, or other than it was proven. */
  async open(kind: ProvenKind, module: ModuleVersion): Promise<ProvenFile | undefined> {
    return await openProven(this.#options.store, kind, module);
  }

  /** Proves a file that lies in the store without a proof: copied in by hand, or left by a kill. One that is not the published one is removed. */
  async adopt(kind: ProvenKind, module: ModuleVersion): Promise<boolean> {
    const { store } = this.#options;
    const path = storedPath(module, kind);
    const found = await store.open(path);
    if (found === undefined) return false;
    try {
      await this.#put(kind, module, async (scratch) => {
        await pipeline(found.stream(0, found.size), createWriteStream(scratch, { flags: "wx" }));
        return "found in the store";
      });
      return true;
    } catch (error) {
      if (!isWrongFile(error)) throw error;
      await store.remove(`${path}.proof`);
      await store.remove(path);
      return false;
    }
  }

  /** Fetches a file from upstream. False where upstream says that it is not there. */
  async fetch(kind: ProvenKind, module: ModuleVersion, upstream: Upstream): Promise<boolean> {
    if (kind === "zip") {
      await this.#fetchZip(module, upstream);
      return true;
    }
    const found = await upstream.mod(module);
    if (found === undefined) return false;
    await this.#put(kind, module, async (scratch) => {
      await writeFile(scratch, found.bytes, { flag: "wx" });
      return found.from;
    });
    return true;
  }

  /** What was put together of parts and is not the published file is fetched once more in one piece: a server's parts may be wrong where its file is right. */
  async #fetchZip(module: ModuleVersion, upstream: Upstream): Promise<void> {
    let isPutTogether = false;
    const fetchAs = (whole: boolean): Promise<void> =>
      this.#put("zip", module, async (scratch) => {
        const fetched = await upstream.zip(module, scratch, { whole });
        isPutTogether = fetched.isPutTogether ?? false;
        return fetched.from;
      });
    try {
      await fetchAs(false);
    } catch (error) {
      if (!isPutTogether || !isWrongFile(error)) throw error;
      await fetchAs(true);
    }
  }

  /** `fill` writes the scratch file and says where its bytes came from. */
  async #put(kind: ProvenKind, module: ModuleVersion, fill: (scratch: string) => Promise<string>): Promise<void> {
    const { store, prover, clock } = this.#options;
    const { path, version } = module;
    const judge = await prover.judge(kind, module);
    const name = storedPath(module, kind);
    const facts = await store.publish(name, async (scratch) => {
      const source = await fill(scratch);
      const h1 = kind === "zip" ? await hashModuleZip(scratch, path, version) : hashGoMod(await readFile(scratch));
      const proven = await judge({ h1, source });
      return { h1, sha256: await sha256File(scratch), size: (await stat(scratch)).size, source, proven };
    });
    const proof: FileProof = {
      schema: "medkit/module-proof/v1",
      ...facts,
      storedAt: clock.now().toISOString(),
    };
    await store.write(`${name}.proof`, sealed(proof));
  }
}

function isWrongFile(error: unknown): boolean {
  return error instanceof MedkitError && /^(?:MODULE_MISMATCH$|MODULE_CHANGED$|S3_DAMAGED$|ZIP_)/.test(error.code);
}

/** Reads a proof; undefined where there is none, or it is torn. */
export function parseProof(bytes: Buffer | undefined): FileProof | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value = JSON.parse(bytes.toString("utf8")) as Partial<FileProof> | null;
    const whole =
      value?.schema === "medkit/module-proof/v1" &&
      typeof value.size === "number" &&
      typeof value.h1 === "string" &&
      /^[0-9a-f]{64}$/.test(String(value.sha256));
    return whole ? (value as FileProof) : undefined;
  } catch {
    // Torn: the file is proven anew.
    return undefined;
  }
}

/** Writes a version's `.info`, and after it what shows that it is whole. */
export async function writeInfo(store: ObjectStore, module: ModuleVersion, bytes: Buffer): Promise<void> {
  const path = storedPath(module, "info");
  await store.write(path, bytes);
  await store.write(`${path}.proof`, sealed({ schema: "medkit/info-proof/v1", sha256: sha256Hex(bytes) }));
}
