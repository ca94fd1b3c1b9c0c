import { randomBytes, timingSafeEqual } from "node:crypto";
import { lookup } from "node:dns/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { pipeline, type Duplex } from "node:stream";
import { addressKind } from "./addresses.ts";
import type { AllowedHosts } from "./hosts.ts";
import type { Gate, HostTrust, Pass } from "./types.ts";

export interface GateOptions {
  readonly hosts: Pick<AllowedHosts, "trust">;
  /** Octets that one fetch may receive. */
  readonly limit: number;
  /** Milliseconds for a connection to stand, and without a byte on one that stands. */
  readonly patience?: number;
  /** Addresses of a host, and the port to take there; default: what the system says. */
  readonly resolve?: (host: string, port: number) => Promise<readonly Place[]>;
}

interface Place {
  readonly address: string;
  readonly port: number;
}

interface Account {
  readonly secret: Buffer;
  readonly refused: Set<string>;
  readonly open: Set<Duplex>;
  received: number;
  isOver: boolean;
}

/** What the client of a tunnel is told. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const resolveBySystem = async (host: string, port: number): Promise<readonly Place[]> =>
  (await lookup(host, { all: true, order: "verbatim" })).map(({ address }) => ({ address, port }));

/**
 * A CONNECT proxy (RFC 9110, 9.3.6) on this machine's loopback, for the go command and git: whatever a module path, a `go-import` tag, a redirect or
 * `insteadOf` says, only allowed hosts are connected to, at addresses that such a host may have. It resolves names itself, so that the address that was judged
 * is the one that is connected to. TLS passes through untouched.
 */
export async function openGate(options: GateOptions): Promise<Gate> {
  const accounts = new Map<string, Account>();
  const server = createServer((_, response) => response.writeHead(403).end("only CONNECT, to allowed hosts\n"));
  server.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on("error", () => undefined);
    void tunnel({ request, client, head, accounts, options });
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
    open: new Set(),
    received: 0,
    isOver: false,
  };
  accounts.set(name, account);
  return {
    url: `http://${name}:${secret}@127.0.0.1:${port}`,
    refused: account.refused,
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

interface Tunnel {
  readonly request: IncomingMessage;
  readonly client: Duplex;
  readonly head: Buffer;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly options: GateOptions;
}

async function tunnel({ request, client, head, accounts, options }: Tunnel): Promise<void> {
  try {
    const account = accountOf(request, accounts);
    const { host, port } = target(request);
    const trust = account.isOver ? undefined : options.hosts.trust(host, port);
    const places = await allowedPlaces(host, port, trust, options.resolve ?? resolveBySystem);
    if (places.length === 0) {
      account.refused.add(`${host}:${port}`);
      throw new Refusal(403, `${host}:${port} is not an allowed host`);
    }
    const server = await connectFirst(places, options.patience ?? 60_000);
    join(client, server, account, options);
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) server.write(head);
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 502;
    const login = status === 407 ? 'Proxy-Authenticate: Basic realm="gate"\r\n' : "";
    client.end(`HTTP/1.1 ${status} refused\r\n${login}Content-Length: 0\r\nConnection: close\r\n\r\n`);
  }
}

function accountOf(request: IncomingMessage, accounts: ReadonlyMap<string, Account>): Account {
  const said = Buffer.from(request.headers["proxy-authorization"] ?? "");
  const name = Buffer.from(said.toString("latin1").replace(/^Basic /, ""), "base64")
    .toString("latin1")
    .split(":", 1)[0];
  const account = accounts.get(name ?? "");
  const isRight = account?.secret.length === said.length && timingSafeEqual(account.secret, said);
  if (account === undefined || !isRight) throw new Refusal(407, "not one of our fetches");
  return account;
}

function target(request: IncomingMessage): { readonly host: string; readonly port: number } {
  const [, host = "", port = ""] = /^(\[[0-9A-Fa-f:.]+\]|[^:/?#@\s]+):([0-9]{1,5})$/.exec(request.url ?? "") ?? [];
  if (host === "") throw new Refusal(400, "not HOST:PORT");
  return { host: host.toLowerCase(), port: Number(port) };
}

async function allowedPlaces(
  host: string,
  port: number,
  trust: HostTrust,
  resolve: NonNullable<GateOptions["resolve"]>,
): Promise<readonly Place[]> {
  if (trust === undefined) return [];
  const places = await resolve(host.replace(/^\[(.*)\]$/, "$1"), port);
  return places.filter(({ address }) => {
    const kind = addressKind(address);
    return kind === "public" || (kind === "inside" && trust === "named");
  });
}

async function connectFirst(places: readonly Place[], patience: number): Promise<Socket> {
  let last: unknown;
  for (const { address, port } of places) {
    try {
      return await connectTo(address, port, patience);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function connectTo(host: string, port: number, patience: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: patience });
    socket.once("timeout", () => socket.destroy(new Error("no connection in time")));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}

/** Joins both sides until one ends, counts what comes in, and cuts what brings too much. A silent server is cut by the time limit of its socket. */
function join(client: Duplex, server: Socket, account: Account, { limit }: GateOptions): void {
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
