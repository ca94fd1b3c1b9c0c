import { open, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { constants, crc32, deflateRaw, deflateRawSync } from "node:zlib";
import { publishFile, temporaryBeside } from "../state/index.ts";
import { type OutputSummary, readFileChunks, writeChunks } from "./file-io.ts";

/*
 * One gzip member (RFC 1952) made of independent DEFLATE segments (RFC 1951). A compressed segment is a fixed number of input
 * bytes, deflated with the 32 KiB before it as dictionary and ended on a byte boundary by Z_SYNC_FLUSH; a stored segment is blocks of
 * type 00. Where a segment begins depends on the input's bytes and on nothing else: not on chunks, threads or time.
 */

/** Bytes that go into the stream; pieces of one kind that follow each other are one run. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** False: written as stored blocks, since the bytes are compressed already. */
  readonly compress: boolean;
}

export type GzipLevel = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** mtime 0, no flags, OS 255 (unknown): nothing of the machine is in the header. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty final block with fixed codes. */
const finalBlock = Buffer.from([3, 0]);
const SEGMENT = 1 << 19;
const WINDOW = 1 << 15;
const STORED = 0xffff;
/** Up to here a thread costs more than it saves. */
const SMALL = 1 << 14;

const deflateInPool = promisify<Uint8Array, object, Buffer>(deflateRaw);

function deflateSegment(
  bytes: Uint8Array,
  dictionary: Uint8Array | undefined,
  level: number,
): Buffer | Promise<Buffer> {
  const options = {
    level,
    memLevel: 8,
    finishFlush: constants.Z_SYNC_FLUSH,
    ...(dictionary === undefined ? {} : { dictionary }),
  };
  return bytes.length <= SMALL ? deflateRawSync(bytes, options) : deflateInPool(bytes, options);
}

function storedHeader(length: number): Buffer {
  const block = Buffer.alloc(5);
  block.writeUInt16LE(length, 1);
  block.writeUInt16LE(length ^ 0xffff, 3);
  return block;
}

type Output = Uint8Array | Promise<Uint8Array>;

/** Cuts runs into segments. Outputs come in order; compressed ones may still be under way. */
class Segments {
  readonly #level: number;
  #pending: Uint8Array[] = [];
  #pendingLength = 0;
  #compress = true;
  #window: Uint8Array | undefined;

  constructor(level: number) {
    this.#level = level;
  }

  *add(piece: Piece): Generator<Output> {
    if (piece.bytes.length === 0) return;
    if (piece.compress !== this.#compress) {
      yield* this.flush();
      this.#compress = piece.compress;
      this.#window = undefined;
    }
    const size = this.#compress ? SEGMENT : STORED;
    let rest = piece.bytes;
    while (this.#pendingLength + rest.length >= size) {
      const take = size - this.#pendingLength;
      this.#push(rest.subarray(0, take));
      rest = rest.subarray(take);
      yield* this.flush();
    }
    if (rest.length > 0) this.#push(rest);
  }

  #push(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#pendingLength += bytes.length;
  }

  *flush(): Generator<Output> {
    if (this.#pendingLength === 0) return;
    const parts = this.#pending;
    const length = this.#pendingLength;
    this.#pending = [];
    this.#pendingLength = 0;
    if (!this.#compress) {
      yield storedHeader(length);
      yield* parts;
      return;
    }
    const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, length);
    const dictionary = this.#window;
    this.#window = bytes.length >= WINDOW ? bytes.subarray(-WINDOW) : undefined;
    yield deflateSegment(bytes, dictionary, this.#level);
  }
}

/**
 * The gzip stream of the pieces. The same bytes with the same `compress` give the same stream, however they are cut into pieces.
 * Buffers that were handed in must not be changed until the stream has ended.
 */
export async function* gzipPieces(
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  level: GzipLevel,
): AsyncGenerator<Uint8Array> {
  const segments = new Segments(level);
  const room = SEGMENT * (availableParallelism() + 1);
  const queue: { readonly output: Output; readonly weight: number }[] = [];
  let waiting = 0;
  let sum = 0;
  let size = 0;
  /** Gives out what is ready, and what is not where more than `limit` bytes wait behind it. */
  const drain = async function* (limit: number): AsyncGenerator<Uint8Array> {
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      if (first.output instanceof Promise && waiting <= limit) return;
      const bytes = await first.output;
      queue.shift();
      waiting -= first.weight;
      yield bytes;
    }
  };
  const add = (output: Output): void => {
    const pending = output instanceof Promise;
    // The error is thrown where the output is awaited, which may be later.
    if (pending) output.catch(() => undefined);
    const weight = pending ? SEGMENT : output.length;
    queue.push({ output, weight });
    waiting += weight;
  };
  yield header;
  for await (const piece of pieces) {
    sum = crc32(piece.bytes, sum);
    size += piece.bytes.length;
    for (const output of segments.add(piece)) add(output);
    yield* drain(room);
  }
  for (const output of segments.flush()) add(output);
  yield* drain(-1);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(sum, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield finalBlock;
  yield trailer;
}

async function* compressed(path: string): AsyncGenerator<Piece> {
  for await (const bytes of readFileChunks(path)) yield { bytes, compress: true };
}

/** Compresses one file into another (published by rename), deterministically. Returns size and SHA-256 of the compressed file. */
export async function gzipFile(source: string, target: string, level: GzipLevel = 9): Promise<OutputSummary> {
  const temporary = temporaryBeside(target);
  const handle = await open(temporary, "wx");
  try {
    const summary = await writeChunks(handle, gzipPieces(compressed(source), level), target);
    await handle.close();
    await publishFile(temporary, target);
    return summary;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
