import { crc32, deflateRawSync } from "node:zlib";

/** An entry to write; what is set beside name and content is written as it stands, true or not. */
export interface FakeEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly descriptor?: "signed" | "bare" | "wide" | Buffer;
  readonly packed?: Uint8Array;
  readonly mode?: number;
  readonly central?: Partial<Record<"crc" | "packed" | "size" | "offset" | "method" | "flags", number>>;
  readonly local?: Partial<Record<"crc" | "packed" | "size" | "method" | "flags", number>> & { readonly name?: string };
  /** Bytes behind the entry that belong to none. */
  readonly gap?: Uint8Array;
  readonly extra?: Uint8Array;
  readonly localExtra?: Uint8Array;
}

export interface FakeZip {
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly zip64?: boolean;
  readonly count?: number;
}

export function makeZip(entries: readonly FakeEntry[], options: FakeZip = {}): Buffer {
  const parts: Buffer[] = [Buffer.from(options.before ?? [])];
  const directory: Buffer[] = [];
  let at = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? "");
    const method = entry.method ?? (content.length === 0 ? 0 : 8);
    const packed = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(content) : content));
    const crc = crc32(content);
    const hasDescriptor = entry.descriptor !== undefined;
    const flags = entry.flags ?? (hasDescriptor ? 8 : 0);
    const localName = Buffer.from(entry.local?.name ?? entry.name);
    const localExtra = Buffer.from(entry.localExtra ?? []);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(entry.local?.flags ?? flags, 6);
    local.writeUInt16LE(entry.local?.method ?? method, 8);
    local.writeUInt32LE(entry.local?.crc ?? (hasDescriptor ? 0 : crc), 14);
    local.writeUInt32LE(entry.local?.packed ?? (hasDescriptor ? 0 : packed.length), 18);
    local.writeUInt32LE(entry.local?.size ?? (hasDescriptor ? 0 : content.length), 22);
    local.writeUInt16LE(localName.length, 26);
    local.writeUInt16LE(localExtra.length, 28);
    const region = [local, localName, localExtra, packed, descriptorOf(entry, crc, packed.length, content.length), Buffer.from(entry.gap ?? [])];
    const extra = Buffer.from(entry.extra ?? []);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE((entry.mode === undefined ? 0 : 3 << 8) | 20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(entry.central?.flags ?? flags, 8);
    central.writeUInt16LE(entry.central?.method ?? method, 10);
    central.writeUInt32LE(entry.central?.crc ?? crc, 16);
    central.writeUInt32LE(entry.central?.packed ?? packed.length, 20);
    central.writeUInt32LE(entry.central?.size ?? content.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 38);
    central.writeUInt32LE(entry.central?.offset ?? at, 42);
    directory.push(central, name, extra);
    parts.push(...region);
    at += Buffer.concat(region).length;
  }
  const listing = Buffer.concat(directory);
  const count = options.count ?? entries.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.zip64 === true ? 0xffff : count, 8);
  end.writeUInt16LE(options.zip64 === true ? 0xffff : count, 10);
  end.writeUInt32LE(options.zip64 === true ? 0xffffffff : listing.length, 12);
  end.writeUInt32LE(options.zip64 === true ? 0xffffffff : at, 16);
  end.writeUInt16LE(options.comment?.length ?? 0, 20);
  const wide = options.zip64 === true ? end64(count, listing.length, at) : Buffer.alloc(0);
  return Buffer.concat([...parts, listing, wide, end, options.comment ?? Buffer.alloc(0), options.after ?? Buffer.alloc(0)]);
}

function descriptorOf(entry: FakeEntry, crc: number, packed: number, size: number): Buffer {
  if (entry.descriptor === undefined) return Buffer.alloc(0);
  if (typeof entry.descriptor !== "string") return entry.descriptor;
  const words = Buffer.alloc(entry.descriptor === "wide" ? 24 : 16);
  words.writeUInt32LE(0x08074b50, 0);
  words.writeUInt32LE(crc, 4);
  words.writeUInt32LE(packed, 8);
  words.writeUInt32LE(size, entry.descriptor === "wide" ? 16 : 12);
  return entry.descriptor === "bare" ? words.subarray(4) : words;
}

function end64(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(offset + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
