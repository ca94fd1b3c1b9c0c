import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProxyClient, type ProxyOptions } from "../proxy-client.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on this machine that answers as the test says, and a folder to download into. */
export interface LocalProxy {
  readonly base: string;
  readonly folder: string;
  handler: Handler;
  readonly asked: { readonly url: string; readonly headers: IncomingMessage["headers"] }[];
  client(list?: string, options?: ProxyOptions): ProxyClient;
  /** A file that is not there yet. */
  target(): string;
  close(): void;
}

/** Waits and stalls that suit a test. */
export const quick: ProxyOptions = { backoff: 1, stallAfter: 300 };
export const ports = { fetch, signal: new AbortController().signal };
export const module = { path: "example.org/M", version: "v1.0.0" };
export const zipPath = "/example.org/!m/@v/v1.0.0.zip";

export function answer(status: number, body = "", headers: Record<string, string> = {}): Handler {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

export async function startLocalProxy(): Promise<LocalProxy> {
  const folder = mkdtempSync(join(tmpdir(), "medkit-proxy-"));
  const asked: LocalProxy["asked"] = [];
  let files = 0;
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? "", headers: request.headers });
    proxy.handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: LocalProxy = {
    base,
    folder,
    handler: (_, response) => response.end(),
    asked,
    client: (list = base, options = {}) => new ProxyClient(ports, list, { ...quick, ...options }),
    target: () => join(folder, `${files++}.zip`),
    close: () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
  return proxy;
}
