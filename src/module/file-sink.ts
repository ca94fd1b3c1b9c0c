import { open, type FileHandle } from "node:fs/promises";
import { Stretches } from "./stretches.ts";
import type { Sink } from "./transfer.ts";

/** A new file; it stays behind as far as it came where a transfer fails. */
export class FileSink implements Sink {
  readonly isFile = true;
  readonly known = undefined;
  readonly stretches = new Stretches();
  readonly #path: string;
  #file: FileHandle | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async begin(): Promise<void> {
    this.stretches.clear();
    if (this.#file === undefined) this.#file = await open(this.#path, "wx");
    else await this.#file.truncate();
  }

  async write(chunk: Uint8Array, at: number): Promise<void> {
    if (this.#file !== undefined) await writeAll(this.#file, chunk, at);
    this.stretches.add(at, at + chunk.length);
  }

  async close(): Promise<void> {
    await this.#file?.close();
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
