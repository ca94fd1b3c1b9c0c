import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { watchFiles } from "../../core/watch-files.ts";
import { Handler, type HandlerOptions } from "./handler.ts";
import { readTlsPair, type ReadPair, type TlsFiles } from "./tls.ts";

/** How a server ends. Milliseconds. */
export interface Drain {
  /** So long it goes on taking requests while `/readyz` says no, for a load balancer to notice. */
  readonly delay: number;
  /** So long replies in progress get after that. */
  readonly deadline: number;
}

/** Where connections come from. Port 0: any free one. `descriptor`: a socket that listens already, as systemd hands it over. */
export type ListenOn = { readonly host: string; readonly port: number } | { readonly descriptor: number };

export interface ServeOptions extends HandlerOptions {
  readonly on: ListenOn;
  /** HTTPS with HTTP/2 and HTTP/1.1; undefined: HTTP/1.1. */
  readonly tls?: TlsFiles | undefined;
  readonly drain?: Drain | undefined;
  /** Milliseconds between two looks at the certificate's files; default 5,000. */
  readonly lookEvery?: number;
  /** Told of what happens to certificates while we serve: renewed (undefined), or not fit, and so the old ones stay. */
  readonly onCertificate?: (problem: MedkitError | undefined, pair: ReadPair | undefined) => void;
}

export interface Serving {
  readonly address: AddressInfo;
  /** Resolves when the signal has come and the last reply is sent, or given up. */
  readonly ended: Promise<void>;
}

const usualDrain: Drain = { delay: 0, deadline: 30_000 };
const limits = { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 };
type Listener = (request: IncomingMessage, response: ServerResponse) => void;
type AnyServer = Server | Http2SecureServer;

/** Serves a mirror until the signal. LISTEN_FAILED where the address cannot be had, TLS_FILE_INVALID. */
export async function serveModules(options: ServeOptions): Promise<Serving> {
  const { on, ports, tls } = options;
  const handler = new Handler(options);
  const sessions = new Set<ServerHttp2Session>();
  const listener: Listener = (request, response) => {
    // A connection that is kept alive would keep the server from ending.
    response.once("close", () => void (ports.signal.aborted && setImmediate(() => closeIdle(server))));
    void handler.handle(request, response);
  };
  const server = tls === undefined ? createServer(limits, listener) : await secureServer(tls, listener, sessions);
  await listen(server, on);
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new MedkitError("LISTEN_FAILED", { address: nameOf(on), problem: "it has no port" });
  const watch = tls === undefined ? undefined : watchCertificate(server as Http2SecureServer, tls, options);
  const ended = untilDrained(server, sessions, ports.signal, options.drain ?? usualDrain);
  return { address, ended: ended.finally(() => watch?.[Symbol.dispose]()) };
}

async function secureServer(
  tls: TlsFiles,
  listener: Listener,
  sessions: Set<ServerHttp2Session>,
): Promise<Http2SecureServer> {
  const { pair } = await readTlsPair(tls);
  const settings = { maxConcurrentStreams: 128, initialWindowSize: 1024 * 1024 };
  const server = createSecureServer(
    { ...pair, ...limits, allowHTTP1: true, minVersion: "TLSv1.2", handshakeTimeout: 15_000, settings },
    // The compatible API of node:http2 is that of node:http, as far as we use it.
    listener as unknown as Parameters<typeof createSecureServer>[1],
  );
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    session.setTimeout(limits.keepAliveTimeout, () => session.close());
  });
  // A client that speaks no TLS, or breaks off, is its own affair.
  server.on("tlsClientError", () => undefined);
  server.on("sessionError", () => undefined);
  return server;
}

function watchCertificate(server: Http2SecureServer, tls: TlsFiles, options: ServeOptions): Disposable {
  const { onCertificate, lookEvery = 5_000 } = options;
  const files = [tls.cert, tls.key, ...(tls.clientCa === undefined ? [] : [tls.clientCa])];
  return watchFiles(files, lookEvery, async () => {
    try {
      const read = await readTlsPair(tls);
      server.setSecureContext(read.pair);
      onCertificate?.(undefined, read);
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
      onCertificate?.(error, undefined);
    }
  });
}

function nameOf(on: ListenOn): string {
  return "descriptor" in on ? `descriptor ${on.descriptor}` : `${on.host}:${on.port}`;
}

function listen(server: AnyServer, on: ListenOn): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: Error) => {
      const problem = systemCode(error) ?? error.message;
      reject(new MedkitError("LISTEN_FAILED", { address: nameOf(on), problem }, { cause: error }));
    });
    server.listen("descriptor" in on ? { fd: on.descriptor } : { host: on.host, port: on.port, backlog: 1024 }, () =>
      resolve(),
    );
  });
}

function closeIdle(server: AnyServer): void {
  if ("closeIdleConnections" in server) server.closeIdleConnections();
}

function untilDrained(
  server: AnyServer,
  sessions: ReadonlySet<ServerHttp2Session>,
  signal: AbortSignal,
  { delay, deadline }: Drain,
): Promise<void> {
  return new Promise((resolve) => {
    const drain = (): void => {
      const giveUp = setTimeout(() => {
        for (const session of sessions) session.destroy();
        if ("closeAllConnections" in server) server.closeAllConnections();
      }, deadline);
      server.close(() => {
        clearTimeout(giveUp);
        resolve();
      });
      // GOAWAY: streams that are open come to their end.
      for (const session of sessions) session.close();
      closeIdle(server);
    };
    const begin = (): void => void (delay === 0 ? drain() : setTimeout(drain, delay));
    if (signal.aborted) begin();
    else signal.addEventListener("abort", begin, { once: true });
  });
}
