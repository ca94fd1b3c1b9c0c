import { open, type FileHandle } from "node:fs/promises";
import { fromSystemError, MedkitError } from "../core/errors.ts";
import type { KeptPartial } from "../state/index.ts";
import type { KnownFile } from "./http-answer.ts";
import { Stretches } from "./stretches.ts";
import type { Sink } from "./transfer.ts";

/** Octets from which a file is worth keeping the beginning of, and milliseconds between two notes of what is there. */
const WORTH_KEEPING = 1024 * 1024;
const NOTE_EVERY = 500;

/**
 * A new file. Where it can be kept, its octets lie there until all have come, so that another command can go on after this one was ended, however that was;
 * where it cannot, what came stays in the target where a transfer fails.
 */
export class FileSink implements Sink {
  readonly isFile = true;
  readonly known: KnownFile | undefined;
  readonly stretches: Stretches;
  readonly #target: string;
  readonly #kept: KeptPartial | undefined;
  #file: FileHandle | undefined;
  /** The file as it is kept; undefined where the octets go into the target. */
  #keeping: { readonly validator: string | undefined; readonly total: number } | undefined;
  #resumed: number;
  #noted = 0;

  private constructor(target: string, kept: KeptPartial | undefined, file: FileHandle | undefined) {
    this.#target = target;
    this.#kept = kept;
    this.#file = file;
    const found = file === undefined ? undefined : kept?.found;
    this.#keeping = found;
    this.known = found;
    this.stretches = new Stretches(found?.there);
    this.#resumed = this.stretches.count;
  }

  /** With the octets of an earlier command, where there are some of a file of at most `limit` octets. */
  static async open(target: string, kept: KeptPartial | undefined, limit: number): Promise<FileSink> {
    if (kept === undefined) return new FileSink(target, undefined, await open(target, "wx"));
    const isOfUse = kept.found !== undefined && kept.found.total <= limit;
    return new FileSink(target, kept, isOfUse ? await open(kept.data, "r+") : undefined);
  }

  /** How many octets came from an earlier command. */
  get resumed(): number {
    return this.#resumed;
  }

  async begin({ validator, total }: KnownFile, decisive: boolean): Promise<void> {
    this.stretches.clear();
    this.#resumed = 0;
    const mayKeep = this.#kept !== undefined && decisive && (total ?? 0) >= WORTH_KEEPING;
    if (mayKeep && total !== undefined) {
      await this.#file?.close();
      this.#file = undefined;
      await this.#kept?.begin();
      this.#file = await open(this.#kept?.data ?? this.#target, "wx");
      this.#keeping = { validator, total };
    } else if (this.#keeping !== undefined || this.#file === undefined) {
      await this.#file?.close();
      this.#file = undefined;
      await this.#kept?.drop();
      this.#keeping = undefined;
      this.#file = await open(this.#target, "wx");
    } else await this.#file.truncate();
  }

  async write(chunk: Uint8Array, at: number): Promise<void> {
    if (this.#file !== undefined) await writeAll(this.#file, chunk, at);
    this.stretches.add(at, at + chunk.length);
    const now = performance.now();
    if (this.#keeping === undefined || now - this.#noted < NOTE_EVERY) return;
    this.#noted = now;
    await this.#note();
  }

  /** All of it came. */
  async finish(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    if (this.#keeping !== undefined) await this.#kept?.take(this.#target);
    this.#keeping = undefined;
  }

  /** It ends here, for now. A disk that is full gets its room back. */
  async leave(reason: unknown): Promise<void> {
    await this.#file?.close().catch(() => undefined);
    if (this.#keeping === undefined) return;
    const known = fromSystemError(reason, this.#target);
    if (known instanceof MedkitError && known.code === "HOST_NO_SPACE") await this.#kept?.drop();
    else await this.#note().catch(() => undefined);
  }

  async #note(): Promise<void> {
    if (this.#keeping !== undefined) await this.#kept?.save({ ...this.#keeping, there: this.stretches.there });
  }
}

/** A write may be shorter than it was asked to be, such as on a disk that is nearly full. */
async function writeAll(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < chunk.length;)
    done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten;
}

/** In memory. */
export class MemorySink implements Sink {
  readonly isFile = false;
  readonly known = undefined;
  readonly stretches = new Stretches();
  #chunks: Uint8Array[] = [];

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  begin(): Promise<void> {
    this.stretches.clear();
    this.#chunks = [];
    return Promise.resolve();
  }

  write(chunk: Uint8Array, at: number): Promise<void> {
    this.#chunks.push(chunk);
    this.stretches.add(at, at + chunk.length);
    return Promise.resolve();
  }
}
