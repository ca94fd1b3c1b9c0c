/** Makes archives that no honest writer makes, for the reader's tests. */
import { gzipSync } from "node:zlib";
import { encodePaxRecord } from "./pax.ts";
import { BLOCK, checksumOf, encodeHeader, paddingOf } from "./tar-header.ts";

export interface RawMember {
  readonly name: string;
  readonly prefix?: string;
  readonly type?: string;
  readonly data?: string | Buffer;
  /** What the header claims; the length of `data` by default. */
  readonly size?: number;
  readonly mode?: number;
  readonly link?: string;
  /** Changes the finished header; the checksum is made afterwards. */
  readonly edit?: (header: Buffer) => void;
  /** Changes the header after its checksum. */
  readonly spoil?: (header: Buffer) => void;
}

export function seal(block: Buffer): void {
  block.write(`${checksumOf(block).toString(8).padStart(6, "0")}\u0000 `, 148, "latin1");
}

export function rawMember(member: RawMember): Buffer {
  const data = Buffer.from(member.data ?? "");
  const header = encodeHeader({
    name: member.name,
    prefix: member.prefix ?? "",
    mode: member.mode ?? 0o644,
    size: member.size ?? data.length,
    mtime: 0,
    type: "0",
  });
  header.write(member.type ?? "0", 156, "latin1");
  if (member.link !== undefined) header.write(member.link, 157, 100, "utf8");
  member.edit?.(header);
  seal(header);
  member.spoil?.(header);
  return Buffer.concat([header, data, Buffer.alloc(paddingOf(data.length))]);
}

export function pax(records: Readonly<Record<string, string>>, type = "x"): RawMember {
  return {
    name: "PaxHeader/x",
    type,
    data: Buffer.concat(Object.entries(records).map(([key, value]) => encodePaxRecord(key, value))),
  };
}

export function rawTar(...members: readonly RawMember[]): Buffer {
  return Buffer.concat([...members.map(rawMember), Buffer.alloc(2 * BLOCK)]);
}

export function rawTarGz(...members: readonly RawMember[]): Buffer {
  return gzipSync(rawTar(...members));
}

/** A stream of these bytes, in chunks of `size`. */
export async function* chunksOf(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
