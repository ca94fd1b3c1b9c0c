import { STATUS_CODES } from "node:http";
import type { HotReply } from "./hot-replies.ts";
import { sizeOf } from "./http-reply.ts";
import { gzipped, type ReadyReply } from "./compressed.ts";

/** Bodies up to this size are sent in one piece with their head. Octets. */
const joinedUpTo = 64 * 1024;

/** A whole reply as octets: head and body in one piece, or one after the other. */
export interface Wire {
  readonly pieces: readonly Buffer[];
  readonly octets: number;
}

/** Seconds that a connection is kept open for the next request, as `Keep-Alive` tells it. */
export const keptFor = 75;

/** The head of a whole reply in HTTP/1.1 (RFC 9112). `date`: an HTTP date. */
export function headText({ reply, fixed }: ReadyReply, date: string, closes: boolean): string {
  let text = `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ""}\r\n`;
  for (let at = 0; at < fixed.length; at += 2) text += `${fixed[at]}: ${fixed[at + 1]}\r\n`;
  const kept = closes ? "Connection: close" : `Connection: keep-alive\r\nKeep-Alive: timeout=${keptFor}`;
  return `${text}Content-Length: ${sizeOf(reply)}\r\nDate: ${date}\r\n${kept}\r\n\r\n`;
}

/** Head and body as they are best written: small ones in one piece, large ones without a copy. */
export function piecesOf(head: Buffer, body: Buffer): readonly Buffer[] {
  return body.length <= joinedUpTo ? [Buffer.concat([head, body])] : [head, body];
}

/** The date of a second, made once a second. */
export class HttpDate {
  #second = 0;
  #text = "";

  of(now: Date): string {
    const second = Math.floor(now.getTime() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = now.toUTCString();
    }
    return this.#text;
  }
}

interface Kept extends Wire {
  readonly date: string;
}

/** Hot replies as they go over the wire, made once a second each: only the date changes. */
export class Wires {
  readonly #plain = new WeakMap<HotReply, Kept>();
  readonly #zipped = new WeakMap<HotReply, Kept>();

  of(hot: HotReply, gzip: boolean, date: string): Wire {
    const kept = gzip ? this.#zipped : this.#plain;
    const found = kept.get(hot);
    if (found?.date === date) return found;
    const ready = gzip ? gzipped(hot) : hot;
    if ("file" in ready.reply) throw new Error("a hot reply is in memory");
    const head = Buffer.from(headText(ready, date, false), "latin1");
    const { bytes } = ready.reply;
    const made = { pieces: piecesOf(head, bytes), octets: bytes.length, date };
    kept.set(hot, made);
    return made;
  }
}
