import { MedkitError } from "../core/errors.ts";
import type { Stretch } from "./stretches.ts";

const MAX_RETRY_AFTER = 30_000;

/** Octets of a part that is less than what was asked for. Of fewer, a file could be given in millions of answers. */
const LEAST_PART = 64 * 1024;

/** Why a source gave nothing. */
export class SourceRefusal extends Error {
  /** HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** Set where the source did not refuse but misbehaved. */
  readonly error: MedkitError | undefined;
  /** What happened, for whoever asked this source alone; undefined where the status says it. */
  readonly detail: MedkitError | undefined;

  constructor(reason: string, status: number | undefined, error?: MedkitError, detail = error) {
    super(reason);
    this.name = "SourceRefusal";
    this.status = status;
    this.error = error;
    this.detail = detail;
  }

  get isAbsent(): boolean {
    return this.status === 404 || this.status === 410;
  }
}

/** The server asks for patience. */
export class Busy extends SourceRefusal {
  /** Milliseconds. */
  readonly wait: number;
  constructor(reason: string, status: number, wait: number, url: string) {
    super(reason, status, undefined, new MedkitError("PROXY_BUSY", { url, reason, seconds: Math.ceil(wait / 1000) }));
    this.wait = wait;
  }

  /** Whether it asks for more than a person who looks on would wait. */
  get isTooLong(): boolean {
    return this.wait > MAX_RETRY_AFTER;
  }
}

/** An answer's body in pieces; nothing where it has none. */
export async function* bodyOf(response: Response): AsyncGenerator<Uint8Array, void, undefined> {
  if (response.body === null) return;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) yield chunk;
}

/** The status and the first line of what the server says about it. */
export async function refusalOf(response: Response, url: string): Promise<SourceRefusal> {
  let said = "";
  try {
    const decoder = new TextDecoder();
    for await (const chunk of bodyOf(response)) {
      said += decoder.decode(chunk, { stream: true });
      if (said.length > 4096 || said.includes("\n")) break;
    }
  } catch {
    // The status says enough.
  }
  const line = (said.split("\n")[0] ?? "")
    .replace(/[^\P{C}\t]/gu, "")
    .trim()
    .slice(0, 200);
  const reason = `HTTP ${response.status}${line === "" ? "" : `: ${line}`}`;
  const retryAfter = Number(response.headers.get("retry-after") ?? "");
  if (response.status === 429 || response.status === 503) {
    return new Busy(reason, response.status, Number.isFinite(retryAfter) ? Math.max(0, retryAfter * 1000) : 0, url);
  }
  const detail = response.status >= 500 ? new MedkitError("PROXY_FAILED", { url, reason }) : undefined;
  return new SourceRefusal(reason, response.status, undefined, detail);
}

export function contentLength(response: Response): number | undefined {
  const text = response.headers.get("content-length");
  // A length of encoded bytes says nothing of what is read here.
  if (
    text === null ||
    !/^[0-9]+$/.test(text) ||
    (response.headers.get("content-encoding") ?? "identity") !== "identity"
  )
    return undefined;
  return Number(text);
}

export function strongValidator(response: Response): string | undefined {
  const etag = response.headers.get("etag");
  if (etag !== null) return etag.startsWith("W/") ? undefined : etag;
  return response.headers.get("last-modified") ?? undefined;
}

/**
 * Whether a validator tells one file from every other: an entity tag that is not weak, or a date that is so much older than the answer that no change can
 * hide behind it (RFC 9110, section 8.8.2.2; a minute, as there, for clocks that differ).
 */
export function isDecisive(response: Response, validator: string | undefined): validator is string {
  if (validator === undefined || response.headers.get("etag") !== null) return validator !== undefined;
  const [date, modified] = [Date.parse(response.headers.get("date") ?? ""), Date.parse(validator)];
  return date - modified >= 60_000;
}

/** A file as the first answer described it. */
export interface KnownFile {
  readonly validator: string | undefined;
  readonly total: number | undefined;
}

/** Asks for octets (`0-99`, `100-`), if the file is still the one with this validator; without one, whatever the file is. */
export function rangeHeaders(octets: string, validator: string | undefined): Readonly<Record<string, string>> {
  return { range: `bytes=${octets}`, ...(validator === undefined ? {} : { "if-range": validator }) };
}

/** Whether an answer is this stretch of that file, and says so in every respect. */
export function isExactPart(response: Response, { start, end }: Stretch, { validator, total }: KnownFile): boolean {
  const now = strongValidator(response);
  return (
    response.status === 206 &&
    response.headers.get("content-range") === `bytes ${start}-${end - 1}/${total ?? "*"}` &&
    (response.headers.get("content-encoding") ?? "identity") === "identity" &&
    (now === undefined || now === validator)
  );
}

/**
 * What a partial answer gives of the gap that was asked for: all of it, or a beginning of at least 64 KiB. Undefined where it is anything else, or of another
 * file.
 */
export function partOf(response: Response, gap: Stretch, { validator, total }: KnownFile): Stretch | undefined {
  const match = /^bytes ([0-9]+)-([0-9]+)\/([0-9]+|\*)$/.exec(response.headers.get("content-range") ?? "");
  if (match === null) return undefined;
  const [start, end] = [Number(match[1]), Number(match[2]) + 1];
  const isSameLength = match[3] === "*" || total === undefined || Number(match[3]) === total;
  // A server that heeds no If-Range sends a part of what it has by now, and says so.
  const now = strongValidator(response);
  const isSameFile = isSameLength && (now === undefined || now === validator);
  const isWorthIt = end === gap.end || end - start >= LEAST_PART;
  return start === gap.start && isWorthIt && end <= gap.end && isSameFile ? { start, end } : undefined;
}
