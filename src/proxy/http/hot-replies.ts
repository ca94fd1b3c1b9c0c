import type { Asked, BytesReply } from "../types.ts";

/** A small reply that never changes, ready to be sent. */
export interface HotReply {
  readonly asked: Asked | undefined;
  readonly reply: BytesReply;
  readonly tag: string;
  readonly fixed: readonly string[];
}

/** Octets of bodies that are kept, and what an entry counts for besides. */
const mostOctets = 64 * 1024 * 1024;
const overhead = 1_024;

/** Small immutable replies by request target, the least recently sent dropped first. */
export class HotReplies {
  readonly #kept = new Map<string, HotReply>();
  #octets = 0;

  get(target: string): HotReply | undefined {
    const found = this.#kept.get(target);
    if (found === undefined) return undefined;
    // A map keeps the order in which keys were put in.
    this.#kept.delete(target);
    this.#kept.set(target, found);
    return found;
  }

  put(target: string, reply: HotReply): void {
    this.#drop(target);
    this.#kept.set(target, reply);
    this.#octets += reply.reply.bytes.length + overhead;
    for (const oldest of this.#kept.keys()) {
      if (this.#octets <= mostOctets) break;
      this.#drop(oldest);
    }
  }

  #drop(target: string): void {
    const found = this.#kept.get(target);
    if (found === undefined) return;
    this.#kept.delete(target);
    this.#octets -= found.reply.bytes.length + overhead;
  }
}
