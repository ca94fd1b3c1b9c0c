import type { Server } from "node:net";

/** A server with what it knows of its connections. */
export interface Endpoint {
  /** Something that listens and closes as net.Server does. */
  readonly server: Pick<Server, "listen" | "close" | "address" | "once">;
  /** No new request is waited for; replies in progress come to their end. */
  drain(): void;
  destroyAll(): void;
}

/** Time limits of a connection. Milliseconds. */
export const limits = { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 };

/** So long a connection may rest at node:http. Milliseconds. */
export const restsAtMost = 90_000;
