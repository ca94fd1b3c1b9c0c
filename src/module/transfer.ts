import { setTimeout as sleep } from "node:timers/promises";
import { redactUrl } from "./goproxy-list.ts";
import {
  bodyOf,
  Busy,
  contentLength,
  isDecisive,
  partOf,
  rangeHeaders,
  refusalOf,
  SourceRefusal,
  strongValidator,
  type KnownFile,
} from "./http-answer.ts";
import { ask, type Address, type Answer } from "./http-request.ts";
import { detailed, mayRetry, misbehaved, troubleOf } from "./http-trouble.ts";
import { ParallelParts } from "./parallel-parts.ts";
import { StallWatch } from "./stall-watch.ts";
import type { Stretch, Stretches } from "./stretches.ts";

/** Where received octets go. */
export interface Sink {
  /** What is there; the sink alone changes it. */
  readonly stretches: Stretches;
  /** A file: it has to come as it is (decoding could make any size of it), and can be written at any place. */
  readonly isFile: boolean;
  /** What was known of it before this transfer, where it goes on with an earlier one. */
  readonly known: KnownFile | undefined;
  /** Called before the first octet of a file; what came of another one is dropped. `decisive`: whether the validator tells it from every other. */
  begin(file: KnownFile, decisive: boolean): Promise<void>;
  write(chunk: Uint8Array, at: number): Promise<void>;
}

export interface TransferSettings {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  readonly retries: number;
  /** Milliseconds. */
  readonly backoff: number;
  /** Milliseconds. */
  readonly stallAfter: number;
  /** Octets at most. */
  readonly limit: number;
  /** What lies at the address never changes: its length is enough to know it again, where the server gives no validator. */
  readonly isImmutable: boolean;
  /** Over several connections, where that helps. */
  readonly mayShare: boolean;
  /** Octets that have to be missing for that. */
  readonly shareFrom: number;
  readonly onOctets: (total: number | undefined) => void;
}

/** What one answer gives; the end is undefined where it does not say. */
interface Portion {
  readonly start: number;
  readonly end: number | undefined;
}

const NOTHING: KnownFile = { validator: undefined, total: undefined };

/** Octets more than ever before, after which the tries are counted anew. */
const WORTH_A_TRY = 1024 * 1024;

/** One address into one sink, until all of it is there. */
export class Transfer {
  readonly #address: Address;
  readonly #name: string;
  readonly #sink: Sink;
  readonly #settings: TransferSettings;
  #known: KnownFile;
  #isDecisive: boolean;
  #mayShare: boolean;
  #parts = 0;

  constructor(address: Address, name: string, sink: Sink, settings: TransferSettings) {
    this.#address = address;
    this.#name = redactUrl(name);
    this.#sink = sink;
    this.#settings = settings;
    this.#known = sink.known ?? NOTHING;
    this.#isDecisive = sink.known !== undefined;
    this.#mayShare = sink.isFile && settings.mayShare;
  }

  /** How many parts came over other connections than the first. */
  get parts(): number {
    return this.#parts;
  }

  /** Throws SourceRefusal, the abort's reason, or what the disk refused. */
  async run(): Promise<void> {
    const { retries, backoff, signal } = this.#settings;
    let most = 0;
    for (let attempt = 0; !this.#isComplete();) {
      try {
        await this.#once();
      } catch (error) {
        signal.throwIfAborted();
        if (this.#isComplete()) return;
        const { count } = this.#sink.stretches;
        // A network that breaks again and again, but brings something each time, gets there.
        if (count >= most + WORTH_A_TRY) attempt = 0;
        most = Math.max(most, count);
        if (!(error instanceof SourceRefusal) || attempt >= retries || !mayRetry(error)) throw error;
        const wait = backoff * 4 ** attempt++;
        await sleep(Math.max(wait, error instanceof Busy ? error.wait : 0), undefined, { signal });
      }
    }
  }

  #isComplete(): boolean {
    const { total } = this.#known;
    return total !== undefined && this.#sink.stretches.gap(total) === undefined;
  }

  async #once(): Promise<void> {
    const { signal, stallAfter } = this.#settings;
    const stall = new StallWatch(stallAfter);
    let parts: ParallelParts | undefined;
    let answered = false;
    try {
      const gap = this.#gapToAskFor();
      const answer = await this.#ask(this.#address, rangeOf(gap, this.#known), AbortSignal.any([signal, stall.signal]));
      stall.seen();
      answered = true;
      const portion = await this.#judge(answer.response, gap);
      if (portion === undefined) return;
      parts = this.#share(answer);
      await this.#read(answer.response, portion, stall, parts);
      stall.end();
      await parts?.settle();
    } catch (error) {
      const trouble = troubleOf(error, this.#name, stall, answered ? this.#sink.stretches.count : undefined);
      // Where this connection alone broke, the others go on as far as they get.
      if (signal.aborted || !(trouble instanceof SourceRefusal && mayRetry(trouble))) await parts?.stop();
      await parts?.settle();
      signal.throwIfAborted();
      throw trouble;
    } finally {
      stall.end();
      this.#parts += parts?.parts ?? 0;
      if (parts?.isOver === true) this.#mayShare = false;
    }
  }

  async #ask(address: Address, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    return await ask(this.#settings.fetch, address, headers, signal);
  }

  /** The first octets that are not there yet; undefined where the whole file has to be asked for. */
  #gapToAskFor(): Stretch | undefined {
    const { stretches } = this.#sink;
    const { validator, total } = this.#known;
    const isKnown = validator !== undefined || (this.#settings.isImmutable && total !== undefined);
    return stretches.count > 0 && isKnown ? stretches.gap(total) : undefined;
  }

  /** What the answer gives. Undefined where it is no part of the file that is here so far: then all of it is asked for. */
  async #judge(response: Response, gap: Stretch | undefined): Promise<Portion | undefined> {
    const { limit } = this.#settings;
    const url = this.#name;
    const isPart = response.status === 206;
    // The go command takes 200 and nothing else; 206 and 416 are for what was asked for as a part.
    const isKnown = response.status === 200 || isPart || (response.status === 416 && gap !== undefined);
    if (!isKnown) throw await refusalOf(response, url);
    const encoding = response.headers.get("content-encoding") ?? "identity";
    if (response.ok && this.#sink.isFile && encoding !== "identity")
      throw misbehaved("PROXY_ENCODED", { url, encoding });
    if (isPart && gap === undefined)
      throw detailed("it answered with a part that nobody asked for", "PROXY_PART_UNASKED", { url });
    if (isPart || !response.ok) {
      const part = gap === undefined || !isPart ? undefined : partOf(response, gap, this.#known);
      if (part !== undefined) return part;
      await response.body?.cancel();
      this.#known = NOTHING;
      return undefined;
    }
    const total = contentLength(response);
    if (total !== undefined && total > limit) throw misbehaved("PROXY_TOO_BIG", { url, limit });
    this.#known = { validator: strongValidator(response), total };
    this.#isDecisive = this.#settings.isImmutable || isDecisive(response, this.#known.validator);
    await this.#sink.begin(this.#known, this.#isDecisive);
    return { start: 0, end: total };
  }

  /** Gets help for the rest, where the server gives parts, they can be told from another file's, and it is worth it. */
  #share({ response, address }: Answer): ParallelParts | undefined {
    const { stretches } = this.#sink;
    const { signal, stallAfter, shareFrom } = this.#settings;
    const { validator, total } = this.#known;
    const givesParts = response.status === 206 || response.headers.get("accept-ranges") === "bytes";
    if (!this.#mayShare || !givesParts || !this.#isDecisive || total === undefined) return undefined;
    if (total - stretches.count < shareFrom) return undefined;
    return new ParallelParts({
      total,
      validator,
      stretches,
      least: Math.ceil(shareFrom / 16),
      stallAfter,
      signal,
      ask: async (headers, part) => (await this.#ask(address, headers, part)).response,
      write: (chunk, at) => this.#put(chunk, at),
    });
  }

  async #read(
    response: Response,
    { start, end }: Portion,
    stall: StallWatch,
    parts: ParallelParts | undefined,
  ): Promise<void> {
    const { stretches } = this.#sink;
    const { limit } = this.#settings;
    let at = start;
    for await (const chunk of bodyOf(response)) {
      stall.seen(chunk.length);
      const next = at + chunk.length;
      if (next > limit) throw misbehaved("PROXY_TOO_BIG", { url: this.#name, limit });
      if (end !== undefined && next > end) throw this.#otherLength(end, next);
      await this.#put(chunk, at);
      at = next;
      if (parts?.hasFailed === true || (end !== undefined && parts !== undefined && stretches.isTaken(at, end))) return;
    }
    if (end !== undefined && at !== end) throw this.#otherLength(end, at);
    // Its end was the end of the file.
    if (this.#known.total === undefined) this.#known = { ...this.#known, total: at };
  }

  async #put(chunk: Uint8Array, at: number): Promise<void> {
    await this.#sink.write(chunk, at);
    this.#settings.onOctets(this.#known.total);
  }

  #otherLength(declared: number, received: number): SourceRefusal {
    return misbehaved("PROXY_LENGTH", { url: this.#name, declared, received });
  }
}

/** As RFC 9110 has it, sections 14.2 and 13.1.5: the gap if the file is still the same, else all of it. */
function rangeOf(gap: Stretch | undefined, { validator, total }: KnownFile): Readonly<Record<string, string>> {
  if (gap === undefined) return {};
  const isToEnd = total === undefined || gap.end === total;
  return rangeHeaders(`${gap.start}-${isToEnd ? "" : gap.end - 1}`, validator);
}
