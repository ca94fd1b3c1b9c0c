import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createSecureContext } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openGate } from "./gate.ts";
import { AllowedHosts } from "./hosts.ts";
import { Places } from "./places.ts";
import type { Gate, Pass } from "./types.ts";

/** Where every host is: a server that sends back what it gets. */
let echo: Server;
let connections: number;
beforeEach(async () => {
  connections = 0;
  echo = createServer((socket) => {
    connections++;
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
});
afterEach(() => {
  echo.close();
});

const hosts = new AllowedHosts(["git.internal/*"], { hosts: ["git.internal:8443"], any: true });

function places(addresses: readonly string[]): Places {
  const { port } = echo.address() as AddressInfo;
  return new Places({ hosts, resolve: async () => addresses.map((address) => ({ address, port })) });
}

describe("Places", () => {
  it.each<[string, readonly string[], boolean]>([
    ["git.internal", ["127.0.0.1"], true],
    ["git.internal", ["169.254.169.254", "127.0.0.1"], true],
    ["git.internal", ["169.254.169.254"], false],
    ["git.internal", ["::ffff:169.254.169.254"], false],
    ["git.internal", [], false],
    // Public, and so not at an address of this machine.
    ["github.com", ["127.0.0.1"], false],
    ["github.com", ["::ffff:127.0.0.1"], false],
    ["localhost", ["127.0.0.1"], false],
    ["127.0.0.1", ["127.0.0.1"], false],
    ["[::1]", ["::1"], false],
  ])("connects to %s at %j: %s", async (host, addresses, isAllowed) => {
    const socket = await places(addresses).connect(host, 443);
    expect(socket !== undefined).toBe(isAllowed);
    socket?.destroy();
    expect(await places(addresses).connect(host, 22)).toBeUndefined();
  });
});

describe("the gate", () => {
  let gate: Gate;
  let pass: Pass;
  beforeEach(async () => {
    const logins = { headers: async () => undefined };
    const secure = () => createSecureContext();
    gate = await openGate({ places: places(["127.0.0.1"]), logins, secure, limit: 1_000 });
    pass = gate.admit();
  });
  afterEach(() => gate[Symbol.asyncDispose]());

  /** What the gate answers to this request line, with the secret of `as`. */
  async function ask(method: string, path: string, as = pass.url) {
    const { port, username, password } = new URL(as);
    const login = Buffer.from(`${username}:${password}`).toString("base64");
    const asked = request({
      host: "127.0.0.1",
      port,
      method,
      path,
      headers: { "Proxy-Authorization": `Basic ${login}` },
    });
    asked.end();
    const event = method === "CONNECT" ? "connect" : "response";
    const [response, socket] = (await once(asked, event)) as [IncomingMessage, Socket];
    return { status: response.statusCode, socket };
  }

  it("lets nobody through but its own fetches, to allowed hosts", async () => {
    expect((await ask("CONNECT", "git.internal:443")).status).toBe(200);
    expect((await ask("CONNECT", "git.internal:8443")).status).toBe(200);
    for (const place of [
      "git.internal:22",
      "github.com:443",
      "evil.internal",
      "127.0.0.1:443",
      "git.internal:443/x",
      ":443",
    ])
      expect((await ask("CONNECT", place)).status, place).toBe(403);
    expect([...pass.refused]).toEqual(["git.internal:22", "github.com:443", "127.0.0.1:443"]);
    const forged = pass.url.replace(/:[0-9a-f]{48}@/, `:${"0".repeat(48)}@`);
    for (const as of [pass.closed, forged, "http://x:y@127.0.0.1:1".replace(":1", `:${new URL(pass.url).port}`)])
      expect((await ask("CONNECT", "git.internal:443", as)).status).toBe(407);
    const { url } = pass;
    pass[Symbol.dispose]();
    expect((await ask("CONNECT", "git.internal:443", url)).status).toBe(407);
    expect(connections).toBe(2);
  });

  it("asks for nothing but go-import tags over http", async () => {
    for (const [method, target] of [
      ["GET", "http://git.internal/team/mod"],
      ["GET", "http://git.internal/team/mod?go-get=1&x=y"],
      ["GET", "http://git.internal:8443/team/mod?go-get=1"],
      ["GET", "http://robot@git.internal/team/mod?go-get=1"],
      ["GET", "https://git.internal/team/mod?go-get=1"],
      ["GET", "/team/mod?go-get=1"],
      ["POST", "http://git.internal/team/mod?go-get=1"],
    ] as const)
      expect((await ask(method, target)).status, target).toBe(403);
    expect((await ask("GET", "http://git.internal/team/mod?go-get=1", pass.closed)).status).toBe(407);
    expect(connections).toBe(0);
  });

  it("cuts what brings more than it may", async () => {
    const { socket } = await ask("CONNECT", "git.internal:443");
    socket.resume();
    socket.on("error", () => undefined);
    socket.write(Buffer.alloc(400));
    await expect.poll(() => pass.received).toBe(400);
    expect(pass.isOver).toBe(false);
    socket.write(Buffer.alloc(700));
    await once(socket, "close");
    expect(pass.isOver).toBe(true);
    expect((await ask("CONNECT", "git.internal:443")).status).toBe(403);
  });
});
