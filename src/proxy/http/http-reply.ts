import { sha256Hex } from "../../core/digest.ts";
import type { BytesReply, Reply } from "../types.ts";

/** The part of a body that is sent, `end` not included. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** A reply's status and headers for one request, and which octets follow. */
export interface Head {
  readonly status: number;
  /** Name and value in turns, as node:http takes them. */
  readonly headers: readonly string[];
  /** Undefined: no body. */
  readonly part: Part | undefined;
}

/** The headers of a request that decide what is sent (RFC 9110, sections 13 and 14). Names in lower case. */
export type Conditions = Readonly<
  Partial<Record<"if-none-match" | "if-modified-since" | "range" | "if-range", string>>
>;

const cacheControl = {
  immutable: "public, max-age=31536000, immutable",
  minute: "public, max-age=60",
  never: "no-store",
};

/** Octets of a reply's body. */
export function sizeOf(reply: Reply): number {
  return "file" in reply ? reply.file.size : reply.bytes.length;
}

/** A strong entity tag: the first 128 bits of the SHA-256 of the bytes. */
export function entityTag(reply: Reply): string {
  return `"${("file" in reply ? reply.sha256 : sha256Hex(reply.bytes)).slice(0, 32)}"`;
}

/** Whether a reply may be sent compressed: a text that is long enough to be worth it. */
export function isCompressible(reply: Reply): reply is BytesReply {
  return (
    "bytes" in reply &&
    reply.status === 200 &&
    reply.bytes.length >= 512 &&
    /^(?:text|application\/json)/.test(reply.type)
  );
}

/** Headers that do not depend on the request. */
export function fixedHeaders(reply: Reply, tag: string): readonly string[] {
  const modified = "file" in reply ? reply.file.modified : reply.modified;
  return [
    "Content-Type",
    reply.type,
    "Cache-Control",
    cacheControl[reply.keep],
    "X-Content-Type-Options",
    "nosniff",
    ...(reply.status === 200 ? ["ETag", tag, "Accept-Ranges", "bytes"] : []),
    ...(modified === undefined ? [] : ["Last-Modified", modified.toUTCString()]),
    ...(isCompressible(reply) ? ["Vary", "Accept-Encoding"] : []),
    ...(reply.more ?? []),
    ...(reply.saveAs === undefined ? [] : ["Content-Disposition", `attachment; filename="${reply.saveAs}"`]),
  ];
}

/** Holds a reply against a request's conditions. */
export function headFor(reply: Reply, tag: string, fixed: readonly string[], conditions: Conditions): Head {
  const size = sizeOf(reply);
  const whole: Head = {
    status: reply.status,
    headers: [...fixed, "Content-Length", String(size)],
    part: { start: 0, end: size },
  };
  if (reply.status !== 200) return whole;
  const modified = "file" in reply ? reply.file.modified : reply.modified;
  if (isUnchanged(conditions, tag, modified)) return { status: 304, headers: fixed, part: undefined };
  const range = conditions.range;
  if (range === undefined || !mayBePart(conditions["if-range"], tag, modified)) return whole;
  const part = parseRange(range, size);
  if (part === undefined) return whole;
  if (part === "outside")
    return {
      status: 416,
      headers: ["Content-Range", `bytes */${size}`, "Content-Length", "0"],
      part: undefined,
    };
  return {
    status: 206,
    headers: [
      ...fixed,
      "Content-Range",
      `bytes ${part.start}-${part.end - 1}/${size}`,
      "Content-Length",
      String(part.end - part.start),
    ],
    part,
  };
}

function isUnchanged(conditions: Conditions, tag: string, modified: Date | undefined): boolean {
  const tags = conditions["if-none-match"];
  if (tags !== undefined)
    return tags.trim() === "*" || tags.split(",").some((each) => each.trim().replace(/^W\//, "") === tag);
  const since = conditions["if-modified-since"];
  if (since === undefined || modified === undefined) return false;
  return isNotAfter(modified, since);
}

/** HTTP dates have whole seconds. A text that is no date says nothing. */
function isNotAfter(modified: Date, text: string): boolean {
  const date = Date.parse(text);
  return !Number.isNaN(date) && Math.floor(modified.getTime() / 1000) * 1000 <= date;
}

/** Whether a part fits to what the client has already (If-Range). */
function mayBePart(validator: string | undefined, tag: string, modified: Date | undefined): boolean {
  if (validator === undefined) return true;
  if (validator.startsWith('"')) return validator.trim() === tag;
  return modified !== undefined && Math.floor(modified.getTime() / 1000) * 1000 === Date.parse(validator);
}

/** One range of octets. Several, and what is malformed, are ignored, as RFC 9110 allows. */
function parseRange(text: string, size: number): Part | "outside" | undefined {
  const [, first = "", last = ""] = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/.exec(text.trim()) ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "outside" : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) return "outside";
  return { start, end: last === "" ? size : Math.min(size, Number(last) + 1) };
}
