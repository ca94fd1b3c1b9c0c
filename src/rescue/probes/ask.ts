import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { systemCode } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { redactUrl } from "../../module/index.ts";
import { forwardProxyFor } from "./proxy-for.ts";
import { readTrustStore } from "./trust-store.ts";
import type { Answer, ServerFacts } from "./types.ts";

export interface AskOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for all of it. */
  readonly timeout: number;
  readonly clock: Ports["clock"];
}

/** Bytes read of a body: enough to see what it is. */
const bodyLimit = 256 * 1024;

/** As many redirects as net/http follows. */
const maxHops = 10;

type Verdict = Pick<Answer, "outcome" | "status" | "detail" | "clockSkew"> & { readonly location?: string };

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

/** Whether a body that came whole is a zip: from its first header to its last (4.3.7 and 4.3.16 of the format's APPNOTE). */
function isZip(body: Buffer, whole: boolean): boolean {
  const begins = body.subarray(0, 32).includes("PK\u0003\u0004", 0, "latin1");
  return begins && (!whole || body.includes("PK\u0005\u0006", 0, "latin1"));
}

interface Received {
  readonly data: Buffer;
  readonly ended: boolean;
}

function judge({ data, ended }: Received, now: Date, wantsZip: boolean): Verdict {
  const head = parseHead(data);
  if (head === undefined || Number.isNaN(head.status))
    return { outcome: ended && data.length === 0 ? "cut" : "other", status: undefined, detail: data.length === 0 ? "nothing, and the connection was closed" : "the answer is not HTTP", clockSkew: undefined }; // prettier-ignore
  const date = Date.parse(head.headers.get("date") ?? "");
  const clockSkew = Number.isNaN(date) ? undefined : Math.round((date - now.getTime()) / 1000);
  const shared = { status: head.status, clockSkew };
  const length = Number(head.headers.get("content-length") ?? Number.NaN);
  const type = head.headers.get("content-type") ?? "";
  // Chunked, the body begins with the size of its first part.
  const begin = head.rest
    .subarray(0, 200)
    .toString("latin1")
    .replace(/^[0-9a-f]+(?:;.*)?\r\n/i, "");
  const isPage = /^\s*<(?:!doctype html|html)/i.test(begin) || (/^text\/html/i.test(type) && /^\s*</.test(begin));
  if (head.status >= 300 && head.status < 400)
    return { outcome: "status", detail: `HTTP ${head.status}, to ${redactUrl(head.headers.get("location") ?? "nowhere")}`, location: head.headers.get("location") ?? "", ...shared }; // prettier-ignore
  if (head.status !== 200) return { outcome: "status", detail: `HTTP ${head.status}`, ...shared };
  if (isPage) return { outcome: "html", detail: "an HTML page", ...shared };
  if (!Number.isNaN(length) && ended && head.rest.length < length)
    return { outcome: "cut", detail: `${head.rest.length} of ${length} bytes`, ...shared };
  const isChunked = /chunked/i.test(head.headers.get("transfer-encoding") ?? "");
  if (isChunked && ended && !/(?:^|\r\n)0\r\n(?:.*\r\n)*$/.test(head.rest.subarray(-1024).toString("latin1")))
    return { outcome: "cut", detail: "the body has no end", ...shared };
  if (wantsZip && !isZip(head.rest, data.length < bodyLimit))
    return { outcome: "not-zip", detail: "what came is no whole zip file", ...shared };
  return { outcome: "ok", detail: "", ...shared };
}

interface Line {
  /** To the target, or through the tunnel of a proxy to it. */
  readonly socket: Socket;
  readonly proxy: URL | undefined;
}

/** Connects as far as the target, before any TLS of its own. */
async function reach(target: URL, env: AskOptions["env"], sockets: Socket[]): Promise<Line> {
  const via = forwardProxyFor(target, env);
  if (via !== undefined && !URL.canParse(via)) throw new Refused("proxy-refused", "the proxy's address is malformed");
  const proxy = via === undefined ? undefined : new URL(via);
  if (proxy?.protocol.startsWith("socks") === true) throw new Refused("not-asked", "a SOCKS proxy is not asked");
  const peer = proxy ?? target;
  const port = Number(peer.port || (peer.protocol === "https:" ? 443 : 80));
  const socket: Socket = connectTcp({ host: peer.hostname.replace(/^\[|\]$/g, ""), port });
  sockets.push(socket);
  try {
    await opened(socket, "connect");
    const line = { socket: proxy?.protocol === "https:" ? await secured(socket, proxy, env, sockets) : socket, proxy };
    if (target.protocol === "https:" && proxy !== undefined) await tunnel(line.socket, target, proxy);
    return line;
  } catch (error) {
    if (proxy === undefined || error instanceof Refused) throw error;
    throw new Refused("proxy-refused", `the proxy ${redactUrl(proxy.href)}: ${verdictOf(error).detail}`);
  }
}

/** TLS over a connection, with whom the child trusts. */
async function secured(socket: Socket, target: URL, env: AskOptions["env"], sockets: Socket[]): Promise<Socket> {
  const ca = [...(await readTrustStore(env))];
  const tls = connectTls({ socket, servername: serverName(target), host: target.hostname, ca });
  sockets.push(tls);
  await opened(tls, "secureConnect");
  return tls;
}

function serverName(target: URL): string {
  return /^[\d.]+$|:/.test(target.hostname) ? "" : target.hostname;
}

async function converse(
  target: URL,
  options: AskOptions & { readonly wantsZip: boolean },
  sockets: Socket[],
): Promise<Verdict> {
  const line = await reach(target, options.env, sockets);
  const { proxy } = line;
  const secure = target.protocol === "https:";
  const socket = secure ? await secured(line.socket, target, options.env, sockets) : line.socket;
  const path = !secure && proxy !== undefined ? target.href : `${target.pathname}${target.search}`;
  const login =
    target.username === ""
      ? ""
      : `Authorization: Basic ${Buffer.from(`${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`).toString("base64")}\r\n`;
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${target.host}\r\nUser-Agent: medkit\r\n${login}Connection: close\r\n\r\n`,
  );
  const verdict = judge(await read(socket, true), options.clock.now(), options.wantsZip);
  return proxy !== undefined && verdict.status === 407 ? { ...verdict, outcome: "proxy-status" } : verdict;
}

/** Goes where the answers send us, as net/http does. Name and password stay with the origin that they were given for. */
async function follow(first: URL, options: AskOptions, sockets: Socket[]): Promise<Verdict> {
  const wantsZip = first.pathname.endsWith(".zip");
  let target = first;
  for (let hops = 1; ; hops++) {
    const { location, ...verdict } = await converse(target, { ...options, wantsZip }, sockets);
    if (location === undefined || location === "" || hops > maxHops || !URL.canParse(location, target)) return verdict;
    const next = new URL(location, target);
    const safe = next.protocol === "https:" || (next.protocol === "http:" && target.protocol === "http:");
    if (!safe) return verdict;
    const same = next.origin === target.origin;
    next.username = same ? target.username : "";
    next.password = same ? target.password : "";
    target = next;
  }
}

/** Runs a conversation and ends its sockets; undefined where it takes longer than it may. */
async function within<T>(timeout: number, talk: (sockets: Socket[]) => Promise<T>): Promise<T | undefined> {
  const sockets: Socket[] = [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeout);
  });
  try {
    return await Promise.race([talk(sockets), late]);
  } finally {
    clearTimeout(timer);
    for (const socket of sockets) {
      socket.on("error", () => undefined);
      socket.destroy();
    }
  }
}

/** Asks an address once, the way the go command would, and says what came back. Never throws. */
export async function askAddress(url: string, options: AskOptions): Promise<Answer> {
  const started = options.clock.monotonic();
  const talk = async (sockets: Socket[]): Promise<Verdict> => {
    if (!URL.canParse(url)) throw new Refused("other", "no address");
    return follow(new URL(url), options, sockets);
  };
  const verdict = await within(options.timeout, (sockets) => talk(sockets).catch(verdictOf));
  const late = { outcome: "timeout", status: undefined, detail: `nothing in ${options.timeout} ms`, clockSkew: undefined } as const; // prettier-ignore
  return { url: redactUrl(url), ...(verdict ?? late), milliseconds: Math.round(options.clock.monotonic() - started) };
}

/** Looks at a server's certificate and clock. Trusts neither, and sends nothing but a request for its front page. Undefined where nothing is to be seen. */
export async function readServerFacts(url: string, options: AskOptions): Promise<ServerFacts | undefined> {
  const look = async (sockets: Socket[]): Promise<ServerFacts | undefined> => {
    const target = new URL(url);
    const { socket } = await reach(target, options.env, sockets);
    const tls = connectTls({ socket, servername: serverName(target), host: target.hostname, rejectUnauthorized: false }); // prettier-ignore
    sockets.push(tls);
    await opened(tls, "secureConnect");
    const shown = tls.getPeerCertificate();
    tls.write(`HEAD / HTTP/1.1\r\nHost: ${target.host}\r\nUser-Agent: medkit\r\nConnection: close\r\n\r\n`);
    const head = parseHead((await read(tls, false)).data);
    const date = Date.parse(head?.headers.get("date") ?? "");
    return {
      validFrom: new Date(shown.valid_from),
      validTo: new Date(shown.valid_to),
      issuer: [shown.issuer.CN].flat().join(", "),
      ours: options.clock.now(),
      theirs: Number.isNaN(date) ? undefined : new Date(date),
    };
  };
  if (!url.startsWith("https:") || !URL.canParse(url)) return undefined;
  return within(options.timeout, (sockets) => look(sockets).catch(() => undefined));
}
