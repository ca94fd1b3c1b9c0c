import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { MedkitError, systemCode } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { answer, refusal } from "./answer.ts";
import { parseAsked } from "./asked.ts";
import { HotReplies, type HotReply } from "./hot-replies.ts";
import { entityTag, fixedHeaders, headFor, type Conditions } from "./http-reply.ts";
import { Meter } from "./meter.ts";
import type { ModuleMirror } from "./mirror.ts";
import type { Reply } from "./types.ts";

/** One request, when it is over. */
export interface AccessRecord {
  readonly time: string;
  readonly client: string;
  readonly method: string;
  /** As it was asked, without a query. */
  readonly path: string;
  readonly status: number;
  /** Octets of the body that were handed to the system. */
  readonly octets: number;
  readonly milliseconds: number;
  /** Trace id of a W3C `traceparent`, where the client sent one. */
  readonly trace?: string;
}

export interface ServeOptions {
  readonly ports: Pick<Ports, "clock" | "signal">;
  readonly mirror: ModuleMirror;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly onRequest: (record: AccessRecord) => void;
}

export interface Serving {
  readonly address: AddressInfo;
  /** Resolves when the signal has come and the last reply is sent, or given up. */
  readonly ended: Promise<void>;
}

/** Milliseconds that replies in progress get when the server is told to end. */
const patience = 30_000;

/** Serves a mirror over HTTP/1.1 until the signal. LISTEN_FAILED where the address cannot be had. */
export async function serveModules(options: ServeOptions): Promise<Serving> {
  const { host, port, ports } = options;
  const handler = new Handler(options);
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 },
    (request, response) => {
      // A connection that is kept alive would keep the server from ending.
      response.once("close", () => void (ports.signal.aborted && setImmediate(() => server.closeIdleConnections())));
      void handler.handle(request, response);
    },
  );
  await listen(server, host, port);
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new MedkitError("LISTEN_FAILED", { address: host, problem: "it has no port" });
  return { address, ended: untilDrained(server, ports.signal) };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const problem = systemCode(error) ?? error.message;
      reject(new MedkitError("LISTEN_FAILED", { address: `${host}:${port}`, problem }, { cause: error }));
    });
    server.listen({ host, port, backlog: 1024 }, resolve);
  });
}

function untilDrained(server: Server, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const drain = (): void => {
      const giveUp = setTimeout(() => server.closeAllConnections(), patience);
      server.close(() => {
        clearTimeout(giveUp);
        resolve();
      });
      server.closeIdleConnections();
    };
    if (signal.aborted) drain();
    else signal.addEventListener("abort", drain, { once: true });
  });
}

class Handler {
  readonly #options: ServeOptions;
  readonly #hot = new HotReplies();
  readonly #meter = new Meter();

  constructor(options: ServeOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock } = this.#options.ports;
    const started = clock.monotonic();
    const target = (request.url ?? "/").replace(/[?#].*$/s, "");
    const over: Over = { kind: "other", octets: 0 };
    this.#meter.open++;
    response.once("close", () => {
      this.#meter.open--;
      const milliseconds = clock.monotonic() - started;
      this.#meter.count(over.kind, response.statusCode, over.octets, milliseconds);
      this.#log(request, response.statusCode, over.octets, milliseconds);
    });
    const hot = isRead(request) ? this.#hot.get(target) : undefined;
    if (hot !== undefined) {
      over.kind = "hot";
      await send(request, response, hot, over);
      return;
    }
    const [kind, reply] = await this.#reply(request, target);
    over.kind = kind;
    const tag = entityTag(reply);
    const ready = { reply, tag, fixed: fixedHeaders(reply, tag) };
    if (isHot(ready)) this.#hot.put(target, ready);
    await send(request, response, ready, over);
  }

  async #reply(request: IncomingMessage, target: string): Promise<[kind: string, reply: Reply]> {
    if (!isRead(request)) return ["other", refusal(405, "only GET and HEAD are answered")];
    if (this.#options.ports.signal.aborted && target === "/readyz") return ["health", refusal(503, "ending")];
    if (target === "/healthz" || target === "/readyz")
      return ["health", { status: 200, type: "text/plain; charset=utf-8", keep: "never", bytes: Buffer.from("ok\n") }];
    if (target === "/metrics")
      return [
        "metrics",
        { status: 200, type: "text/plain; version=0.0.4", keep: "never", bytes: Buffer.from(this.#meter.text()) },
      ];
    const asked = parseAsked(target);
    if (asked === undefined) return ["other", refusal(404, "not found: this is a module proxy (GOPROXY protocol)")];
    const mayFetch = request.headers["disable-module-fetch"] !== "true";
    return [asked.kind, await answer(this.#options.mirror, asked, { mayFetch })];
  }

  #log(request: IncomingMessage, status: number, octets: number, milliseconds: number): void {
    const trace = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(String(request.headers["traceparent"] ?? ""))?.[1];
    this.#options.onRequest({
      time: this.#options.ports.clock.now().toISOString(),
      client: request.socket.remoteAddress ?? "",
      method: request.method ?? "",
      path: (request.url ?? "").replace(/[?#].*$/s, "").slice(0, 2_048),
      status,
      octets,
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...(trace === undefined ? {} : { trace }),
    });
  }
}

function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

/** What is known of a request when it is over. */
interface Over {
  kind: string;
  /** Octets of the body, as they were handed over. */
  octets: number;
}

interface ReadyReply {
  readonly reply: Reply;
  readonly tag: string;
  readonly fixed: readonly string[];
}

function isHot(ready: ReadyReply): ready is HotReply {
  return ready.reply.keep === "immutable" && "bytes" in ready.reply && ready.reply.status === 200;
}

/** Sends a reply as the request's conditions want it. A client that goes away is its own affair. */
async function send(request: IncomingMessage, response: ServerResponse, ready: ReadyReply, over: Over): Promise<void> {
  const { reply, tag, fixed } = ready;
  const { status, headers, part } = headFor(reply, tag, fixed, request.headers as Conditions);
  response.writeHead(status, headers as string[]);
  const sends = part !== undefined && part.end > part.start && request.method !== "HEAD" ? part : undefined;
  over.octets = sends === undefined ? 0 : sends.end - sends.start;
  if (!("file" in reply)) {
    if (sends === undefined) response.end();
    else response.end(over.octets === reply.bytes.length ? reply.bytes : reply.bytes.subarray(sends.start, sends.end));
    return;
  }
  if (sends === undefined) {
    response.end();
    await reply.file[Symbol.asyncDispose]();
    return;
  }
  try {
    await pipeline(reply.file.stream(sends.start, sends.end), response);
  } catch {
    // The client is gone, or the disk failed. The length was announced, so whoever still reads sees that the body is cut.
    response.destroy();
  }
}
