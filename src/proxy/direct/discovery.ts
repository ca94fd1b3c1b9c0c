import { request } from "node:https";
import type { IncomingMessage } from "node:http";
import type { SecureContext } from "node:tls";
import type { HostLogins } from "./go-auth.ts";
import { formatGoImports, parseGoImports, type GoImport } from "./go-import.ts";
import type { Places } from "./places.ts";

export interface DiscoveryOptions {
  readonly places: Places;
  readonly logins: HostLogins;
  /** Whom TLS believes. */
  readonly secure: () => SecureContext;
}

/** What the go command is answered when it asks a host for `go-import` tags. */
export interface Discovered {
  readonly status: number;
  readonly body: string;
}

/** Called with `HOST:PORT` of what is not allowed. */
type OnRefused = (place: string) => void;

/** A page is read so far. Octets. */
const longest = 1024 * 1024;
const mostRedirects = 10;

/**
 * Asks `https://HOST/PATH?go-get=1` in the go command's place, which would follow a redirect to this very machine past every gate. Only tags of git repositories at
 * allowed hosts, over https, come back. A login goes to the host that it is meant for, and not along a redirect.
 */
export async function discover(
  target: { readonly host: string; readonly path: string },
  options: DiscoveryOptions,
  onRefused: OnRefused,
): Promise<Discovered> {
  let url = new URL(`https://${target.host}${target.path}?go-get=1`);
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const reply = await askWithLogin(url, options, onRefused);
    if (reply === undefined) return { status: 502, body: "this host is not allowed\n" };
    const { status, location, page } = reply;
    if (location === undefined) {
      const found = parseGoImports(page).filter((each) => isAllowed(each, options, onRefused));
      return { status, body: formatGoImports(found) };
    }
    const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
    if (next === undefined || !isPlainHttps(next)) {
      onRefused(next === undefined ? location.slice(0, 100) : `${next.protocol}//${next.host}`);
      return { status: 502, body: "it redirects away from https\n" };
    }
    url = next;
  }
  return { status: 502, body: "it redirects without end\n" };
}

function isPlainHttps(url: URL): boolean {
  return url.protocol === "https:" && url.username === "" && url.password === "";
}

/** Whether a repository may be fetched from there; the gate judges its addresses when git comes. */
function isAllowed({ vcs, root }: GoImport, { places }: DiscoveryOptions, onRefused: OnRefused): boolean {
  const url = URL.canParse(root) ? new URL(root) : undefined;
  if (url !== undefined && isPlainHttps(url) && vcs === "git") {
    const port = portOf(url);
    if (places.trust(url.hostname, port) !== undefined) return true;
    onRefused(`${url.hostname}:${port}`);
  } else onRefused(url === undefined ? vcs : `${vcs} ${url.protocol}//${url.host}`);
  return false;
}

interface PageReply {
  readonly status: number;
  readonly location: string | undefined;
  readonly page: string;
}

/** Asks with what is known of a login, and once more with what its source gives for a refusal. */
async function askWithLogin(url: URL, options: DiscoveryOptions, onRefused: OnRefused): Promise<PageReply | undefined> {
  const known = await options.logins.headers(url);
  const reply = await ask(url, known, options, onRefused);
  if (reply === undefined || ![401, 403, 404].includes(reply.status)) return reply;
  const found = await options.logins.headers(url, reply.status);
  return found === undefined ? reply : await ask(url, found, options, onRefused);
}

async function ask(
  url: URL,
  login: Readonly<Record<string, string>> | undefined,
  { places, secure }: DiscoveryOptions,
  onRefused: OnRefused,
): Promise<PageReply | undefined> {
  const port = portOf(url);
  const socket = await places.connect(url.hostname, port);
  if (socket === undefined) {
    onRefused(`${url.hostname}:${port}`);
    return undefined;
  }
  const servername = url.hostname.replace(/^\[.*\]$/, "");
  const headers = { ...login, "User-Agent": "Go-http-client/1.1", Connection: "close" };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(
        url,
        { socket, agent: false, secureContext: secure(), servername, headers } as object,
        resolve,
      );
      asked.once("error", reject);
      asked.end();
    });
    const status = response.statusCode ?? 0;
    const location = [301, 302, 303, 307, 308].includes(status) ? response.headers.location : undefined;
    return { status, location, page: location === undefined ? await readPage(response) : "" };
  } finally {
    socket.destroy();
  }
}

async function readPage(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > longest) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function portOf(url: URL): number {
  return url.port === "" ? 443 : Number(url.port);
}
