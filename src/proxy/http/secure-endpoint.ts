import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from "node:http2";
import { MedkitError } from "../../core/errors.ts";
import { watchFiles } from "../../core/watch-files.ts";
import type { Handler } from "./handler.ts";
import { limits, type Endpoint } from "./endpoint.ts";
import { readTlsPair, type ReadPair, type TlsFiles } from "./tls.ts";

export interface SecureOptions {
  readonly signal: AbortSignal;
  /** Milliseconds between two looks at the certificate's files; default 5,000. */
  readonly lookEvery?: number | undefined;
  /** Told of what happens to certificates while we serve: renewed (undefined), or not fit, and so the old ones stay. */
  readonly onCertificate?: ((problem: MedkitError | undefined, pair: ReadPair | undefined) => void) | undefined;
}

/** HTTPS with HTTP/2 and HTTP/1.1; new certificate files are taken over. TLS_FILE_INVALID. */
export async function secureEndpoint(handler: Handler, tls: TlsFiles, options: SecureOptions): Promise<Endpoint> {
  const { pair } = await readTlsPair(tls);
  const settings = { maxConcurrentStreams: 128, initialWindowSize: 1024 * 1024 };
  const sessions = new Set<ServerHttp2Session>();
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    // A connection that is kept alive would keep the server from ending.
    response.once("close", () => void (options.signal.aborted && setImmediate(() => closeIdle(server))));
    void handler.handle(request, response);
  };
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
  const watch = watchCertificate(server, tls, options);
  server.once("close", () => watch[Symbol.dispose]());
  return {
    server,
    drain: () => {
      // GOAWAY: streams that are open come to their end.
      for (const session of sessions) session.close();
      closeIdle(server);
    },
    destroyAll: () => {
      for (const session of sessions) session.destroy();
      if ("closeAllConnections" in server) (server as unknown as Server).closeAllConnections();
    },
  };
}

function closeIdle(server: Http2SecureServer): void {
  if ("closeIdleConnections" in server) (server as unknown as Server).closeIdleConnections();
}

function watchCertificate(server: Http2SecureServer, tls: TlsFiles, options: SecureOptions): Disposable {
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
