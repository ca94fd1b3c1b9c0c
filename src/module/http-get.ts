import { createWriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { MedkitError, systemCode } from "../core/errors.ts";
import { redactUrl, splitCredentials, type Credentials } from "./goproxy-list.ts";
import { bodyOf, Busy, contentLength, rangeStart, refusalOf, SourceRefusal, strongValidator } from "./http-answer.ts";
import { StallWatch } from "./stall-watch.ts";

export interface TransferOptions {
  readonly netrc?: ReadonlyMap<string, Credentials>;
  /** How often a request is tried again after the network or the server failed; default 3. */
  readonly retries?: number;
  /** Milliseconds before the first new try; each later one waits four times as long. Default 250. */
  readonly backoff?: number;
  /** Milliseconds without a byte, or with fewer than 1 KiB for each second of them, after which a transfer is given up; default 60,000. */
  readonly stallAfter?: number;
}

export interface TransferPorts {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}

export interface TransferProgress {
  readonly done: number;
  /** Undefined where the source does not say. */
  readonly total: number | undefined;
}

const MAX_REDIRECTS = 10;

/** Where received bytes go. `restart` drops all that came so far. */
interface Sink {
  received: number;
  /** What is kept as a file has to come as it is: decoding could make any size of it. */
  readonly plainOnly: boolean;
  write(chunk: Uint8Array): Promise<void>;
  restart(): Promise<void>;
}

/** What is needed to ask for the rest of a broken transfer. */
interface Resume {
  readonly validator: string | undefined;
  readonly total: number | undefined;
}

/** GET over HTTP with retries, resumption, a limit, and a watch on stalls. Throws SourceRefusal, or the abort's reason. */
export class HttpGetter {
  readonly #ports: TransferPorts;
  readonly #options: TransferOptions;

  constructor(ports: TransferPorts, options: TransferOptions = {}) {
    this.#ports = ports;
    this.#options = options;
  }

  /** The whole answer, of at most `limit` bytes. */
  async get(url: string, limit: number): Promise<Buffer> {
    let chunks: Uint8Array[] = [];
    const sink: Sink = {
      received: 0,
      plainOnly: false,
      write: async (chunk) => void chunks.push(chunk),
      restart: async () => void (chunks = []),
    };
    await this.#transfer(url, limit, sink, () => {});
    return Buffer.concat(chunks);
  }

  /** Writes the answer into a new file, which stays behind half-written where this throws. */
  async download(
    url: string,
    target: string,
    limit: number,
    onProgress: (progress: TransferProgress) => void,
  ): Promise<number> {
    let file = createWriteStream(target, { flags: "wx" });
    const sink: Sink = {
      received: 0,
      plainOnly: true,
      write: (chunk) =>
        new Promise((resolve, reject) => file.write(chunk, (error) => (error ? reject(error) : resolve()))),
      restart: async () => {
        await close(file);
        file = createWriteStream(target, { flags: "w" });
      },
    };
    try {
      await this.#transfer(url, limit, sink, onProgress);
    } finally {
      await close(file);
    }
    return sink.received;
  }

  async #transfer(
    url: string,
    limit: number,
    sink: Sink,
    onProgress: (progress: TransferProgress) => void,
  ): Promise<void> {
    const retries = this.#options.retries ?? 3;
    const resume: { last: Resume } = { last: { validator: undefined, total: undefined } };
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#once(url, limit, sink, resume, onProgress);
        return;
      } catch (error) {
        this.#ports.signal.throwIfAborted();
        if (!(error instanceof SourceRefusal)) throw error;
        if (attempt >= retries || !mayRetry(error) || (error instanceof Busy && error.isTooLong)) throw error;
        const wait = (this.#options.backoff ?? 250) * 4 ** attempt;
        await sleep(Math.max(wait, error instanceof Busy ? error.wait : 0), undefined, { signal: this.#ports.signal });
      }
    }
  }

  async #once(
    url: string,
    limit: number,
    sink: Sink,
    resume: { last: Resume },
    onProgress: (progress: TransferProgress) => void,
  ): Promise<void> {
    const stall = new StallWatch(this.#options.stallAfter ?? 60_000);
    const name = redactUrl(url);
    let answered = false;
    try {
      const { validator } = resume.last;
      const goesOn = sink.received > 0 && validator !== undefined;
      const range: Record<string, string> = goesOn ? { range: `bytes=${sink.received}-`, "if-range": validator } : {};
      const response = await this.#follow(url, range, AbortSignal.any([this.#ports.signal, stall.signal]));
      stall.seen();
      answered = true;
      if (!response.ok) throw await refusalOf(response, name);
      const encoding = response.headers.get("content-encoding") ?? "identity";
      if (sink.plainOnly && encoding !== "identity") throw misbehaved("PROXY_ENCODED", { url: name, encoding });
      const start = goesOn && response.status === 206 ? rangeStart(response, sink.received, resume.last) : undefined;
      if (start === undefined && sink.received > 0) {
        await sink.restart();
        sink.received = 0;
      }
      if (start === undefined && response.status === 206)
        throw detailed("it answered with a part that nobody asked for", "PROXY_PART_UNASKED", { url: name });
      const length = contentLength(response);
      const total = length === undefined ? undefined : sink.received + length;
      resume.last = { validator: strongValidator(response), total };
      if (total !== undefined && total > limit) throw misbehaved("PROXY_TOO_BIG", { url: name, limit });
      for await (const chunk of bodyOf(response)) {
        stall.seen(chunk.length);
        if (sink.received + chunk.length > limit) throw misbehaved("PROXY_TOO_BIG", { url: name, limit });
        await sink.write(chunk);
        sink.received += chunk.length;
        onProgress({ done: sink.received, total });
      }
      if (total !== undefined && sink.received !== total)
        throw misbehaved("PROXY_LENGTH", { url: name, declared: total, received: sink.received });
    } catch (error) {
      if (stall.isSlow) throw misbehaved("PROXY_TOO_SLOW", { url: name, seconds: stall.seconds, least: stall.least });
      if (stall.isOver) throw misbehaved("PROXY_STALLED", { url: name, seconds: stall.seconds });
      if (error instanceof SourceRefusal || this.#ports.signal.aborted) throw error;
      if (error instanceof MedkitError) throw new SourceRefusal(error.code, undefined, error);
      if (isFileError(error)) throw error;
      if (codeOf(error) === "UND_ERR_HEADERS_OVERFLOW") throw misbehaved("PROXY_HEADERS_TOO_BIG", { url: name });
      const reason = networkReason(error);
      throw answered
        ? detailed(reason, "PROXY_BROKEN_OFF", { url: name, received: sink.received, reason })
        : new SourceRefusal(reason, undefined);
    } finally {
      stall.end();
    }
  }

  /** Follows redirects by hand: credentials stay with their host, https stays https, and circles end. */
  async #follow(text: string, range: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    const first = splitCredentials(text, this.#options.netrc ?? new Map());
    let url = new URL(first.url);
    const origin = url.origin;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const headers: Record<string, string> = { "accept-encoding": "identity", ...range };
      if (first.authorization !== undefined && url.origin === origin) headers["authorization"] = first.authorization;
      const response = await this.#ports.fetch(url.href, { headers, signal, redirect: "manual" });
      const location = response.headers.get("location");
      if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
      await response.body?.cancel();
      const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
      if (next === undefined || !mayFollow(url, next)) {
        const to = redactUrl(location);
        const reason = `it redirects to ${to}, which is not followed`;
        throw detailed(reason, "PROXY_REDIRECT_REFUSED", { url: redactUrl(text), to }, response.status);
      }
      url = next;
    }
    throw misbehaved("PROXY_REDIRECTS", { url: redactUrl(text), hops: MAX_REDIRECTS });
  }
}

/** Never away from TLS, never to a file, and with no login that a server made up. */
function mayFollow(from: URL, to: URL): boolean {
  const isDowngrade = from.protocol === "https:" && to.protocol !== "https:";
  return /^https?:$/.test(to.protocol) && !isDowngrade && to.username === "" && to.password === "";
}

function mayRetry(refusal: SourceRefusal): boolean {
  if (refusal.error !== undefined) return ["PROXY_STALLED", "PROXY_LENGTH"].includes(refusal.error.code);
  return refusal.status === undefined || refusal.status === 429 || refusal.status >= 500;
}

function misbehaved(
  code:
    | "PROXY_ENCODED"
    | "PROXY_HEADERS_TOO_BIG"
    | "PROXY_TOO_BIG"
    | "PROXY_LENGTH"
    | "PROXY_STALLED"
    | "PROXY_TOO_SLOW"
    | "PROXY_REDIRECTS",
  params: Record<string, string | number>,
): SourceRefusal {
  const error = new MedkitError(code, params);
  return new SourceRefusal(error.message, undefined, error);
}

/** A refusal that whoever asked this source alone can be told more of. */
function detailed(
  reason: string,
  code: "PROXY_PART_UNASKED" | "PROXY_BROKEN_OFF" | "PROXY_REDIRECT_REFUSED",
  params: Record<string, string | number>,
  status?: number,
): SourceRefusal {
  return new SourceRefusal(reason, status, undefined, new MedkitError(code, params));
}

function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? redactUrl(cause.message || cause.name) : String(cause);
}

function codeOf(error: unknown): string | undefined {
  return systemCode(error instanceof Error && error.cause instanceof Error ? error.cause : error);
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && ["open", "write", "close"].includes(String(error.syscall));
}

async function close(file: ReturnType<typeof createWriteStream>): Promise<void> {
  if (file.closed) return;
  await new Promise<void>((resolve) => {
    file.once("error", () => resolve());
    file.close(() => resolve());
  });
}
