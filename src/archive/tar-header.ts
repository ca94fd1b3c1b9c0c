/**
 * The 512-byte header of POSIX.1-1988 (ustar). Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual,
 * "Basic Tar Format". Offsets: name 0, mode 100, uid 108, gid 116, size 124, mtime 136, chksum 148, typeflag 156,
 * linkname 157, magic 257, version 263, uname 265, gname 297, devmajor 329, devminor 337, prefix 345.
 */
export const BLOCK = 512;

/** Largest size that the eleven octal digits of a header hold: 8 GiB - 1. */
export const MAX_OCTAL_SIZE = 0o77777777777;

/** Bytes that fill a content up to a whole block. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** Splits a path into the fields `prefix` and `name`; undefined where it fits in neither way. */
export function splitPath(path: string): { readonly prefix: string; readonly name: string } | undefined {
  const bytes = Buffer.from(path);
  if (bytes.length <= 100) return { prefix: "", name: path };
  // The first slash from which the rest fits: the shortest prefix, so the cut does not depend on the implementation.
  const slash = bytes.indexOf(0x2f, bytes.length - 101);
  if (slash < 1 || slash > 155 || slash === bytes.length - 1) return undefined;
  return { prefix: bytes.toString("utf8", 0, slash), name: bytes.toString("utf8", slash + 1) };
}

export interface HeaderFields {
  /** Already fitting: at most 100 and 155 bytes. */
  readonly name: string;
  readonly prefix: string;
  readonly mode: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly type: "0" | "5" | "x";
}

/** A header with owner 0, no owner names and no devices. */
export function encodeHeader(fields: HeaderFields): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, digits: number): void => {
    block.write(value.toString(8).padStart(digits, "0"), offset, "latin1");
  };
  block.write(fields.name, 0, 100, "utf8");
  octal(fields.mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(fields.size, 124, 11);
  octal(fields.mtime, 136, 11);
  block.write(fields.type, 156, "latin1");
  block.write("ustar\u000000", 257, "latin1");
  octal(0, 329, 7);
  octal(0, 337, 7);
  block.write(fields.prefix, 345, 155, "utf8");
  block.write(`${checksumOf(block).toString(8).padStart(6, "0")}\u0000 `, 148, "latin1");
  return block;
}

/** Sum of the header's bytes, its own field counted as eight spaces. */
export function checksumOf(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let i = 0; i < 148; i++) sum += block[i] ?? 0;
  for (let i = 156; i < BLOCK; i++) sum += block[i] ?? 0;
  return sum;
}

/** An octal field: optional leading spaces, digits, then only NULs and spaces. Undefined for anything else, base-256 and negative numbers too. */
export function parseOctal(block: Buffer, offset: number, length: number): number | undefined {
  const match = /^ *([0-7]*)[\u0000 ]*$/.exec(block.toString("latin1", offset, offset + length));
  if (match === null) return undefined;
  return match[1] === "" ? 0 : Number.parseInt(match[1] ?? "", 8);
}

/** The bytes of a text field up to its NUL; undefined where they are not UTF-8. */
export function parseText(block: Buffer, offset: number, length: number): string | undefined {
  const end = block.indexOf(0, offset);
  return decodeUtf8(block.subarray(offset, end === -1 || end > offset + length ? offset + length : end));
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

export type HeaderProblem = "not-tar" | "checksum" | "field";

export interface Header {
  readonly name: string | undefined;
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
  readonly type: string;
  /** As Latin-1: it is judged, never followed. */
  readonly linkName: string;
}

/** Reads a header strictly: ustar or GNU magic, right checksum, octal numbers. `mtime` that is not octal counts as 0. */
export function decodeHeader(block: Buffer): Header | HeaderProblem {
  const magic = block.toString("latin1", 257, 265);
  if (magic !== "ustar\u000000" && magic !== "ustar  \u0000") return "not-tar";
  if (parseOctal(block, 148, 8) !== checksumOf(block)) return "checksum";
  const size = parseOctal(block, 124, 12);
  const mode = parseOctal(block, 100, 8);
  if (size === undefined || mode === undefined) return "field";
  const short = parseText(block, 0, 100);
  // GNU tar keeps other things in the place of the prefix.
  const prefix = magic.endsWith("00") ? parseText(block, 345, 155) : "";
  const name = short === undefined || prefix === undefined ? undefined : prefix === "" ? short : `${prefix}/${short}`;
  return {
    name,
    mode: mode & 0o7777,
    size,
    mtime: parseOctal(block, 136, 12) ?? 0,
    type: String.fromCharCode(block[156] ?? 0),
    linkName: block.toString("latin1", 157, 257).split("\0", 1)[0] ?? "",
  };
}

const zeros = Buffer.alloc(1 << 16);

export function isZero(bytes: Buffer): boolean {
  if (bytes[0] !== 0) return bytes.length === 0;
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (!part.equals(zeros.subarray(0, part.length))) return false;
  }
  return true;
}
