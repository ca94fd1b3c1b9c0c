import { createHash } from "node:crypto";
import type { ByteReader } from "./byte-reader.ts";
import { paddingOf } from "./tar-header.ts";

/** The content of the member that the reader stands at. */
export class Content {
  readonly #reader: ByteReader;
  readonly #truncated: () => never;
  readonly #padding: number;
  readonly #hash: ReturnType<typeof createHash> | undefined;
  #left: number;
  #digest: string | undefined;
  #over = false;

  constructor(reader: ByteReader, size: number, hash: boolean, truncated: () => never) {
    this.#reader = reader;
    this.#left = size;
    this.#padding = paddingOf(size);
    this.#hash = hash ? createHash("sha256") : undefined;
    this.#truncated = truncated;
  }

  async *read(): AsyncGenerator<Buffer> {
    while (this.#left > 0) {
      if (this.#over) throw new Error("content was asked for after the next member");
      const chunk = (await this.#reader.some(this.#left)) ?? this.#truncated();
      this.#left -= chunk.length;
      this.#hash?.update(chunk);
      yield chunk;
    }
  }

  async rest(): Promise<Buffer> {
    // Small files mostly lie whole in the chunk at hand.
    const count = this.#left;
    const ready = this.#reader.now(count);
    if (ready === undefined) {
      const parts: Buffer[] = [];
      for await (const part of this.read()) parts.push(part);
      return Buffer.concat(parts, count);
    }
    this.#left = 0;
    this.#hash?.update(ready);
    return ready;
  }

  async sha256(): Promise<string> {
    if (this.#hash === undefined) throw new Error("reading without the option hash");
    for await (const _ of this.read());
    return (this.#digest ??= this.#hash.digest("hex"));
  }

  async finish(): Promise<void> {
    for await (const _ of this.read());
    this.#over = true;
    if (this.#padding > 0 && (await this.#reader.exactly(this.#padding)) === undefined) this.#truncated();
  }
}
