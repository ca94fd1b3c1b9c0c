import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { getCACertificates } from "node:tls";
import type { HttpAnswer, HttpRequest, Send } from "./types.ts";

export interface TransportOptions {
  /** PEM text of authorities that count besides the host's own. */
  readonly ca?: string | undefined;
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds without an octet after which a connection is given up. Default 15,000. */
  readonly idle?: number;
}

export interface Transport {
  readonly send: Send;
  /** Ends the connections that are kept. */
  close(): void;
}

/**
 * HTTP/1.1 with connections that are kept. Not fetch: that follows redirects unless told, cannot be told whom to trust for one server only, and
 * sends a stream without its length.
 */
export function createTransport({ ca, env, idle = 15_000 }: TransportOptions): Transport {
  const kept = { keepAlive: true, maxSockets: 128, maxFreeSockets: 32, proxyEnv: env };
  const http = new HttpAgent(kept);
  let https: HttpsAgent | undefined;
  const httpsAgent = (): HttpsAgent =>
    (https ??= new HttpsAgent({
      ...kept,
      ca: [...getCACertificates("default"), ...getCACertificates("system"), ...(ca === undefined ? [] : [ca])],
    }));
  const send: Send = ({ method, url, headers, body }: HttpRequest) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const secure = url.protocol === "https:";
      const length: Record<string, string> =
        body === undefined && method !== "PUT" && method !== "POST" ? {} : { "content-length": `${body?.length ?? 0}` };
      const sent = (secure ? httpsRequest : httpRequest)(
        url,
        { method, headers: { ...headers, ...length }, agent: secure ? httpsAgent() : http, timeout: idle },
        (answer) => resolve(answerOf(answer)),
      );
      sent.once("timeout", () => sent.destroy(new Error(`nothing came for ${Math.round(idle / 1000)} s`)));
      sent.once("error", reject);
      sent.end(body);
    });
  return {
    send,
    close: () => {
      http.destroy();
      https?.destroy();
    },
  };
}

function answerOf(answer: IncomingMessage): HttpAnswer {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(answer.headers))
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return { status: answer.statusCode ?? 0, headers, body: answer };
}
