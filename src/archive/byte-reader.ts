/** Reads a stream of chunks by count; what it hands out are views, not copies, wherever one chunk holds them. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** At least one byte and at most `most`; undefined at the end. */
  async some(most = Number.POSITIVE_INFINITY): Promise<Buffer | undefined> {
    while (this.#rest.length === 0) {
      if (this.#ended) return undefined;
      const next = await this.#source.next();
      if (next.done === true) {
        this.#ended = true;
        return undefined;
      }
      this.#rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    return this.#take(Math.min(most, this.#rest.length));
  }

  /** Exactly `count` bytes where they are at hand already; saves the caller a turn of the event loop. */
  now(count: number): Buffer | undefined {
    return this.#rest.length >= count ? this.#take(count) : undefined;
  }

  /** Exactly `count` bytes; undefined where the stream ends before. Only for counts that memory can hold. */
  async exactly(count: number): Promise<Buffer | undefined> {
    const ready = this.now(count);
    if (ready !== undefined) return ready;
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part === undefined) return undefined;
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts, count);
  }

  /** Puts bytes back in front. */
  unread(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([bytes, this.#rest]);
  }

  /** Ends the source early. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#source.return?.();
  }

  #take(count: number): Buffer {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }
}
