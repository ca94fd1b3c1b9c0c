import { once } from "node:events";
import { type InflateRaw, constants, crc32, createInflateRaw } from "node:zlib";
import { MedkitError, systemCode } from "../core/errors.ts";
import { formatBytes } from "../core/format-bytes.ts";
import { ByteReader } from "./byte-reader.ts";
import { type ArchiveLimits, DEFAULT_LIMITS } from "./limits.ts";

const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/** Reads the header of a gzip member (RFC 1952, section 2.3) and forgets it. */
async function skipHeader(reader: ByteReader, archive: string): Promise<void> {
  const fixed = await reader.exactly(10);
  if (fixed === undefined || fixed[0] !== 0x1f || fixed[1] !== 0x8b || fixed[2] !== 8)
    throw new MedkitError("ARCHIVE_DAMAGED", { archive });
  const flags = fixed[3] ?? 0;
  if ((flags & FLAG.reserved) !== 0) throw new MedkitError("ARCHIVE_DAMAGED", { archive });
  const need = async (count: number): Promise<Buffer> => {
    const bytes = await reader.exactly(count);
    if (bytes === undefined) throw new MedkitError("ARCHIVE_TRUNCATED", { archive });
    return bytes;
  };
  if ((flags & FLAG.extra) !== 0) await need((await need(2)).readUInt16LE(0));
  for (const flag of [FLAG.name, FLAG.comment]) {
    if ((flags & flag) === 0) continue;
    let length = 0;
    while ((await need(1))[0] !== 0) if (++length > 4096) throw new MedkitError("ARCHIVE_DAMAGED", { archive });
  }
  if ((flags & FLAG.headerCrc) !== 0) await need(2);
}

/** Feeds the inflater until its stream has ended, however much input follows; resolves with the input that it did not want. */
async function feed(inflate: InflateRaw, reader: ByteReader, ended: Promise<unknown>): Promise<Buffer> {
  let before = 0;
  for (;;) {
    const chunk = await reader.some();
    if (chunk === undefined) {
      inflate.end();
      await ended;
      return Buffer.alloc(0);
    }
    const written = new Promise<"written">((resolve) => {
      inflate.write(chunk, () => {
        resolve("written");
      });
    });
    await Promise.race([written, ended]);
    // Node ends the readable side by itself where the engine leaves input over.
    const consumed = inflate.bytesWritten - before;
    if (consumed < chunk.length) return chunk.subarray(consumed);
    before += chunk.length;
  }
}

/**
 * Unpacks exactly one gzip member. ARCHIVE_MULTIPLE_MEMBERS and ARCHIVE_TRAILING_DATA where anything follows it (gunzip would go on, or
 * stay silent), ARCHIVE_TRUNCATED, ARCHIVE_DAMAGED where the stream, its CRC-32 or its length is wrong, ARCHIVE_TOO_BIG over `totalBytes` or `ratio`.
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  options: { readonly name?: string; readonly limits?: Partial<ArchiveLimits> } = {},
): AsyncGenerator<Buffer> {
  const archive = options.name ?? "gzip";
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const reader = new ByteReader(source);
  const inflate = createInflateRaw({ chunkSize: 1 << 18, finishFlush: constants.Z_FINISH });
  const stopped = new AbortController();
  try {
    await skipHeader(reader, archive);
    const ended = once(inflate, "end", { signal: stopped.signal });
    const fed = feed(inflate, reader, ended);
    fed.catch((error: unknown) => inflate.destroy(error instanceof Error ? error : new Error(String(error))));
    ended.catch(() => undefined);
    let sum = 0;
    let size = 0;
    for await (const chunk of inflate.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      size += chunk.length;
      if (size > limits.totalBytes)
        throw new MedkitError("ARCHIVE_TOO_BIG", {
          archive,
          measure: "totalBytes",
          limit: formatBytes(limits.totalBytes),
        });
      if (size > limits.ratioFrom && size > limits.ratio * inflate.bytesWritten) {
        throw new MedkitError("ARCHIVE_TOO_BIG", { archive, measure: "ratio", limit: `${limits.ratio}:1` });
      }
      yield chunk;
    }
    reader.unread(await fed);
    const trailer = await reader.exactly(8);
    if (trailer === undefined) throw new MedkitError("ARCHIVE_TRUNCATED", { archive });
    if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== size % 2 ** 32)
      throw new MedkitError("ARCHIVE_DAMAGED", { archive });
    const more = await reader.some();
    if (more !== undefined)
      throw new MedkitError(more[0] === 0x1f ? "ARCHIVE_MULTIPLE_MEMBERS" : "ARCHIVE_TRAILING_DATA", { archive });
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (code === "Z_BUF_ERROR") throw new MedkitError("ARCHIVE_TRUNCATED", { archive }, { cause: error });
    if (code.startsWith("Z_")) throw new MedkitError("ARCHIVE_DAMAGED", { archive }, { cause: error });
    throw error;
  } finally {
    stopped.abort();
    inflate.destroy();
    await reader.close();
  }
}
