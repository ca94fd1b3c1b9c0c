import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Ports } from "../../core/ports.ts";
import { parseAsked } from "../asked.ts";
import type { ModuleMirror } from "../mirror.ts";
import type { Guard } from "../login/index.ts";
import type { AccessRecord, Asked, BytesReply, Extra, Reply } from "../types.ts";
import { answer, refusal, type Tell } from "./answer.ts";
import { refusedLogin } from "./refused-login.ts";
import { gzipped, wantsGzip, type ReadyReply } from "./compressed.ts";
import { HotReplies, type HotReply } from "./hot-replies.ts";
import { entityTag, fixedHeaders, headFor, type Conditions } from "./http-reply.ts";
import { Meter } from "./meter.ts";

export interface HandlerOptions {
  readonly ports: Pick<Ports, "clock" | "signal">;
  readonly mirror: ModuleMirror;
  /** What else is served, asked in this order where the protocol has no such path. */
  readonly extras?: readonly Extra[];
  /** What is said of an error before its code; undefined: nothing. */
  readonly tell?: Tell | undefined;
  /** Who may come in; undefined: everybody. */
  readonly guard?: Guard | undefined;
  readonly onRequest: (record: AccessRecord) => void;
}

/** What is answered to whoever asks: a watch of the host has no login. */
const open = new Set(["/healthz", "/readyz"]);

/** Answers one request after the other: what is hot, our own paths, the protocol, the extras. */
export class Handler {
  readonly #options: HandlerOptions;
  readonly #hot = new HotReplies();
  readonly #meter = new Meter();

  constructor(options: HandlerOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock } = this.#options.ports;
    const started = clock.monotonic();
    const target = (request.url ?? "/").replace(/[?#].*$/s, "");
    const over: Over = { kind: "other", octets: 0, asked: undefined, refused: undefined, user: undefined };
    this.#meter.open++;
    response.once("close", () => {
      this.#meter.open--;
      const milliseconds = clock.monotonic() - started;
      this.#meter.count(over.kind, response.statusCode, over.octets, milliseconds);
      this.#log(request, response.statusCode, over, milliseconds);
    });
    const refused = this.#options.guard === undefined ? undefined : await this.#admit(request, target, over);
    if (refused !== undefined) {
      over.refused = firstLine(refused.bytes);
      await send(request, response, { reply: refused, tag: "", fixed: fixedHeaders(refused, "") }, over);
      return;
    }
    const hot = isRead(request) ? this.#hot.get(target) : undefined;
    if (hot !== undefined) {
      over.kind = "hot";
      over.asked = hot.asked;
      await send(request, response, hot, over);
      return;
    }
    const reply = await this.#reply(request, target, over);
    if (reply.status >= 400 && "bytes" in reply) over.refused = firstLine(reply.bytes);
    const tag = entityTag(reply);
    const ready = { asked: over.asked, reply, tag, fixed: fixedHeaders(reply, tag) };
    if (isHot(ready)) this.#hot.put(target, ready);
    await send(request, response, ready, over);
  }

  /** What is sent instead, where somebody may not come in. */
  async #admit(request: IncomingMessage, target: string, over: Over): Promise<BytesReply | undefined> {
    const { guard } = this.#options;
    if (guard === undefined || open.has(target)) return undefined;
    const admission = await guard.admit(request.headers.authorization, request.socket.remoteAddress ?? "");
    if (admission.admitted) {
      over.user = admission.user;
      return undefined;
    }
    over.kind = "login";
    return refusedLogin(admission);
  }

  async #reply(request: IncomingMessage, target: string, over: Over): Promise<Reply> {
    if (!isRead(request)) return refusal(405, "only GET and HEAD are answered");
    const own = this.#ownPath(target);
    if (own !== undefined) {
      over.kind = target === "/metrics" ? "metrics" : "health";
      return own;
    }
    const asked = parseAsked(target);
    if (asked !== undefined) {
      over.kind = asked.kind;
      over.asked = asked;
      const mayFetch = request.headers["disable-module-fetch"] !== "true";
      return await answer(this.#options.mirror, asked, { mayFetch }, this.#options.tell);
    }
    const query = new URLSearchParams(/\?([^#]*)/.exec(request.url ?? "")?.[1] ?? "");
    for (const extra of this.#options.extras ?? []) {
      const reply = await extra.answer({ path: target, query, headers: request.headers });
      if (reply !== undefined) return reply;
    }
    return refusal(404, "not found: this is a module proxy (GOPROXY protocol)");
  }

  #ownPath(target: string): Reply | undefined {
    if (this.#options.ports.signal.aborted && target === "/readyz") return refusal(503, "ending");
    if (target === "/healthz" || target === "/readyz")
      return { status: 200, type: "text/plain; charset=utf-8", keep: "never", bytes: Buffer.from("ok\n") };
    if (target !== "/metrics") return undefined;
    return { status: 200, type: "text/plain; version=0.0.4", keep: "never", bytes: Buffer.from(this.#meter.text()) };
  }

  #log(request: IncomingMessage, status: number, over: Over, milliseconds: number): void {
    const { kind, octets, refused, user } = over;
    const trace = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(String(request.headers["traceparent"] ?? ""))?.[1];
    this.#options.onRequest({
      time: this.#options.ports.clock.now().toISOString(),
      client: request.socket.remoteAddress ?? "",
      method: request.method ?? "",
      path: (request.url ?? "").replace(/[?#].*$/s, "").slice(0, 2_048),
      kind,
      status,
      octets,
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...moduleOf(over.asked),
      ...(user === undefined ? {} : { user }),
      ...(refused === undefined ? {} : { refused }),
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
  asked: Asked | undefined;
  refused: string | undefined;
  user: string | undefined;
  /** Octets of the body, as they were handed over. */
  octets: number;
}

function isHot(ready: ReadyReply & { readonly asked: Asked | undefined }): ready is HotReply {
  return ready.reply.keep === "immutable" && "bytes" in ready.reply && ready.reply.status === 200;
}

/** Sends a reply as the request's conditions want it. A client that goes away is its own affair. */
async function send(request: IncomingMessage, response: ServerResponse, ready: ReadyReply, over: Over): Promise<void> {
  const { reply, tag, fixed } = wantsGzip(request.headers) ? gzipped(ready) : ready;
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

function firstLine(bytes: Buffer): string {
  return bytes.subarray(0, 400).toString("utf8").split("\n")[0] ?? "";
}

/** The module that was asked for, as records name it. */
function moduleOf(asked: Asked | undefined): { readonly module?: string; readonly version?: string } {
  if (asked === undefined || asked.kind === "database") return {};
  return "path" in asked ? { module: asked.path } : { module: asked.module.path, version: asked.module.version };
}
