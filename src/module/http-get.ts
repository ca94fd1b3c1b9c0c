import type { KeptPartial } from "../state/index.ts";
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
  /** Octets of a file that have to be missing for several connections to be used; default 16 MiB. */
  readonly shareFrom?: number;
  /** Keeps what came of a large file, by its address without credentials, for a later command to go on with; by default nothing is kept. */
  readonly keep?: (address: string) => Promise<KeptPartial | undefined>;
}

export interface TransferPorts {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}

export interface TransferProgress {
  /** Octets that are there. */
  readonly done: number;
  /** Undefined where the source does not say. */
  readonly total: number | undefined;
  /** Octets of them that an earlier command had fetched. */
  readonly resumed: number;
  /** How many parts came over other connections than the first. */
  readonly parts: number;
}

export interface DownloadOptions {
  /** Called as octets come, and once at the end. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** What lies at the address never changes, as with the files of a released version, and will be proven: its length is enough to go on with it. */
  readonly immutable?: boolean;
  /** Over one connection, and nothing of an earlier command's. */
  readonly whole?: boolean;
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
    await this.#transfer(url, limit, sink).run();
    return sink.bytes;
  }

  /** Writes the answer into a new file, which stays behind half-written where this throws and the options keep nothing elsewhere. */
  async download(url: string, target: string, limit: number, options: DownloadOptions = {}): Promise<TransferProgress> {
    const kept = await this.#options.keep?.(parseAddress(url).url.href);
    try {
      if (options.whole === true) await kept?.drop();
      const sink = await FileSink.open(target, options.whole === true ? undefined : kept, limit);
      try {
        const transfer: Transfer = this.#transfer(url, limit, sink, options, (total) =>
          options.onProgress?.(progressOf(sink, transfer, total)),
        );
        await transfer.run();
        await sink.finish();
        const result = progressOf(sink, transfer, sink.stretches.count);
        options.onProgress?.(result);
        return result;
      } catch (error) {
        await sink.leave(error);
        throw error;
      }
    } finally {
      kept?.release();
    }
  }

  #transfer(
    url: string,
    limit: number,
    sink: Sink,
    { whole = false, immutable = false }: DownloadOptions = {},
    onOctets: (total: number | undefined) => void = () => {},
  ): Transfer {
    const { retries = 3, backoff = 250, stallAfter = 60_000, shareFrom = 16 * 1024 * 1024, netrc } = this.#options;
    const { fetch, signal } = this.#ports;
    const settings = {
      fetch,
      signal,
      retries,
      backoff,
      stallAfter,
      limit,
      isImmutable: immutable,
      mayShare: !whole,
      shareFrom,
      onOctets,
    };
    return new Transfer(parseAddress(url, netrc), url, sink, settings);
  }
}

function progressOf(sink: FileSink, { parts }: Transfer, total: number | undefined): TransferProgress {
  return { done: sink.stretches.count, total, resumed: sink.resumed, parts };
}
