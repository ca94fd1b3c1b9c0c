import { decodeUtf8 } from "./tar-header.ts";

/** One pax record, `<length> <key>=<value>\n`, its length counting itself. Source: POSIX.1-2017, pax, "pax Extended Header". */
export function encodePaxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

/** Reads a pax header strictly; undefined where a record is malformed, repeated, or not UTF-8 where it is used. */
export function parsePax(bytes: Buffer): ReadonlyMap<string, string> | undefined {
  const records = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    if (space === -1 || space - at > 9) return undefined;
    const digits = bytes.toString("latin1", at, space);
    if (!/^[1-9]\d*$/.test(digits)) return undefined;
    const end = at + Number(digits);
    const equals = bytes.indexOf(0x3d, space);
    if (end > bytes.length || bytes[end - 1] !== 0x0a || equals === -1 || equals >= end) return undefined;
    const key = bytes.toString("latin1", space + 1, equals);
    if (key === "" || records.has(key)) return undefined;
    // Extended attributes are binary; only what steers the reading has to be text.
    const value = decodeUtf8(bytes.subarray(equals + 1, end - 1)) ?? (usedKeys.has(key) ? undefined : "");
    if (value === undefined) return undefined;
    records.set(key, value);
    at = end;
  }
  return records;
}

const usedKeys = new Set(["path", "size", "linkpath"]);
