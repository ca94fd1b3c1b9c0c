import { FileSink, MemorySink } from "./file-sink.ts";
import type { Credentials } from "./goproxy-list.ts";
import { parseAddress } from "./http-request.ts";
import { Transfer, type Sink } from "./transfer.ts";

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

/**
 * GET over HTTP with retries, resumption, a limit, and a watch on stalls; big files over several connections. Throws SourceRefusal, the abort's reason, or what
 * the disk refused.
 */
export class HttpGetter {
  readonly #ports: TransferPorts;
  readonly #options: TransferOptions;

  constructor(ports: TransferPorts, options: TransferOptions = {}) {
    this.#ports = ports;
    this.#options = options;
  }

  /** The whole answer, of at most `limit` bytes. */
  async get(url: string, limit: number): Promise<Buffer> {
    const sink = new MemorySink();
    await this.#transfer(url, limit, sink, () => {}).run();
    return sink.bytes;
  }

  /** Writes the answer into a new file, which stays behind half-written where this throws. Returns its size. */
  async download(
    url: string,
    target: string,
    limit: number,
    onProgress: (progress: TransferProgress) => void,
  ): Promise<number> {
    const sink = new FileSink(target);
    try {
      await this.#transfer(url, limit, sink, onProgress).run();
    } finally {
      await sink.close();
    }
    return sink.stretches.count;
  }

  #transfer(url: string, limit: number, sink: Sink, onProgress: (progress: TransferProgress) => void): Transfer {
    const { retries = 3, backoff = 250, stallAfter = 60_000, netrc } = this.#options;
    const { fetch, signal } = this.#ports;
    const onOctets = (total: number | undefined): void => onProgress({ done: sink.stretches.count, total });
    return new Transfer(parseAddress(url, netrc), url, sink, {
      fetch,
      signal,
      retries,
      backoff,
      stallAfter,
      limit,
      onOctets,
    });
  }
}
