import { bodyOf, isExactPart, rangeHeaders } from "./http-answer.ts";
import { isFileError } from "./http-trouble.ts";
import { StallWatch } from "./stall-watch.ts";
import type { Stretch, Stretches } from "./stretches.ts";

/** The first one included. */
const CONNECTIONS = 4;

export interface PartsRequest {
  readonly total: number;
  readonly validator: string | undefined;
  readonly stretches: Stretches;
  /** Of one part, in octets. */
  readonly least: number;
  readonly stallAfter: number;
  readonly signal: AbortSignal;
  readonly ask: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Response>;
  /** Puts octets in their place, and counts them. */
  readonly write: (chunk: Uint8Array, at: number) => Promise<void>;
}

/**
 * More connections beside one that reads a file from the front: they fetch stretches off its end. A part counts only as the very stretch of the very file (RFC 9110,
 * section 14.4). Whatever else is answered ends the sharing: the first connection then reads on to the end by itself, as if nobody had helped.
 */
export class ParallelParts {
  readonly #request: PartsRequest;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[];
  #isOver = false;
  #failure: Error | undefined;
  #parts = 0;

  constructor(request: PartsRequest) {
    this.#request = request;
    this.#running = Array.from({ length: CONNECTIONS - 1 }, () => this.#work());
  }

  /** Whether some answer was not what was asked for, or none came. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** How many parts came whole. */
  get parts(): number {
    return this.#parts;
  }

  /** Waits until nobody fetches any more. Throws what this machine's disk refused. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends all of them; what came stays. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  /** Whether the disk refused something: there is no point in going on. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  async #work(): Promise<void> {
    const { stretches, total, least } = this.#request;
    while (!this.#isOver) {
      const claimed = stretches.claim(total, CONNECTIONS, least);
      if (claimed === undefined) return;
      try {
        if (await this.#fetch(claimed)) this.#parts++;
        else this.#isOver = true;
      } catch (error) {
        this.#isOver = true;
        if (!isFileError(error)) continue;
        this.#failure ??= error;
        this.#stop.abort();
      } finally {
        stretches.release(claimed);
      }
    }
  }

  /** False where the answer is not exactly that stretch. */
  async #fetch(claimed: Stretch): Promise<boolean> {
    const { total, validator, stretches, stallAfter, signal, ask, write } = this.#request;
    const { start, end } = claimed;
    const stall = new StallWatch(stallAfter);
    try {
      const headers = rangeHeaders(`${start}-${end - 1}`, validator);
      const response = await ask(headers, AbortSignal.any([signal, this.#stop.signal, stall.signal]));
      stall.seen();
      if (!isExactPart(response, claimed, { total, validator })) {
        await response.body?.cancel();
        return false;
      }
      stretches.confirm(claimed);
      let at = start;
      for await (const chunk of bodyOf(response)) {
        stall.seen(chunk.length);
        if (at + chunk.length > end) return false;
        await write(chunk, at);
        at += chunk.length;
      }
      return at === end;
    } finally {
      stall.end();
    }
  }
}
