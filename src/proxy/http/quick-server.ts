import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http"; // prettier-ignore
import { createServer, type Server, type Socket } from "node:net";
import type { Ports } from "../../core/ports.ts";
import { Connection } from "./connection.ts";
import { limits, type Endpoint } from "./endpoint.ts";
import type { Handler } from "./handler.ts";
import { PlainRequests } from "./plain-requests.ts";
import { HttpDate, Wires } from "./wire.ts";

/** Milliseconds. */
const sweepEvery = 5_000;

/** A server of HTTP/1.1 whose connections are read by us as long as their requests are plain, and by node:http from then on. */
export class QuickServer implements Endpoint {
  readonly server: Server;
  readonly #http: HttpServer;
  readonly #open = new Map<Socket, Connection>();

  constructor(handler: Handler, clock: Ports["clock"]) {
    this.#http = createHttpServer(limits, (request, response) => this.#listen(handler, request, response));
    // It never listens itself, and has to be told to watch the time limits of its connections.
    this.#http.emit("listening");
    const shared = {
      handler,
      clock,
      requests: new PlainRequests(),
      wires: new Wires(),
      date: new HttpDate(),
      handOver: (socket: Socket) => void this.#http.emit("connection", socket),
    };
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#open.set(socket, new Connection(shared, socket));
      socket.once("close", () => this.#open.delete(socket));
    });
    const sweep = setInterval(() => this.#sweep(), sweepEvery).unref();
    this.server.once("close", () => {
      clearInterval(sweep);
      this.#http.close(() => undefined);
    });
  }

  /** Connections that wait for their next request are closed, the others after their reply. */
  drain(): void {
    for (const connection of this.#open.values()) connection.drain();
  }

  destroyAll(): void {
    for (const connection of this.#open.values()) connection.destroy();
  }

  #sweep(): void {
    for (const connection of this.#open.values()) if (connection.isStale()) connection.destroy();
  }

  #listen(handler: Handler, request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#open.get(request.socket);
    connection?.count(1);
    response.once("close", () => connection?.count(-1));
    void handler.handle(request, response);
  }
}
