import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import type { ErrorCode } from "../core/error-codes.ts";
import { MedkitError, systemCode } from "../core/errors.ts";
import type { ByteSource } from "./byte-source.ts";
import {
  extraField,
  methodOf,
  readZipDirectory,
  significantFlags,
  toNumber,
  type ZipEntry,
  type ZipLimits,
} from "./zip-directory.ts";

/** A zip file whose entries are checked while they are read: both headers, the descriptor, the sizes and the CRC. */
export interface ZipReader {
  /** In the order of the central directory. */
  readonly entries: readonly ZipEntry[];
  /** The content of an entry, whole. For entries up to some megabytes. */
  read(entry: ZipEntry): Buffer;
  /** The same in pieces. The last piece comes before the CRC is known: do not trust what was read until the loop ends. */
  stream(entry: ZipEntry): AsyncGenerator<Buffer, void, undefined>;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const LOCAL_LENGTH = 30;
const PIECE = 1 << 20;

export function openZip(source: ByteSource, limits: ZipLimits): ZipReader {
  const entries = readZipDirectory(source, limits);
  return {
    entries,
    read: (entry) => readEntry(source, entry),
    stream: (entry) => streamEntry(source, entry),
  };
}

function readEntry(source: ByteSource, entry: ZipEntry): Buffer {
  const region = source.read(entry.start, entry.end - entry.start);
  const headerLength = checkLocalHeader(region, entry);
  const dataEnd = headerLength + entry.compressedSize;
  checkDescriptor(region.subarray(dataEnd), entry);
  const content = decompress(region.subarray(headerLength, dataEnd), entry);
  if (crc32(content) !== entry.crc32) throw refused("ZIP_CHECKSUM", entry);
  return content;
}

async function* streamEntry(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer, void, undefined> {
  const head = source.read(entry.start, Math.min(LOCAL_LENGTH + 2 * 0xffff, entry.end - entry.start));
  const headerLength = checkLocalHeader(head, entry);
  const dataStart = entry.start + headerLength;
  const dataEnd = dataStart + entry.compressedSize;
  checkDescriptor(source.read(dataEnd, entry.end - dataEnd), entry);
  const raw = pieces(source, dataStart, dataEnd);
  let size = 0;
  let sum = 0;
  for await (const piece of entry.method === "stored" ? raw : inflate(raw, entry)) {
    size += piece.length;
    if (size > entry.size) throw refused("ZIP_BOMB", entry);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (size !== entry.size) throw refused("ZIP_DAMAGED", entry);
  if (sum !== entry.crc32) throw refused("ZIP_CHECKSUM", entry);
}

function* pieces(source: ByteSource, start: number, end: number): Generator<Buffer, void, undefined> {
  for (let at = start; at < end; at += PIECE) yield source.read(at, Math.min(PIECE, end - at));
}

async function* inflate(input: Iterable<Buffer>, entry: ZipEntry): AsyncGenerator<Buffer, void, undefined> {
  const inflater = createInflateRaw({ chunkSize: Math.max(64, Math.min(entry.size + 1, 256 * 1024)) });
  const feed = async (): Promise<void> => {
    for (const piece of input) {
      if (!inflater.write(piece))
        await new Promise<void>((resolve) => {
          const goOn = (): void => {
            inflater.off("drain", goOn).off("close", goOn);
            resolve();
          };
          inflater.on("drain", goOn).on("close", goOn);
        });
      if (inflater.destroyed) return;
    }
    inflater.end();
  };
  const feeding = feed().catch((error: unknown) =>
    inflater.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    for await (const chunk of inflater) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof MedkitError ? error : refused("ZIP_DAMAGED", entry, error);
  } finally {
    inflater.destroy();
    await feeding;
  }
  // Bytes behind the end of the deflate stream would be content that only other programs see.
  if (inflater.bytesWritten !== entry.compressedSize) throw refused("ZIP_HIDDEN_DATA", entry);
}

function decompress(data: Buffer, entry: ZipEntry): Buffer {
  if (entry.method === "stored") return data;
  try {
    const { buffer, engine } = inflateRawSync(data, {
      info: true,
      chunkSize: Math.max(64, Math.min(entry.size + 1, 1 << 24)),
      maxOutputLength: Math.max(entry.size, 1),
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (buffer.length > entry.size) throw refused("ZIP_BOMB", entry);
    if (engine.bytesWritten !== data.length) throw refused("ZIP_HIDDEN_DATA", entry);
    if (buffer.length !== entry.size) throw refused("ZIP_DAMAGED", entry);
    return buffer;
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof MedkitError || code === undefined) throw error;
    throw refused(code === "ERR_BUFFER_TOO_LARGE" ? "ZIP_BOMB" : "ZIP_DAMAGED", entry, error);
  }
}

/** Length of the local header. Throws ZIP_HEADERS_DISAGREE unless it says what the central directory says. */
function checkLocalHeader(region: Buffer, entry: ZipEntry): number {
  const disagree = (): MedkitError => new MedkitError("ZIP_HEADERS_DISAGREE", { name: entry.name });
  if (region.length < LOCAL_LENGTH || region.readUInt32LE(0) !== LOCAL) throw disagree();
  const nameLength = region.readUInt16LE(26);
  const headerLength = LOCAL_LENGTH + nameLength + region.readUInt16LE(28);
  const name = region.subarray(LOCAL_LENGTH, LOCAL_LENGTH + nameLength);
  if (headerLength > region.length || headerLength + entry.compressedSize > entry.end - entry.start) throw disagree();
  if (!name.equals(Buffer.from(entry.name, "utf8"))) throw disagree();
  if (methodOf(region.readUInt16LE(8), entry.name) !== entry.method) throw disagree();
  if (significantFlags(region.readUInt16LE(6)) !== (entry.hasDescriptor ? 0x0008 : 0)) throw disagree();
  const extra = extraField(region.subarray(LOCAL_LENGTH + nameLength, headerLength), 0x0001, entry.name);
  const narrow = [region.readUInt32LE(22), region.readUInt32LE(18)];
  let at = 0;
  const [size, compressedSize] = narrow.map((value) => {
    if (value !== 0xffffffff || extra === undefined) return value;
    if (at + 8 > extra.length) throw disagree();
    at += 8;
    return toNumber(extra.readBigUInt64LE(at - 8));
  });
  const values = [region.readUInt32LE(14), size, compressedSize];
  const declared = [entry.crc32, entry.size, entry.compressedSize];
  // With a descriptor the header's values are zero, or already the right ones.
  const agrees = values.every((value, index) => value === declared[index] || (entry.hasDescriptor && value === 0));
  if (!agrees) throw disagree();
  return headerLength;
}

/** Checks what lies between an entry's data and the next entry: its descriptor, or nothing. */
function checkDescriptor(rest: Buffer, entry: ZipEntry): void {
  const disagree = (): MedkitError => new MedkitError("ZIP_HEADERS_DISAGREE", { name: entry.name });
  if (!entry.hasDescriptor) {
    if (rest.length !== 0) throw new MedkitError("ZIP_GAP", { name: entry.name, bytes: rest.length });
    return;
  }
  const signed = rest.length === 16 || rest.length === 24;
  const wide = rest.length === 20 || rest.length === 24;
  if (!signed && rest.length !== 12 && rest.length !== 20) throw disagree();
  if (signed && rest.readUInt32LE(0) !== DESCRIPTOR) throw disagree();
  const at = signed ? 4 : 0;
  const compressedSize = wide ? toNumber(rest.readBigUInt64LE(at + 4)) : rest.readUInt32LE(at + 4);
  const size = wide ? toNumber(rest.readBigUInt64LE(at + 12)) : rest.readUInt32LE(at + 8);
  if (rest.readUInt32LE(at) !== entry.crc32 || compressedSize !== entry.compressedSize || size !== entry.size)
    throw disagree();
}

type ContentLie = Extract<ErrorCode, "ZIP_BOMB" | "ZIP_CHECKSUM" | "ZIP_DAMAGED" | "ZIP_HIDDEN_DATA">;

function refused(code: ContentLie, { name, size }: ZipEntry, cause?: unknown): MedkitError {
  return new MedkitError(code, { name, size }, cause === undefined ? undefined : { cause });
}
