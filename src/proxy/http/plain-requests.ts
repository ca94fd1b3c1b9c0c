import { wantsGzip } from "./compressed.ts";

/** The headers of a plain request, by names in lower case. */
export interface PlainHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly gzip: boolean;
}

export interface PlainRequest extends PlainHeaders {
  /** Path as it was asked, without a query. */
  readonly target: string;
}

/** Clients send the same headers with each request: so many different ones are remembered, none longer than so many octets. */
const mostKnown = 1_000;
const longest = 2_048;

/** What may stand in a plain request. Who sends anything else wants more than a plain reply. */
const harmless = new Set(
  [
    "host user-agent accept accept-encoding accept-language connection cache-control pragma",
    // What a load balancer and a tracer add.
    "forwarded via x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto",
    "x-real-ip x-request-id traceparent tracestate",
  ].flatMap((names) => names.split(" ")),
);

/**
 * Recognizes the requests that all but a few are: `GET` of a path, HTTP/1.1, whole in one chunk with nothing behind it, no body, no conditions, no
 * login. Stricter than RFC 9112 everywhere, so that whatever is taken here means the same to every server in between. Undefined for all others: they are
 * node:http's.
 */
export class PlainRequests {
  readonly #known = new Map<string, PlainHeaders | undefined>();

  parse(chunk: Buffer): PlainRequest | undefined {
    if (chunk.length > 2 * longest) return undefined;
    const text = chunk.toString("latin1");
    const end = text.indexOf(" HTTP/1.1\r\n");
    if (end < 0 || !text.startsWith("GET /") || !text.endsWith("\r\n\r\n")) return undefined;
    const target = text.slice(4, end);
    // No query, no fragment, nothing that is not visible ASCII.
    if (/[^!-~]|[?#]/.test(target)) return undefined;
    const plain = this.#headers(text.slice(end + 11));
    return plain === undefined ? undefined : { target, headers: plain.headers, gzip: plain.gzip };
  }

  #headers(block: string): PlainHeaders | undefined {
    const known = this.#known.get(block);
    if (known !== undefined || this.#known.has(block)) return known;
    if (block.length > longest) return undefined;
    const parsed = parseHeaders(block);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(block, parsed);
    return parsed;
  }
}

/** `block` ends with an empty line. */
function parseHeaders(block: string): PlainHeaders | undefined {
  const headers: Record<string, string> = {};
  for (const line of block.slice(0, -4).split("\r\n")) {
    const [, spelled = "", value = ""] = /^([A-Za-z-]+):[ \t]*([!-~](?:[\t -~]*[!-~])?)$/.exec(line) ?? [];
    const name = spelled.toLowerCase();
    if (!harmless.has(name) || Object.hasOwn(headers, name)) return undefined;
    headers[name] = value;
  }
  if (headers["host"] === undefined) return undefined;
  if (headers["connection"] !== undefined && headers["connection"].toLowerCase() !== "keep-alive") return undefined;
  return { headers, gzip: wantsGzip(headers) };
}
