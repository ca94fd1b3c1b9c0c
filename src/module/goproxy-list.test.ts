import { describe, expect, it } from "vitest";
import { parseNetrc, parseProxyList, redactUrl, splitCredentials } from "./goproxy-list.ts";
import { ProxyClient } from "./proxy-client.ts";

describe("GOPROXY lists", () => {
  it("are read as cmd/go reads them", () => {
    expect(
      parseProxyList("https://a.example/x/ , goproxy.example|file:///kit/modules,direct,https://never.example"),
    ).toEqual([
      { url: "https://a.example/x", fallOn: "absent" },
      { url: "https://goproxy.example", fallOn: "any" },
      { url: "file:///kit/modules", fallOn: "absent" },
      { url: "direct", fallOn: "absent" },
    ]);
    expect(parseProxyList("off,https://a.example")).toEqual([{ url: "off", fallOn: "absent" }]);
  });

  it.each(["", ",", " | ", "ftp://a.example", "/srv/modules", "https://a.example?x=1", "word"])(
    "refuses %j",
    (list) => {
      expect(() => parseProxyList(list)).toThrow("GOPROXY_INVALID");
    },
  );

  it("never show credentials", () => {
    expect(redactUrl("https://user:p%40ss@a.example/x")).toBe("https://***@a.example/x");
    expect(() => parseProxyList("ftp://user:secret@a.example")).toThrow(
      expect.not.stringContaining("secret") as string,
    );
    expect(
      new ProxyClient({ fetch, signal: new AbortController().signal }, "http://user:secret@a.example,direct").sources,
    ).toEqual(["http://***@a.example", "direct"]);
  });

  it("take credentials from the URL, else from netrc, and that over https only", () => {
    const netrc = parseNetrc(
      "machine a.example login u password p\nmacdef x\n machine evil.example login no password no\n\ndefault\tlogin d\npassword e\nmachine a.example login second password second\n",
    );
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;
    expect(splitCredentials("https://a.example/x", netrc)).toEqual({
      url: "https://a.example/x",
      authorization: basic("u:p"),
    });
    expect(splitCredentials("https://b.example/", netrc).authorization).toBe(basic("d:e"));
    expect(splitCredentials("http://a.example/", netrc).authorization).toBeUndefined();
    expect(splitCredentials("http://x:y%40@a.example/", netrc)).toEqual({
      url: "http://a.example/",
      authorization: basic("x:y@"),
    });
    expect(netrc.has("evil.example")).toBe(false);
  });
});
