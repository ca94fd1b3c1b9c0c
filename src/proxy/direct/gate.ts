import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { pipeline, type Duplex } from "node:stream";
import { discover, type DiscoveryOptions } from "./discovery.ts";
import type { Gate, Pass } from "./types.ts";

export interface GateOptions extends DiscoveryOptions {
  /** Octets that one fetch may receive. */
  readonly limit: number;
}

interface Account {
  readonly secret: Buffer;
  readonly refused: Set<string>;
  readonly problems: Set<string>;
  readonly open: Set<Duplex>;
  received: number;
  isOver: boolean;
}

/** What the client is told. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * A proxy on this machine's loopback for the go command and git: whatever a module path, a `go-import` tag, a redirect or `insteadOf` says, only allowed
 * hosts are connected to. git gets tunnels (CONNECT, RFC 9110, 9.3.6), through which its TLS passes untouched. The go command gets none: it asks for pages with `go-import`
 * tags over http, and the gate asks for them over https.
 */
export async function openGate(options: GateOptions): Promise<Gate> {
  const accounts = new Map<string, Account>();
  const server = createServer((incoming, response) => void answer(incoming, response, accounts, options));
  server.on("connect", (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on("error", () => undefined);
    void tunnel({ incoming, client, head, accounts, options });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  // Fetches that run keep the process alive, not the gate.
  server.unref();
  return {
    admit: () => admit(accounts, port),
    [Symbol.asyncDispose]: () => close(server, accounts),
  };
}

function admit(accounts: Map<string, Account>, port: number): Pass {
  const name = randomBytes(6).toString("hex");
  const secret = randomBytes(24).toString("hex");
  const account: Account = {
    secret: Buffer.from(`Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`),
    refused: new Set(),
    problems: new Set(),
    open: new Set(),
    received: 0,
    isOver: false,
  };
  accounts.set(name, account);
  return {
    url: `http://${name}:${secret}@127.0.0.1:${port}`,
    closed: `http://127.0.0.1:${port}`,
    refused: account.refused,
    problems: account.problems,
    get received() {
      return account.received;
    },
    get isOver() {
      return account.isOver;
    },
    [Symbol.dispose]: () => {
      accounts.delete(name);
      for (const each of account.open) each.destroy();
    },
  };
}

async function close(server: Server, accounts: Map<string, Account>): Promise<void> {
  for (const account of accounts.values()) for (const each of account.open) each.destroy();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function accountOf(incoming: IncomingMessage, accounts: ReadonlyMap<string, Account>): Account {
  const said = Buffer.from(incoming.headers["proxy-authorization"] ?? "");
  const [name = ""] = Buffer.from(said.toString("latin1").replace(/^Basic /, ""), "base64")
    .toString("latin1")
    .split(":");
  const account = accounts.get(name);
  const isRight = account?.secret.length === said.length && timingSafeEqual(account.secret, said);
  if (account === undefined || !isRight) throw new Refusal(407, "not one of our fetches");
  return account;
}

/** A page with `go-import` tags. */
async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  accounts: ReadonlyMap<string, Account>,
  options: GateOptions,
): Promise<void> {
  let account: Account | undefined;
  try {
    const own = (account = accountOf(incoming, accounts));
    const [, host = "", path = ""] = /^http:\/\/([^/:?#@\s]+)(\/[^?#\s]*)?\?go-get=1$/.exec(incoming.url ?? "") ?? [];
    if (incoming.method !== "GET" || host === "") throw new Refusal(403, "only pages with go-import tags");
    const found = await discover({ host, path }, options, (place) => void own.refused.add(place));
    response
      .writeHead(found.status, { "Content-Type": "text/html; charset=utf-8", Connection: "close" })
      .end(found.body);
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 502;
    const login = status === 407 ? { "Proxy-Authenticate": 'Basic realm="gate"' } : {};
    if (status === 502) account?.problems.add(problemOf(incoming, error));
    response.writeHead(status, { ...login, Connection: "close" }).end("refused\n");
  }
}

/** `git.internal: ENOTFOUND`. */
function problemOf(incoming: IncomingMessage, error: unknown): string {
  const host = (incoming.url ?? "").replace(/^http:\/\//, "").replace(/[/?].*$/, "");
  const said = error instanceof Error && "code" in error ? String(error.code) : undefined;
  return `${host}: ${said ?? (error instanceof Error ? error.message : "it failed")}`;
}

interface Tunnel {
  readonly incoming: IncomingMessage;
  readonly client: Duplex;
  readonly head: Buffer;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly options: GateOptions;
}

async function tunnel({ incoming, client, head, accounts, options }: Tunnel): Promise<void> {
  let account: Account | undefined;
  try {
    account = accountOf(incoming, accounts);
    const [, host = "", port = ""] = /^(\[[0-9A-Fa-f:.]+\]|[^:/?#@\s]+):([0-9]{1,5})$/.exec(incoming.url ?? "") ?? [];
    if (host === "" || account.isOver) throw new Refusal(403, "not HOST:PORT, or too much has come");
    const server = await options.places.connect(host.toLowerCase(), Number(port));
    if (server === undefined) {
      account.refused.add(`${host.toLowerCase()}:${port}`);
      throw new Refusal(403, "not an allowed host");
    }
    join(client, server, account, options.limit);
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) server.write(head);
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 502;
    if (status === 502) account?.problems.add(problemOf(incoming, error));
    const login = status === 407 ? 'Proxy-Authenticate: Basic realm="gate"\r\n' : "";
    client.end(`HTTP/1.1 ${status} refused\r\n${login}Content-Length: 0\r\nConnection: close\r\n\r\n`);
  }
}

/** Joins both sides until one ends, counts what comes in, and cuts what brings too much. */
function join(client: Duplex, server: Socket, account: Account, limit: number): void {
  for (const each of [client, server]) {
    account.open.add(each);
    each.once("close", () => account.open.delete(each));
  }
  server.on("data", (chunk: Buffer) => {
    account.received += chunk.length;
    if (account.received <= limit) return;
    account.isOver = true;
    for (const each of account.open) each.destroy();
  });
  pipeline(server, client, () => server.destroy());
  pipeline(client, server, () => client.destroy());
}
