import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { Handler, type HandlerOptions } from "./handler.ts";

export interface ServeOptions extends HandlerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
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
