import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Ports } from "../../core/ports.ts";
import { parseAsked } from "../asked.ts";
import type { Modules } from "../mirror.ts";
import type { Guard } from "../login/index.ts";
import type { AccessRecord, Asked, BytesReply, Extra, Reply } from "../types.ts";
import { Account, isRead, type Call } from "./account.ts";
import { answer, damaged, refusal, refusalFor, type Tell } from "./answer.ts";
import { refusedLogin } from "./refused-login.ts";
import { gzipped, wantsGzip, type ReadyReply } from "./compressed.ts";
import { HotReplies, type HotReply } from "./hot-replies.ts";
import { entityTag, fixedHeaders, headFor, type Conditions } from "./http-reply.ts";
import { Meter } from "./meter.ts";
import { WarmFiles } from "./warm-files.ts";

export interface HandlerOptions {
  readonly ports: Pick<Ports, "clock" | "signal">;
  readonly mirror: Modules;
  /** What decides whether a reply may still be sent that was sent before: another number, and none is. */
  readonly gate?: { readonly epoch: number };
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
  readonly #warm = new WarmFiles();
  readonly #meter = new Meter();

  constructor(options: HandlerOptions) {
    this.#options = options;
  }

  /** Whether everybody may come in. */
  get isOpen(): boolean {
    return this.#options.guard === undefined;
  }

  /** Answers a request that node:http or node:http2 has read. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? "/";
    const { method = "", headers, socket } = request;
    const call = { method, url, target: url.replace(/[?#].*$/s, ""), headers, address: socket.remoteAddress ?? "" };
    const account = this.begin(call);
    response.once("close", () => account.end(response.statusCode));
    await send(request, response, await this.ready(call, account), account);
  }

  /** Opens the account of a request; whoever sends the reply closes it. */
  begin(call: Call): Account {
    const { ports, onRequest } = this.#options;
    return new Account(call, ports.clock, this.#meter, onRequest);
  }

  /** What lies ready in memory for a target. Only for those who may come in. */
  hot(target: string, account: Account): HotReply | undefined {
    const hot = this.#hot.get(target, this.#epoch);
    if (hot === undefined) return undefined;
    account.kind = "hot";
    account.asked = hot.asked;
    return hot;
  }

  /** The reply to a request, whatever its conditions. A file in it is the caller's to close. */
  async ready(call: Call, account: Account): Promise<ReadyReply> {
    const refused = this.#options.guard === undefined ? undefined : await this.#admit(call, account);
    if (refused !== undefined) {
      account.refused = firstLine(refused.bytes);
      return { reply: refused, tag: "", fixed: fixedHeaders(refused, "") };
    }
    const epoch = this.#epoch;
    const hot = isRead(call) ? this.hot(call.target, account) : undefined;
    if (hot !== undefined) return hot;
    const reply = await this.#warmReply(call, account);
    if (reply.status >= 400 && "bytes" in reply) account.refused = firstLine(reply.bytes);
    const tag = entityTag(reply);
    const ready = { asked: account.asked, reply, tag, fixed: fixedHeaders(reply, tag) };
    if (isHot(ready)) this.#hot.put(call.target, ready, epoch);
    return ready;
  }

  /** Never rejects: what fails is a reply too. */
  async #warmReply(call: Call, account: Account): Promise<Reply> {
    const { mirror, tell } = this.#options;
    try {
      const distrust = async (): Promise<void> => {
        const { asked } = account;
        if (asked?.kind === "mod" || asked?.kind === "zip") await mirror.distrust(asked.kind, asked.module);
      };
      // It shows when all but the end was sent: nothing is left to be told.
      const onDamaged = (): void => void distrust().catch(() => undefined);
      const reply = await this.#warm.keep(call.target, await this.#reply(call, account), onDamaged);
      if (reply !== "damaged") return reply;
      await distrust();
      return damaged();
    } catch (error) {
      return refusalFor(error, tell);
    }
  }

  get #epoch(): number {
    return this.#options.gate?.epoch ?? 0;
  }

  /** What is sent instead, where somebody may not come in. */
  async #admit({ target, headers, address }: Call, account: Account): Promise<BytesReply | undefined> {
    const { guard } = this.#options;
    if (guard === undefined || open.has(target)) return undefined;
    const { authorization } = headers;
    const admission = await guard.admit(typeof authorization === "string" ? authorization : undefined, address);
    if (admission.admitted) {
      account.user = admission.user;
      return undefined;
    }
    account.kind = "login";
    return refusedLogin(admission);
  }

  async #reply(call: Call, account: Account): Promise<Reply> {
    const { target, url, headers } = call;
    if (!isRead(call)) return refusal(405, "only GET and HEAD are answered");
    const own = this.#ownPath(target);
    if (own !== undefined) {
      account.kind = target === "/metrics" ? "metrics" : "health";
      return own;
    }
    const asked = parseAsked(target);
    if (asked !== undefined) {
      account.kind = asked.kind;
      account.asked = asked;
      const mayFetch = headers["disable-module-fetch"] !== "true";
      return await answer(this.#options.mirror, asked, { mayFetch }, this.#options.tell);
    }
    const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? "");
    for (const extra of this.#options.extras ?? []) {
      const reply = await extra.answer({ path: target, query, headers });
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
}

function isHot(ready: ReadyReply & { readonly asked: Asked | undefined }): ready is HotReply {
  return ready.reply.keep === "immutable" && "bytes" in ready.reply && ready.reply.status === 200;
}

/** Sends a reply as the request's conditions want it. A client that goes away is its own affair. */
async function send(
  request: IncomingMessage,
  response: ServerResponse,
  ready: ReadyReply,
  account: Account,
): Promise<void> {
  const { reply, tag, fixed } = wantsGzip(request.headers) ? gzipped(ready) : ready;
  const { status, headers, part } = headFor(reply, tag, fixed, request.headers as Conditions);
  response.writeHead(status, headers as string[]);
  const sends = part !== undefined && part.end > part.start && request.method !== "HEAD" ? part : undefined;
  account.octets = sends === undefined ? 0 : sends.end - sends.start;
  if (!("file" in reply)) {
    if (sends === undefined) response.end();
    else response.end(account.octets === reply.bytes.length ? reply.bytes : reply.bytes.subarray(sends.start, sends.end)); // prettier-ignore
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
