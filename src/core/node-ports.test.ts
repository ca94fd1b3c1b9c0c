import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createNodePorts } from "./node-ports.ts";

const servers: Server[] = [];

async function serve(answer: (url: string) => string): Promise<string> {
  const server = createServer((request, response) => response.end(answer(request.url ?? "")));
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function ports(options: {
  readonly offline?: boolean;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
}) {
  const { offline = false, env = {}, signal = new AbortController().signal } = options;
  return createNodePorts({ env, cwd: "/", signal, offline, progress: { emit: () => undefined } });
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

test("offline, no connection is attempted, and the error names the address", async () => {
  let asked = 0;
  const address = await serve(() => String(++asked));
  await expect(ports({ offline: true }).fetch(`${address}/x`)).rejects.toMatchObject({
    code: "OFFLINE",
    params: { url: `${address}/x` },
  });
  await expect(ports({ offline: true }).fetch(new Request(`${address}/y`))).rejects.toMatchObject({
    params: { url: `${address}/y` },
  });
  expect(asked).toBe(0);
});

test("fetches, and ends with the signal as INTERRUPTED", async () => {
  const address = await serve((url) => `at ${url}`);
  const controller = new AbortController();
  const { fetch } = ports({ signal: controller.signal });
  expect(await (await fetch(`${address}/a`)).text()).toBe("at /a");
  controller.abort();
  await expect(fetch(`${address}/b`)).rejects.toMatchObject({ code: "INTERRUPTED" });
});

test("goes through HTTP_PROXY, but not for hosts in NO_PROXY", async () => {
  const proxy = await serve((url) => `proxied ${url}`);
  const { fetch } = ports({ env: { HTTP_PROXY: proxy, NO_PROXY: "127.0.0.1" } });
  expect(await (await fetch("http://modules.test/x")).text()).toBe("proxied http://modules.test/x");
  const direct = await serve(() => "direct");
  expect(await (await fetch(direct)).text()).toBe("direct");
});

test("knows the platform by Go's names, a clock that runs on, and randomness", () => {
  const { platform, clock, random } = ports({});
  expect(platform.os).toMatch(/^(?:linux|darwin)$/);
  expect(platform.arch).toMatch(/^(?:amd64|arm64)$/);
  expect(clock.monotonic()).toBeLessThanOrEqual(clock.monotonic());
  expect(random.bytes(16)).toHaveLength(16);
});
