// What bench/download.ts starts as processes of their own: `serve OCTETS` is a server of one file, `get URL FILE [whole]` our client, which does nothing
// without that.
import { randomFillSync } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpGetter } from "../src/module/index.ts";

/** Octets that are handed to the socket at once. */
const piece = 256 * 1024;

/** `/RATE` is the file, with at most RATE octets a second for each connection; `/0` as fast as it goes. */
function serve(octets: number): void {
  const content = randomFillSync(Buffer.alloc(octets));
  const server = createServer((request, response) => {
    const rate = Number(request.url?.slice(1) ?? 0);
    const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const [start, end] = match === null ? [0, octets] : [Number(match[1]), match[2] === "" ? octets : Number(match[2]) + 1]; // prettier-ignore
    response.writeHead(match === null ? 200 : 206, {
      "accept-ranges": "bytes",
      etag: '"one"',
      "content-length": end - start,
      ...(match === null ? {} : { "content-range": `bytes ${start}-${end - 1}/${octets}` }),
    });
    send(response, content.subarray(start, end), rate);
  });
  server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
}

function send(response: ServerResponse, bytes: Buffer, rate: number): void {
  const started = performance.now();
  let at = 0;
  const more = (): void => {
    if (response.destroyed) return;
    if (at >= bytes.length) return void response.end();
    const size = rate === 0 ? piece : Math.min(piece, Math.max(4096, rate / 50));
    const hasRoom = response.write(bytes.subarray(at, at + size));
    at += size;
    const early = rate === 0 ? 0 : (at / rate) * 1000 - (performance.now() - started);
    const next = (): unknown => (early > 1 ? setTimeout(more, early) : setImmediate(more));
    if (hasRoom) next();
    else response.once("drain", next);
  };
  more();
}

const [mode = "", first = "", target = "", whole = ""] = process.argv.slice(2);
if (mode === "serve") serve(Number(first));
else if (mode === "get") {
  const http = new HttpGetter({ fetch, signal: new AbortController().signal });
  await http.download(first, target, 2 ** 31, { whole: whole === "whole" });
}
