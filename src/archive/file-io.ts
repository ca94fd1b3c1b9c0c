import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { fromSystemError } from "../core/errors.ts";

const CHUNK = 1 << 20;

/**
 * The bytes of a file in chunks of 1 MiB, one read ahead of the consumer; every chunk is a buffer of its own.
 * Throws the system's error as it is, with the path in it.
 */
export async function* readFileChunks(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path, "r");
  const { size } = await handle.stat();
  const read = async (at: number): Promise<Buffer> => {
    // A small file is read into a buffer of its size, and one byte more to see its end at once.
    const buffer = Buffer.allocUnsafeSlow(Math.max(1, Math.min(CHUNK, size - at + 1)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    return buffer.subarray(0, bytesRead);
  };
  let next: Promise<Buffer> | undefined;
  try {
    for (let at = 0; ;) {
      const chunk = await (next ?? read(at));
      if (chunk.length === 0) return;
      at += chunk.length;
      next = read(at);
      next.catch(() => undefined);
      yield chunk;
    }
  } finally {
    await next?.catch(() => undefined);
    await handle.close();
  }
}

export interface OutputSummary {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[], length: number): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks);
  if (bytesWritten < length) await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}

/** Writes chunks to an open file, hashing them; one write is under way while the next batch is made. HOST_NO_SPACE as the system says. */
export async function writeChunks(
  handle: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  path: string,
): Promise<OutputSummary> {
  const hash = createHash("sha256");
  let bytes = 0;
  let batch: Uint8Array[] = [];
  let batchLength = 0;
  let writing: Promise<void> = Promise.resolve();
  let failed: { readonly error: unknown } | undefined;
  const flush = async (): Promise<void> => {
    await writing;
    if (failed !== undefined) throw fromSystemError(failed.error, path);
    writing = writeAll(handle, batch, batchLength).catch((error: unknown) => {
      failed = { error };
    });
    batch = [];
    batchLength = 0;
  };
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      batch.push(chunk);
      batchLength += chunk.length;
      if (batchLength >= CHUNK || batch.length >= 512) await flush();
    }
    await flush();
  } finally {
    await writing;
  }
  if (failed !== undefined) throw fromSystemError((failed as { error: unknown }).error, path);
  return { bytes, sha256: hash.digest("hex") };
}
