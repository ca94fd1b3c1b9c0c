import { MedkitError } from "../core/errors.ts";
import type { ByteSource } from "./byte-source.ts";

/** A file of a zip, as its central directory describes it. Nothing here is proven before the entry was read. */
export interface ZipEntry {
  readonly name: string;
  readonly method: "stored" | "deflated";
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Whether the sizes and the CRC follow the data, with zeros before it. */
  readonly hasDescriptor: boolean;
  /** Whether the directory's record needed 64-bit sizes. */
  readonly zip64: boolean;
  /** The entry's bytes in the file, header and descriptor included: `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** The Unix mode where the maker noted one, else 0. */
  readonly mode: number;
}

export interface ZipLimits {
  /** Bytes of the file. */
  readonly maxFile: number;
  /** Bytes of all entries together, unpacked. */
  readonly maxContent: number;
  readonly maxEntries: number;
}

const EOCD = 0x06054b50;
const EOCD64 = 0x06064b50;
const EOCD64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const EOCD_LENGTH = 22;
const CENTRAL_LENGTH = 46;
const MAX_DIRECTORY = 128 * 1024 * 1024;
const FLAG_DESCRIPTOR = 0x0008;
const FLAG_UTF8 = 0x0800;
/** Bits 1 and 2 say how hard the deflater tried. All else (encryption, patches) is refused. */
const FLAGS_KNOWN = 0x0806 | FLAG_DESCRIPTOR;
/** Bit 0: encrypted; 6: by a strong cipher; 13: its local header is masked (APPNOTE.TXT 4.4.4). */
const FLAGS_ENCRYPTED = 0x2041;
const MASK32 = 0xffffffff;

const decoder = new TextDecoder("utf-8", { fatal: true });

interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

/**
 * Reads the central directory, strictly: it touches the end record, the entries lie one behind the other from the first byte to it,
 * and nothing lies between. So there is one reading of such a file, and no room for bytes that another program would see.
 */
export function readZipDirectory(source: ByteSource, limits: ZipLimits): ZipEntry[] {
  if (source.size > limits.maxFile) throw new MedkitError("ZIP_TOO_BIG", { limit: limits.maxFile, what: "file" });
  const place = findDirectory(source);
  if (place.count > limits.maxEntries)
    throw new MedkitError("ZIP_TOO_BIG", { limit: limits.maxEntries, what: "entries" });
  if (place.size > MAX_DIRECTORY) throw new MedkitError("ZIP_TOO_BIG", { limit: MAX_DIRECTORY, what: "directory" });
  const bytes = source.read(place.offset, place.size);
  const drafts: ZipEntry[] = [];
  const names = new Set<string>();
  let position = 0;
  let content = 0;
  for (let index = 0; index < place.count; index++) {
    const { entry, length } = readCentralRecord(bytes, position);
    position += length;
    if (names.has(entry.name)) throw new MedkitError("ZIP_DUPLICATE", { name: entry.name });
    names.add(entry.name);
    content += entry.size;
    if (content > limits.maxContent)
      throw new MedkitError("ZIP_TOO_BIG", { limit: limits.maxContent, what: "content" });
    drafts.push(entry);
  }
  if (position !== bytes.length) throw malformed("the central directory has another length than its records");
  return placeEntries(drafts, place.offset);
}

/** Gives each entry its end: the next one's start, or the central directory's. */
function placeEntries(drafts: readonly ZipEntry[], directoryStart: number): ZipEntry[] {
  const order = drafts.map((_, index) => index).sort((a, b) => (drafts[a]?.start ?? 0) - (drafts[b]?.start ?? 0));
  const ends = drafts.map(() => directoryStart);
  let previous: number | undefined;
  for (const index of order) {
    const start = drafts[index]?.start ?? 0;
    if (previous === undefined) {
      if (start !== 0) throw new MedkitError("ZIP_LEADING_DATA", { bytes: start });
    } else {
      if (start === drafts[previous]?.start) throw new MedkitError("ZIP_OVERLAP", { name: drafts[index]?.name ?? "" });
      ends[previous] = start;
    }
    previous = index;
  }
  if (previous === undefined && directoryStart !== 0)
    throw new MedkitError("ZIP_LEADING_DATA", { bytes: directoryStart });
  return drafts.map((entry, index) => {
    const end = ends[index] ?? directoryStart;
    if (end < entry.start + 30 + entry.compressedSize) throw new MedkitError("ZIP_OVERLAP", { name: entry.name });
    return { ...entry, end };
  });
}

function findDirectory(source: ByteSource): Directory {
  const tailLength = Math.min(source.size, EOCD_LENGTH + 0xffff + 20);
  const tail = source.read(source.size - tailLength, tailLength);
  let at = tail.length - EOCD_LENGTH;
  while (at >= 0 && tail.readUInt32LE(at) !== EOCD) at--;
  if (at < 0) throw new MedkitError(beginsAsZip(source) ? "ZIP_TRUNCATED" : "ZIP_NOT_ZIP");
  const behind = tail.length - at - EOCD_LENGTH - tail.readUInt16LE(at + 20);
  if (behind < 0) throw new MedkitError("ZIP_TRUNCATED");
  if (behind > 0) throw new MedkitError("ZIP_TRAILING_DATA", { bytes: behind });
  if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0) throw new MedkitError("ZIP_MULTIPART");
  const count = tail.readUInt16LE(at + 10);
  if (tail.readUInt16LE(at + 8) !== count) throw new MedkitError("ZIP_MULTIPART");
  const size = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  const end = source.size - tail.length + at;
  if (count !== 0xffff && size !== MASK32 && offset !== MASK32) {
    if (offset + size !== end) throw malformed("its directory is not where its end record says");
    return { offset, size, count };
  }
  return findDirectory64(source, tail, at, { count, size, offset });
}

function findDirectory64(source: ByteSource, tail: Buffer, at: number, narrow: Directory): Directory {
  const locator = at - 20;
  if (locator < 0 || tail.readUInt32LE(locator) !== EOCD64_LOCATOR) {
    // All three could be honest 32-bit values at their maximum; no real file is.
    throw malformed("its 64-bit end record is missing");
  }
  const recordAt = toNumber(tail.readBigUInt64LE(locator + 8));
  const locatorAt = source.size - tail.length + locator;
  if (recordAt + 56 !== locatorAt) throw malformed("its 64-bit end record is not where its locator says");
  const record = source.read(recordAt, 56);
  if (record.readUInt32LE(0) !== EOCD64 || toNumber(record.readBigUInt64LE(4)) !== 44)
    throw malformed("its 64-bit end record is damaged");
  const count = toNumber(record.readBigUInt64LE(32));
  const size = toNumber(record.readBigUInt64LE(40));
  const offset = toNumber(record.readBigUInt64LE(48));
  const agrees = (short: number, mask: number, long: number): boolean => short === mask || short === long;
  if (
    toNumber(record.readBigUInt64LE(24)) !== count ||
    !agrees(narrow.count, 0xffff, count) ||
    !agrees(narrow.size, MASK32, size) ||
    !agrees(narrow.offset, MASK32, offset) ||
    offset + size !== recordAt
  ) {
    throw malformed("its two end records disagree");
  }
  return { offset, size, count };
}

function readCentralRecord(bytes: Buffer, at: number): { entry: ZipEntry; length: number } {
  if (at + CENTRAL_LENGTH > bytes.length || bytes.readUInt32LE(at) !== CENTRAL)
    throw malformed("a directory record is damaged");
  const nameLength = bytes.readUInt16LE(at + 28);
  const extraLength = bytes.readUInt16LE(at + 30);
  const length = CENTRAL_LENGTH + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  if (at + length > bytes.length) throw malformed("a directory record is damaged");
  const name = decodeName(bytes.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength));
  const flags = bytes.readUInt16LE(at + 8);
  if ((flags & FLAGS_ENCRYPTED) !== 0) throw new MedkitError("ZIP_ENCRYPTED", { name });
  if ((flags & ~FLAGS_KNOWN) !== 0) throw new MedkitError("ZIP_UNSUPPORTED", { name, flags: flags.toString(16) });
  if (bytes.readUInt16LE(at + 34) !== 0) throw new MedkitError("ZIP_MULTIPART");
  const extra = bytes.subarray(at + CENTRAL_LENGTH + nameLength, at + CENTRAL_LENGTH + nameLength + extraLength);
  const [size, compressedSize, start, zip64] = wideSizes(
    [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)],
    extra,
    name,
  );
  const method = methodOf(bytes.readUInt16LE(at + 10), name);
  if (method === "stored" && size !== compressedSize) throw new MedkitError("ZIP_HEADERS_DISAGREE", { name });
  const unixMode = bytes.readUInt8(at + 5) === 3 ? bytes.readUInt32LE(at + 38) >>> 16 : 0;
  const hasDescriptor = (flags & FLAG_DESCRIPTOR) !== 0;
  const crc32 = bytes.readUInt32LE(at + 16);
  return {
    entry: { name, method, crc32, compressedSize, size, hasDescriptor, zip64, start, end: start, mode: unixMode },
    length,
  };
}

/** Sizes and offset, from the 64-bit extra field where the 32-bit ones say so. */
function wideSizes(narrow: [number, number, number], extra: Buffer, name: string): [number, number, number, boolean] {
  const field = extraField(extra, 0x0001, name);
  let at = 0;
  const wide = narrow.map((value) => {
    if (value !== MASK32) return value;
    if (field === undefined || at + 8 > field.length) throw new MedkitError("ZIP_HEADERS_DISAGREE", { name });
    at += 8;
    return toNumber(field.readBigUInt64LE(at - 8));
  });
  return [wide[0] ?? 0, wide[1] ?? 0, wide[2] ?? 0, at > 0];
}

/** An extra field's data by its id; undefined where there is none. Throws where the fields do not fill their space or one is there twice. */
export function extraField(extra: Buffer, id: number, name: string): Buffer | undefined {
  let found: Buffer | undefined;
  let at = 0;
  while (at < extra.length) {
    const length = at + 4 <= extra.length ? extra.readUInt16LE(at + 2) : Number.POSITIVE_INFINITY;
    if (at + 4 + length > extra.length) throw new MedkitError("ZIP_HEADERS_DISAGREE", { name });
    if (extra.readUInt16LE(at) === id) {
      if (found !== undefined) throw new MedkitError("ZIP_HEADERS_DISAGREE", { name });
      found = extra.subarray(at + 4, at + 4 + length);
    }
    at += 4 + length;
  }
  return found;
}

export function methodOf(method: number, name: string): "stored" | "deflated" {
  if (method === 0) return "stored";
  if (method === 8) return "deflated";
  throw new MedkitError("ZIP_METHOD", { name, method });
}

/** Entry flags without those that may differ between the two headers of one entry without meaning anything. */
export function significantFlags(flags: number): number {
  return flags & ~(FLAG_UTF8 | 0x0006);
}

export function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed("a size in it is impossible");
  return Number(value);
}

function decodeName(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new MedkitError("ZIP_PATH_ENCODING", { name: bytes.toString("latin1") }, { cause: error });
  }
}

/** Whether the first bytes are those of a first entry, or of an empty zip's end record; a beginning of them is enough. */
function beginsAsZip(source: ByteSource): boolean {
  const head = source.read(0, Math.min(4, source.size)).toString("latin1");
  return "PK\u0003\u0004".startsWith(head) || "PK\u0005\u0006".startsWith(head);
}

function malformed(problem: string): MedkitError {
  return new MedkitError("ZIP_DIRECTORY_INVALID", { problem });
}
