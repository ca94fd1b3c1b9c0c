import type { Asked, BytesReply } from "../types.ts";

/** A reply that never changes, ready to be sent. */
export interface HotReply {
  readonly asked: Asked | undefined;
  readonly reply: BytesReply;
  readonly tag: string;
  readonly fixed: readonly string[];
}

/** Octets of bodies that are kept, small ones (`.info`, `.mod`) and others (zips) apart so that these do not drive out those. */
const mostSmall = 32 * 1024 * 1024;
const mostLarge = 64 * 1024 * 1024;
const smallUpTo = 64 * 1024;
/** What an entry counts for besides. */
const overhead = 1_024;

/** Immutable replies by request target, the least recently sent dropped first; all of them when the epoch in which they were made is over. */
export class HotReplies {
  #small = new Shelf(mostSmall);
  #large = new Shelf(mostLarge);
  #epoch = 0;

  get(target: string, epoch: number): HotReply | undefined {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#small = new Shelf(mostSmall);
      this.#large = new Shelf(mostLarge);
    }
    return this.#small.get(target) ?? this.#large.get(target);
  }

  /** `epoch` is that in which the reply was asked for. */
  put(target: string, reply: HotReply, epoch: number): void {
    if (epoch !== this.#epoch) return;
    const shelf = reply.reply.bytes.length <= smallUpTo ? this.#small : this.#large;
    shelf.put(target, reply);
  }
}

class Shelf {
  readonly #kept = new Map<string, HotReply>();
  readonly #most: number;
  #octets = 0;
  /** The newest one: asked again and again it need not be moved. */
  #last = "";

  constructor(most: number) {
    this.#most = most;
  }

  get(target: string): HotReply | undefined {
    const found = this.#kept.get(target);
    if (found === undefined || target === this.#last) return found;
    // A map keeps the order in which keys were put in.
    this.#kept.delete(target);
    this.#kept.set(target, found);
    this.#last = target;
    return found;
  }

  put(target: string, reply: HotReply): void {
    this.#drop(target);
    this.#kept.set(target, reply);
    this.#last = target;
    this.#octets += reply.reply.bytes.length + overhead;
    for (const oldest of this.#kept.keys()) {
      if (this.#octets <= this.#most) break;
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
