import type { AddressInfo } from "node:net";
import { MedkitError, systemCode } from "../../core/errors.ts";
import type { Endpoint } from "./endpoint.ts";
import { Handler, type HandlerOptions } from "./handler.ts";
import { QuickServer } from "./quick-server.ts";
import { secureEndpoint, type SecureOptions } from "./secure-endpoint.ts";
import type { TlsFiles } from "./tls.ts";

/** How a server ends. Milliseconds. */
export interface Drain {
  /** So long it goes on taking requests while `/readyz` says no, for a load balancer to notice. */
  readonly delay: number;
  /** So long replies in progress get after that. */
  readonly deadline: number;
}

/** Where connections come from. Port 0: any free one. `descriptor`: a socket that listens already, as systemd hands it over. */
export type ListenOn = { readonly host: string; readonly port: number } | { readonly descriptor: number };

export interface ServeOptions extends HandlerOptions, Omit<SecureOptions, "signal"> {
  readonly on: ListenOn;
  /** HTTPS with HTTP/2 and HTTP/1.1; undefined: HTTP/1.1. */
  readonly tls?: TlsFiles | undefined;
  readonly drain?: Drain | undefined;
}

export interface Serving {
  readonly address: AddressInfo;
  /** Resolves when the signal has come and the last reply is sent, or given up. */
  readonly ended: Promise<void>;
}

const usualDrain: Drain = { delay: 0, deadline: 30_000 };

/** Serves a mirror until the signal. LISTEN_FAILED where the address cannot be had, TLS_FILE_INVALID. */
export async function serveModules(options: ServeOptions): Promise<Serving> {
  const { on, ports, tls } = options;
  const handler = new Handler(options);
  const endpoint =
    tls === undefined
      ? new QuickServer(handler, ports.clock)
      : await secureEndpoint(handler, tls, { ...options, signal: ports.signal });
  await listen(endpoint.server, on);
  const address = endpoint.server.address();
  if (address === null || typeof address === "string")
    throw new MedkitError("LISTEN_FAILED", { address: nameOf(on), problem: "it has no port" });
  return { address, ended: untilDrained(endpoint, ports.signal, options.drain ?? usualDrain) };
}

function nameOf(on: ListenOn): string {
  return "descriptor" in on ? `descriptor ${on.descriptor}` : `${on.host}:${on.port}`;
}

function listen(server: Endpoint["server"], on: ListenOn): Promise<void> {
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

function untilDrained(endpoint: Endpoint, signal: AbortSignal, { delay, deadline }: Drain): Promise<void> {
  return new Promise((resolve) => {
    const drain = (): void => {
      const giveUp = setTimeout(() => endpoint.destroyAll(), deadline);
      endpoint.server.close(() => {
        clearTimeout(giveUp);
        resolve();
      });
      endpoint.drain();
    };
    const begin = (): void => void (delay === 0 ? drain() : setTimeout(drain, delay));
    if (signal.aborted) begin();
    else signal.addEventListener("abort", begin, { once: true });
  });
}
