import { describe, expect, it } from "vitest";
import { PlainRequests } from "./plain-requests.ts";

const parse = (text: string) => new PlainRequests().parse(Buffer.from(text, "latin1"));
const get = "GET /a/@v/v1.0.0.mod HTTP/1.1\r\nHost: h\r\n";

describe("a plain request", () => {
  it("is what the go command sends", () => {
    const text = `${get}User-Agent: Go-http-client/1.1\r\nAccept-Encoding: gzip\r\n\r\n`;
    expect(parse(text)).toEqual({
      target: "/a/@v/v1.0.0.mod",
      headers: { host: "h", "user-agent": "Go-http-client/1.1", "accept-encoding": "gzip" },
      gzip: true,
    });
  });

  it("is known again by its headers, whatever its path", () => {
    const requests = new PlainRequests();
    for (const path of ["/x", "/y"])
      expect(requests.parse(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`))?.target).toBe(path);
    for (let turn = 0; turn < 2; turn++)
      expect(requests.parse(Buffer.from("GET /x HTTP/1.1\r\nHost: h\r\nCookie: a\r\n\r\n"))).toBeUndefined();
  });

  it.each([
    ["another method", get.replace("GET", "HEAD") + "\r\n"],
    ["lower case", get.replace("GET", "get") + "\r\n"],
    ["HTTP/1.0", get.replace("1.1", "1.0") + "\r\n"],
    ["a whole URL", get.replace("/a", "http://h/a") + "\r\n"],
    ["a query", get.replace(".mod", ".mod?x") + "\r\n"],
    ["a blank in the path", get.replace("/a", "/a b") + "\r\n"],
    ["a path that is not ASCII", get.replace("/a", "/\u00e9") + "\r\n"],
    ["a zero in the path", get.replace("/a", "/\0") + "\r\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["no headers", "GET / HTTP/1.1\r\n"],
    ["two hosts", `${get}Host: i\r\n\r\n`],
    ["half of it", get],
    ["something behind it", `${get}\r\nG`],
    ["another request behind it", `${get}\r\n${get}\r\n`],
    ["a body", `${get}Content-Length: 5\r\n\r\nabcd\r\n\r\n`],
    ["a body in chunks", `${get}Transfer-Encoding: chunked\r\n\r\n`],
    ["a range", `${get}Range: bytes=0-\r\n\r\n`],
    ["a condition", `${get}If-None-Match: "x"\r\n\r\n`],
    ["a login", `${get}Authorization: Basic x\r\n\r\n`],
    ["no more requests", `${get}Connection: close\r\n\r\n`],
    ["an upgrade", `${get}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`],
    ["a blank before the colon", `${get}Accept : x\r\n\r\n`],
    ["a header without a colon", `${get}Accept\r\n\r\n`],
    ["a folded header", `${get}Accept: x\r\n y\r\n\r\n`],
    ["a bare line feed", `${get}Accept: x\nRange: bytes=0-\r\n\r\n`],
    ["a bare carriage return", `${get}Accept: x\rRange: y\r\n\r\n`],
    ["a zero in a header", `${get}Accept: a\0b\r\n\r\n`],
    ["an empty header", `${get}Accept:\r\n\r\n`],
    ["a very long path", get.replace("/a", `/${"a".repeat(5_000)}`) + "\r\n"],
    ["very long headers", `${get}Accept: ${"a".repeat(3_000)}\r\n\r\n`],
  ])("has not %s", (_, text) => {
    expect(parse(text)).toBeUndefined();
  });
});
