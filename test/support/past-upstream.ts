// A process of its own, since tests wait for the go command: relays a module proxy, and tells as the newest head of the checksum database the one that came with an old
// record. Arguments: the proxy's address, and `MODULE@VERSION` of the record. Says its own address on stdout.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const [upstream = "", record = ""] = process.argv.slice(2);
const answer = await (await fetch(`${upstream}/sumdb/sum.golang.org/lookup/${record}`)).text();
const note = answer.slice(answer.indexOf("go.sum database tree"));

const server = createServer((request, response) => {
  if (request.url === "/sumdb/sum.golang.org/latest") {
    response.end(note);
    return;
  }
  void fetch(upstream + (request.url ?? ""))
    .then(async ({ status, body }) => {
      response.writeHead(status);
      if (body === null) response.end();
      else await pipeline(Readable.fromWeb(body), response);
    })
    .catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
