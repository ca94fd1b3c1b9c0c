import { createHash } from "node:crypto";
import { createSocket, type Socket as Datagrams } from "node:dgram";
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import { createServer as createTcp, type Server as TcpServer, type Socket } from "node:net";
import { FakeLog } from "../../src/module/__fixtures__/fake-log.ts";
import { hash1, hashGoMod } from "../../src/module/index.ts";
import { must } from "./namespace.ts";
import { escapeCase, type Published, zipOf } from "./published.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An answer to every question. */
export function answer(status: number, body = "", headers: Record<string, string> = {}): Handler {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

/** The servers of the recorder's own network: a module proxy with its checksum database, and whatever a fault puts in their place. */
export class Servers {
  /** Answers at http://goproxy.internal; a fault may replace it for one run. */
  handler: Handler;
  readonly gosumdb: string;
  readonly #log = new FakeLog("sum.golang.org", "symptoms");
  readonly #modules: readonly Published[];
  readonly #open: (Server | TcpServer | Datagrams)[] = [];
  #silent = false;
  readonly #sockets = new Set<Socket>();

  constructor(modules: readonly Published[]) {
    this.#modules = modules;
    for (const module of modules) {
      const { path, version } = module;
      const lines = goSumLines(module);
      this.#log.add(escapeCase(path), version, lines);
    }
    this.gosumdb = this.#log.verifier.text;
    this.handler = this.honest;
  }

  /** go.sum's lines for the modules of this proxy, as `path@version`. */
  goSum(...names: readonly string[]): string {
    return names.map((name) => goSumLines(this.module(name))).join("");
  }

  module(name: string): Published {
    const found = this.#modules.find(({ path, version }) => `${path}@${version}` === name);
    if (found === undefined) throw new Error(`${name} is not published`);
    return found;
  }

  /** What a sound proxy answers: the GOPROXY protocol, and the checksum database below /sumdb/. */
  readonly honest: Handler = (request, response) => {
    const body = this.find(decodeURIComponent(request.url ?? ""));
    if (body === undefined) response.writeHead(404).end("not found: no such module in this proxy");
    else response.writeHead(200).end(body);
  };

  /** The honest body of a path of the proxy. */
  find(url: string): string | Buffer | undefined {
    const database = /^\/sumdb\/sum\.golang\.org\/(.*)$/.exec(url)?.[1];
    if (database !== undefined) return database === "supported" ? "" : this.#log.answer(database);
    const [, path = "", file = ""] = /^\/(.+)\/(@v\/list|@latest|@v\/.+)$/.exec(url) ?? [];
    const versions = this.#modules.filter((each) => escapeCase(each.path) === path);
    if (versions.length === 0) return undefined;
    if (file === "@v/list") return versions.map(({ version }) => `${version}\n`).join("");
    const [, version, kind] = /^@v\/(.+)\.(info|mod|zip)$/.exec(file) ?? [];
    const module = file === "@latest" ? versions.at(-1) : versions.find((each) => each.version === version);
    if (module === undefined) return undefined;
    if (kind === "mod") return module.files["go.mod"] ?? "";
    if (kind === "zip") return zipOf(module);
    return JSON.stringify({ Version: module.version, Time: "2025-01-02T03:04:05Z" });
  }

  /** Starts what every run needs; `handler` decides at each request. */
  async start(): Promise<void> {
    await this.#listen(
      createHttp((request, response) => this.handler(request, response)),
      80,
      false,
    );
  }

  async http(port: number, handler: Handler): Promise<void> {
    await this.#listen(createHttp(handler), port);
  }

  async https(port: number, pair: { readonly key: string; readonly cert: string }, handler: Handler): Promise<void> {
    await this.#listen(createHttps(pair, handler), port);
  }

  async tcp(port: number, onConnection: (socket: Socket) => void): Promise<void> {
    await this.#listen(createTcp(onConnection), port);
  }

  /** A network whose host 198.51.100.10 never answers, and where nobody else is: two ends of a wire in this namespace. */
  silentNetwork(): void {
    must("ip", "link", "add", "silent0", "type", "veth", "peer", "name", "silent1");
    this.#silent = true;
    must("ip", "addr", "add", "198.51.100.1/24", "dev", "silent0");
    for (const end of ["silent0", "silent1"]) must("ip", "link", "set", end, "up");
    must("ip", "neigh", "add", "198.51.100.10", "lladdr", "02:00:00:00:00:01", "dev", "silent0");
  }

  /** A name server at 127.0.0.53 with one answer to all: a response code (2: SERVFAIL, 3: NXDOMAIN), or silence. */
  async dns(code: number | undefined): Promise<void> {
    const socket = createSocket("udp4", (question, { port, address }) => {
      if (code === undefined) return;
      const reply = Buffer.from(question);
      reply.writeUInt16BE(0x8180 | code, 2);
      socket.send(reply, port, address);
    });
    await new Promise<void>((resolve) => socket.bind(53, "127.0.0.53", resolve));
    this.#open.push(socket);
  }

  /** Ends what a run started, and makes the proxy honest again. */
  async reset(): Promise<void> {
    this.handler = this.honest;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    if (this.#silent) must("ip", "link", "del", "silent0");
    this.#silent = false;
    for (const server of this.#open.splice(0))
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
  }

  async #listen(server: Server | TcpServer, port: number, forOneRun = true): Promise<void> {
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy()).on("close", () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.on("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    if (forOneRun) this.#open.push(server);
  }
}

function goSumLines(module: Published): string {
  const { path, version, files } = module;
  const named = Object.entries(files).map(([name, content]) => ({
    name: `${path}@${version}/${name}`,
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
  return `${path} ${version} ${hash1(named)}\n${path} ${version}/go.mod ${hashGoMod(files["go.mod"] ?? "")}\n`;
}
