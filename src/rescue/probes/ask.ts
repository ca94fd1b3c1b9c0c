import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { systemCode } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { redactUrl } from "../../module/index.ts";
import { forwardProxyFor } from "./proxy-for.ts";
import { readTrustStore } from "./trust-store.ts";
import type { Answer } from "./types.ts";

export interface AskOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for all of it. */
  readonly timeout: number;
  readonly clock: Ports["clock"];
}

/** Bytes read of a body: enough to see what it is. */
const bodyLimit = 256 * 1024;

type Verdict = Pick<Answer, "outcome" | "status" | "detail" | "clockSkew">;

class Refused extends Error {
  readonly verdict: Verdict;

  constructor(outcome: Answer["outcome"], detail: string, status?: number) {
    super(detail);
    this.verdict = { outcome, detail, status, clockSkew: undefined };
  }
}

const byCode: Readonly<Record<string, Answer["outcome"]>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ETIMEDOUT: "timeout",
  ENOTFOUND: "no-name",
  EAI_AGAIN: "no-name",
  EAI_FAIL: "no-name",
  ECONNRESET: "cut",
  EPIPE: "cut",
  CERT_HAS_EXPIRED: "tls-time",
  CERT_NOT_YET_VALID: "tls-time",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls-name",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls-authority",
  UNABLE_TO_GET_ISSUER_CERT: "tls-authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls-authority",
  SELF_SIGNED_CERT_IN_CHAIN: "tls-authority",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls-authority",
};

function verdictOf(error: unknown): Verdict {
  if (error instanceof Refused) return error.verdict;
  const code = systemCode(error) ?? "";
  const detail = error instanceof Error ? error.message : String(error);
  const outcome = byCode[code] ?? (/^ERR_(?:SSL|TLS)|^EPROTO/.test(code) ? "tls-other" : "other");
  return { outcome, status: undefined, detail, clockSkew: undefined };
}

function opened(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(new Refused("cut", "the connection was closed")));
  });
}

interface Head {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly rest: Buffer;
}

function parseHead(data: Buffer): Head | undefined {
  const end = data.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = data.subarray(0, end).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? Number.NaN);
  const headers = new Map(
    lines.map((line) => {
      const cut = line.indexOf(":");
      return [line.slice(0, cut).trim().toLowerCase(), line.slice(cut + 1).trim()] as const;
    }),
  );
  return { status, headers, rest: data.subarray(end + 4) };
}

/** Reads until the head is there (`body` false), or until the end or the limit. `ended` tells that the other side closed. */
function read(socket: Socket, body: boolean): Promise<{ readonly data: Buffer; readonly ended: boolean }> {
  return new Promise((resolve, reject) => {
    let data = Buffer.alloc(0);
    const finish = (ended: boolean): void => {
      socket.off("data", onData);
      resolve({ data, ended });
    };
    const onData = (chunk: Buffer): void => {
      data = Buffer.concat([data, chunk]);
      const head = parseHead(data);
      if (head !== undefined && !body) return finish(false);
      const length = Number(head?.headers.get("content-length") ?? Number.POSITIVE_INFINITY);
      if (data.length >= bodyLimit || (head !== undefined && head.rest.length >= length)) finish(false);
    };
    socket.on("data", onData);
    socket.once("end", () => finish(true));
    socket.once("close", () => finish(true));
    socket.once("error", reject);
  });
}

async function tunnel(socket: Socket, target: URL, proxy: URL): Promise<void> {
  const port = target.port || "443";
  const login =
    proxy.username === ""
      ? ""
      : `Proxy-Authorization: Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString("base64")}\r\n`;
  socket.write(`CONNECT ${target.hostname}:${port} HTTP/1.1\r\nHost: ${target.hostname}:${port}\r\n${login}\r\n`);
  const { data } = await read(socket, false);
  const head = parseHead(data);
  if (head?.status !== 200)
    throw new Refused("proxy-status", head === undefined ? "no answer to CONNECT" : `CONNECT: ${head.status}`, head?.status); // prettier-ignore
}

function judge({ data, ended }: { readonly data: Buffer; readonly ended: boolean }, now: Date): Verdict {
  const head = parseHead(data);
  if (head === undefined || Number.isNaN(head.status))
    return { outcome: ended && data.length === 0 ? "cut" : "other", status: undefined, detail: "the answer is not HTTP", clockSkew: undefined }; // prettier-ignore
  const date = Date.parse(head.headers.get("date") ?? "");
  const clockSkew = Number.isNaN(date) ? undefined : Math.round((date - now.getTime()) / 1000);
  const shared = { status: head.status, clockSkew };
  const length = Number(head.headers.get("content-length") ?? Number.NaN);
  const type = head.headers.get("content-type") ?? "";
  const isPage = /^text\/html/i.test(type) || /^\s*<(?:!doctype html|html)/i.test(head.rest.subarray(0, 200).toString("latin1")); // prettier-ignore
  if (head.status >= 300 && head.status < 400)
    return { outcome: "status", detail: `${head.status}, to ${redactUrl(head.headers.get("location") ?? "nowhere")}`, ...shared }; // prettier-ignore
  if (head.status !== 200) return { outcome: "status", detail: `HTTP ${head.status}`, ...shared };
  if (isPage) return { outcome: "html", detail: "an HTML page", ...shared };
  if (!Number.isNaN(length) && ended && head.rest.length < length)
    return { outcome: "cut", detail: `${head.rest.length} of ${length} bytes`, ...shared };
  return { outcome: "ok", detail: "", ...shared };
}

async function converse(target: URL, options: AskOptions, sockets: Socket[]): Promise<Verdict> {
  const via = forwardProxyFor(target, options.env);
  let proxy: URL | undefined;
  try {
    proxy = via === undefined ? undefined : new URL(via);
  } catch {
    return {
      outcome: "proxy-refused",
      status: undefined,
      detail: "the proxy's address is malformed",
      clockSkew: undefined,
    };
  }
  const secure = target.protocol === "https:";
  const peer = proxy ?? target;
  const port = Number(peer.port || (peer.protocol === "https:" ? 443 : peer.protocol.startsWith("socks") ? 1080 : 80));
  let socket: Socket = connectTcp({ host: peer.hostname.replace(/^\[|\]$/g, ""), port });
  sockets.push(socket);
  try {
    await opened(socket, "connect");
  } catch (error) {
    const verdict = verdictOf(error);
    if (proxy === undefined) throw error;
    return { ...verdict, outcome: "proxy-refused", detail: `the proxy ${redactUrl(proxy.href)}: ${verdict.detail}` };
  }
  if (secure && proxy !== undefined) await tunnel(socket, target, proxy);
  if (secure) {
    const ca = [...(await readTrustStore(options.env))];
    const tls = connectTls({ socket, servername: /^[\d.]+$|:/.test(target.hostname) ? "" : target.hostname, host: target.hostname, ca }); // prettier-ignore
    sockets.push(tls);
    await opened(tls, "secureConnect");
    socket = tls;
  }
  const path = !secure && proxy !== undefined ? target.href : `${target.pathname}${target.search}`;
  const login =
    target.username === ""
      ? ""
      : `Authorization: Basic ${Buffer.from(`${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`).toString("base64")}\r\n`;
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${target.host}\r\nUser-Agent: medkit\r\n${login}Connection: close\r\n\r\n`,
  );
  const verdict = judge(await read(socket, true), options.clock.now());
  return proxy !== undefined && verdict.status === 407 ? { ...verdict, outcome: "proxy-status" } : verdict;
}

/** Asks an address once, the way the go command would, and says what came back. Follows no redirect. Never throws. */
export async function askAddress(url: string, options: AskOptions): Promise<Answer> {
  const started = options.clock.monotonic();
  const sockets: Socket[] = [];
  const finish = (verdict: Verdict): Answer => ({
    url: redactUrl(url),
    ...verdict,
    milliseconds: Math.round(options.clock.monotonic() - started),
  });
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    return finish({ outcome: "other", status: undefined, detail: "no address", clockSkew: undefined });
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Verdict>((resolve) => {
    timer = setTimeout(
      () =>
        resolve({
          outcome: "timeout",
          status: undefined,
          detail: `nothing in ${options.timeout} ms`,
          clockSkew: undefined,
        }),
      options.timeout,
    );
  });
  try {
    const talk = converse(target, options, sockets).catch(verdictOf);
    return finish(await Promise.race([talk, late]));
  } finally {
    clearTimeout(timer);
    for (const socket of sockets) {
      socket.on("error", () => undefined);
      socket.destroy();
    }
  }
}
