import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a client asked for, and how an honest server would answer. */
export interface RangeExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** `end` is not in it. Undefined where all is asked for. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
  /** Number of this request. */
  readonly index: number;
  readonly honest: () => void;
}

/** A server of one file, that gives parts by If-Range, and lies as the test says. */
export interface RangeServer {
  readonly base: string;
  content: Buffer;
  headers: Record<string, string>;
  lie: ((exchange: RangeExchange) => void) | undefined;
  readonly asked: { readonly url: string; readonly range: string | undefined; readonly authorization: string | undefined }[];
  /** Octets a second of one connection, at most; undefined: as fast as the client reads. */
  pace: number | undefined;
  /** Octets that were put on their way. */
  sent: number;
  close(): void;
}

export async function startRangeServer(content: Buffer): Promise<RangeServer> {
  const server = createServer((request, response) => {
    const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const { etag = "", "last-modified": modified = "" } = result.headers;
    const isSame = [undefined, etag || modified].includes(request.headers["if-range"] as string | undefined);
    const { length } = result.content;
    const range =
      match === null
        ? undefined
        : { start: Number(match[1]), end: match[2] === "" ? length : Math.min(length, Number(match[2]) + 1) };
    const index = result.asked.length;
    result.asked.push({
      url: request.url ?? "",
      range: request.headers.range,
      authorization: request.headers.authorization,
    });
    const honest = (): void => {
      const { start, end } = range !== undefined && isSame ? range : { start: 0, end: length };
      const isPart = range !== undefined && isSame;
      response.writeHead(isPart ? 206 : 200, {
        ...result.headers,
        "content-length": end - start,
        ...(isPart ? { "content-range": `bytes ${start}-${end - 1}/${length}` } : {}),
      });
      sendSlowly(response, result.content.subarray(start, end), result.pace, (count) => (result.sent += count));
    };
    if (result.lie === undefined) honest();
    else result.lie({ request, response, range, index, honest });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const result: RangeServer = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    content,
    headers: { "accept-ranges": "bytes", etag: '"one"' },
    lie: undefined,
    pace: undefined,
    asked: [],
    sent: 0,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return result;
}

/** In pieces, as fast as the client reads. */
function sendSlowly(response: ServerResponse, bytes: Buffer, pace: number | undefined, onSent: (count: number) => void): void {
  let at = 0;
  const started = performance.now();
  const next = (): unknown => pace === undefined ? setImmediate(more) : setTimeout(more, Math.max(0, (at / pace) * 1000 - (performance.now() - started)));
  const more = (): void => {
    if (response.destroyed) return;
    if (at >= bytes.length) return void response.end();
    const piece = bytes.subarray(at, at + 65_536);
    at += piece.length;
    onSent(piece.length);
    if (response.write(piece)) next();
    else response.once("drain", next);
  };
  more();
}
