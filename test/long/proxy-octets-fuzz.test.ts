import { createServer, type IncomingMessage } from "node:http";
import { Duplex } from "node:stream";
import { expect, it } from "vitest";
import { PlainRequests } from "../../src/proxy/http/plain-requests.ts";
import { seeded } from "../support/mutations.ts";

/** Requests that are read; MEDKIT_TEST_ROUNDS shortens it. */
const rounds = Number(process.env["MEDKIT_TEST_ROUNDS"] ?? 1_000_000);

const seeds = [
  "GET /example.org/a/@v/v1.0.0.mod HTTP/1.1\r\nHost: h\r\nUser-Agent: Go-http-client/1.1\r\nAccept-Encoding: gzip\r\n\r\n",
  "GET /example.org/a/@v/list HTTP/1.1\r\nHost: h:3000\r\nAccept: */*\r\n\r\n",
  "GET / HTTP/1.1\r\nAccept-Language: zh-CN,zh;q=0.9\r\nHost: h\r\nConnection: keep-alive\r\n\r\n",
  "GET /a/@latest HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.1, 192.0.2.2\r\nVia: 1.1 b\r\nCache-Control: no-cache\r\n\r\n",
];
const bits = ["\r\n", "\n", "\r", "\r\n\r\n", " ", "\t", ":", ": ", "\0", "\u007f", "\u00e9", "GET ", "HEAD ", " HTTP/1.1", "HTTP/1.0", "/", "?", "#", "%00", "Host: i", "host:", "Accept:", "Content-Length: 0", "Content-Length: 5", "Transfer-Encoding: chunked", "Connection: close", "connection: Keep-Alive", "Range: bytes=0-1", "Upgrade: h2c", "Expect: 100-continue", "a".repeat(100), ",", ";", "\"", "abc"]; // prettier-ignore

function mutate(below: (limit: number) => number): Buffer {
  let text = seeds[below(seeds.length)] ?? "";
  for (let changes = below(4); changes >= 0; changes--) {
    const at = below(text.length + 1);
    const put = below(10) < 7 ? (bits[below(bits.length)] ?? "") : String.fromCharCode(below(256));
    text = text.slice(0, at) + put + text.slice(at + below(4));
  }
  return Buffer.from(text, "latin1");
}

/** What node:http reads from the same octets, on a connection of their own: the requests, and whether it refused. */
function readByNode(
  octets: Buffer,
): Promise<{ readonly requests: readonly IncomingMessage[]; readonly refused: boolean }> {
  // prettier-ignore
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.end();
  });
  return new Promise((resolve) => {
    let refused = false;
    const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    server.on("clientError", () => (refused = true));
    server.emit("connection", socket);
    socket.push(octets);
    setImmediate(() => {
      resolve({ requests, refused });
      socket.destroy();
    });
  });
}

it(`of ${rounds} mutated requests node:http reads each that we take for plain as we do`, async () => {
  const below = seeded(5);
  const plain = new PlainRequests();
  let taken = 0;
  for (let round = 0; round < rounds; round++) {
    const octets = mutate(below);
    const request = plain.parse(octets);
    if (request === undefined) continue;
    taken++;
    const { requests, refused } = await readByNode(octets);
    const [first] = requests;
    const facts = [refused, requests.length, first?.method, first?.url, first?.httpVersion, first?.headers, first?.complete]; // prettier-ignore
    if (taken % 1_000 === 0 || JSON.stringify(facts) !== JSON.stringify([false, 1, "GET", request.target, "1.1", request.headers, true])) // prettier-ignore
      expect(facts, JSON.stringify(octets.toString("latin1"))).toEqual([false, 1, "GET", request.target, "1.1", { ...request.headers }, true]); // prettier-ignore
  }
  // A reader that took nothing would pass as well.
  expect(taken).toBeGreaterThan(rounds / 100);
  process.stderr.write(`${rounds} requests, ${taken} of them plain\n`);
});
