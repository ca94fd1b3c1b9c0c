import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { MedkitError } from "../core/errors.ts";
import { answer, module, ports, quick, startLocalProxy, zipPath } from "./__fixtures__/local-proxy.ts";
import { ProxyClient, type ProxyOptions } from "./proxy-client.ts";

const proxy = await startLocalProxy();
afterAll(() => proxy.close());
beforeEach(() => {
  proxy.asked.length = 0;
});

describe("a source that lies or fails", () => {
  const content = Buffer.alloc(300_000, "medkit");
  const fails = async (code: string, options?: ProxyOptions): Promise<void> => {
    const file = proxy.target();
    await expect(proxy.client(proxy.base, options).downloadZip(module, file)).rejects.toMatchObject({ code });
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(proxy.folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  };

  it("is tried again after a server's error, three times", async () => {
    let left = 3;
    proxy.handler = (_, response) =>
      void (left-- > 0 ? response.writeHead(503, { "retry-after": "0" }).end() : response.end(content));
    const file = proxy.target();
    expect(await proxy.client().downloadZip(module, file)).toMatchObject({ from: proxy.base });
    expect(readFileSync(file)).toEqual(content);
    expect(proxy.asked).toHaveLength(4);
    left = 9;
    await fails("MODULE_UNAVAILABLE");
  });

  it("is not tried again where it says no", async () => {
    proxy.handler = answer(403, "blocked by policy");
    await fails("MODULE_UNAVAILABLE");
    expect(proxy.asked).toHaveLength(1);
  });

  it("goes on where a transfer broke off, if it is still the same file", async () => {
    proxy.handler = (request, response) => {
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const isRest = start > 0 && request.headers["if-range"] === '"v1"';
      const body = content.subarray(isRest ? start : 0);
      const range = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
      response.writeHead(isRest ? 206 : 200, { etag: '"v1"', "content-length": body.length, ...(isRest ? range : {}) });
      if (proxy.asked.length < 3)
        response.write(body.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
      else response.end(body);
    };
    const file = proxy.target();
    const progress: number[] = [];
    await proxy.client().downloadZip(module, file, {
      onProgress: ({ done, total }) => {
        progress.push(done);
        expect(total).toBe(content.length);
      },
    });
    expect(readFileSync(file)).toEqual(content);
    expect(proxy.asked.slice(1).every((each) => each.headers.range !== undefined)).toBe(true);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it.each<[string, Record<string, string>, number]>([
    ["another place", { "content-range": `bytes 5-${content.length - 1}/${content.length}` }, 206],
    ["another file", { "content-range": `bytes 100000-${content.length}/${content.length + 1}` }, 206],
    ["the whole of it", {}, 200],
  ])("starts over where the rest is %s", async (_, headers, status) => {
    proxy.handler = (request, response) => {
      if (proxy.asked.length === 1) {
        response.writeHead(200, { etag: '"v1"', "content-length": content.length });
        response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
      } else if (request.headers.range === undefined) response.end(content);
      else response.writeHead(status, { etag: '"v1"', ...headers }).end(content);
    };
    const file = proxy.target();
    await proxy.client().downloadZip(module, file);
    expect(readFileSync(file)).toEqual(content);
  });

  it.each([
    ["its entity tag", { etag: '"v1"' }, { etag: '"v2"' }],
    [
      "its date",
      { "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT" },
      { "last-modified": "Tue, 02 Jan 2024 00:00:00 GMT" },
    ],
  ] as const)(
    "is not glued to the rest of a file that is another by %s, in the right place or not",
    async (_, was, is) => {
      const other = Buffer.alloc(content.length, "other!");
      proxy.handler = (request, response) => {
        const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
        if (proxy.asked.length === 1) {
          response.writeHead(200, { ...was, "content-length": content.length });
          response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
        } else if (start === 0) response.writeHead(200, is).end(other);
        else {
          const range = `bytes ${start}-${content.length - 1}/${content.length}`;
          response.writeHead(206, { ...is, "content-range": range }).end(other.subarray(start));
        }
      };
      const file = proxy.target();
      await proxy.client().downloadZip(module, file);
      expect(readFileSync(file).equals(other)).toBe(true);
      expect(proxy.asked.map((each) => each.headers.range !== undefined)).toEqual([false, true, false]);
    },
  );

  it("that sends a byte now and then is left", async () => {
    proxy.handler = (_, response) => {
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    };
    await fails("PROXY_TOO_SLOW", { stallAfter: 1000 });
    expect(proxy.asked).toHaveLength(1);
  });

  it("that is slow but goes on is waited for", async () => {
    proxy.handler = (_, response) => {
      let left = 30;
      const timer = setInterval(() => {
        if (left-- > 0) response.write("x".repeat(1000));
        else response.end();
      }, 50);
      response.on("close", () => clearInterval(timer));
    };
    const file = proxy.target();
    await proxy.client(proxy.base, { stallAfter: 1_000, retries: 0 }).downloadZip(module, file);
    expect(readFileSync(file)).toHaveLength(30_000);
  });

  it("that never ends its answer is left after a while", async () => {
    proxy.handler = (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("x");
    };
    await fails("PROXY_STALLED", { retries: 0, stallAfter: 50 });
  });

  it("that never begins one too", async () => {
    proxy.handler = () => {};
    await fails("PROXY_STALLED", { retries: 1, stallAfter: 50 });
    expect(proxy.asked).toHaveLength(2);
  });

  it("that sends too much is cut off, said before or not", async () => {
    proxy.handler = answer(200, "x".repeat(1001), { "content-length": "1001" });
    await fails("PROXY_TOO_BIG", { maxZip: 1000 });
    proxy.handler = (_, response) => {
      const timer = setInterval(() => response.write("x".repeat(400)), 1);
      response.on("close", () => clearInterval(timer));
    };
    await fails("PROXY_TOO_BIG", { maxZip: 1000 });
  });

  it("that redirects in circles is left", async () => {
    proxy.handler = answer(302, "", { location: zipPath });
    await fails("PROXY_REDIRECTS");
    expect(proxy.asked).toHaveLength(11);
  });

  it("that redirects to a login of its own making is left", async () => {
    const location = proxy.base.replace("//", "//evil:s3cret@");
    proxy.handler = answer(302, "", { location });
    const asking = proxy.client().downloadZip(module, proxy.target());
    await expect(asking).rejects.toMatchObject({
      code: "MODULE_UNAVAILABLE",
      params: { reasons: expect.stringMatching(/redirects to (?!.*s3cret).*not followed/) as string },
    });
    expect(proxy.asked).toHaveLength(1);
  });

  it("that redirects away from TLS is left", async () => {
    const away = async (): Promise<Response> => new Response("", { status: 302, headers: { location: proxy.base } });
    const client = new ProxyClient({ fetch: away, signal: ports.signal }, "https://a.example", quick);
    await expect(client.downloadZip(module, proxy.target())).rejects.toMatchObject({ code: "MODULE_UNAVAILABLE" });
    expect(proxy.asked).toEqual([]);
  });

  it("that redirects to a file is left", async () => {
    proxy.handler = answer(302, "", { location: "file:///etc/passwd" });
    await fails("MODULE_UNAVAILABLE");
  });

  it("that announces another length is refused", async () => {
    const lying = async (): Promise<Response> => new Response("abc", { headers: { "content-length": "5" } });
    const short = new ProxyClient({ fetch: lying, signal: ports.signal }, "https://a.example", quick);
    await expect(short.downloadZip(module, proxy.target())).rejects.toMatchObject({
      code: "PROXY_LENGTH",
      params: { declared: 5, received: 3 },
    });
    proxy.handler = (_, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("12345", () => setTimeout(() => response.destroy(), 10));
    };
    await fails("MODULE_UNAVAILABLE");
  });

  it("is left at once on Ctrl-C", async () => {
    const controller = new AbortController();
    proxy.handler = (_, response) => void response.writeHead(200).write("x");
    const running = new ProxyClient({ fetch, signal: controller.signal }, proxy.base, quick).downloadZip(
      module,
      proxy.target(),
    );
    setTimeout(() => controller.abort(new MedkitError("INTERRUPTED")), 50);
    await expect(running).rejects.toMatchObject({ code: "INTERRUPTED" });
  });
});
