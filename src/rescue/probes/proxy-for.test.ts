import { describe, expect, test } from "vitest";
import { withoutEntriesFor } from "../causes/network/no-proxy-wrong.ts";
import { exemptionList, forwardProxyFor, forwardProxyVariable } from "./proxy-for.ts";

const secure = new URL("https://goproxy.internal/x");

describe("the forward proxy", () => {
  test.each<[Readonly<Record<string, string>>, string | undefined]>([
    [{}, undefined],
    [{ HTTP_PROXY: "http://a:1" }, undefined],
    [{ HTTPS_PROXY: "http://a:1", https_proxy: "http://b:1" }, "http://a:1"],
    [{ HTTPS_PROXY: "", https_proxy: "b:1" }, "http://b:1"],
    [{ HTTPS_PROXY: "http://a:1", NO_PROXY: "example.org, .internal" }, undefined],
    [{ HTTPS_PROXY: "http://a:1", NO_PROXY: "internal" }, undefined],
    [{ HTTPS_PROXY: "http://a:1", no_proxy: "goproxy.internal:443" }, undefined],
    [{ HTTPS_PROXY: "http://a:1", no_proxy: "goproxy.internal:8081" }, "http://a:1"],
    [{ HTTPS_PROXY: "http://a:1", NO_PROXY: "proxy.internal" }, "http://a:1"],
    [{ HTTPS_PROXY: "http://a:1", NO_PROXY: ".goproxy.internal" }, "http://a:1"],
  ])("of %j", (env, proxy) => {
    expect(forwardProxyFor(secure, env)).toBe(proxy);
  });

  test("is never asked for loopback", () => {
    for (const host of ["127.0.0.1", "localhost", "[::1]"])
      expect(forwardProxyFor(new URL(`http://${host}:8081`), { HTTP_PROXY: "http://a:1" })).toBeUndefined();
  });

  test("comes from the variable that counts", () => {
    expect(forwardProxyVariable(secure, { HTTPS_PROXY: "", https_proxy: "b" })).toBe("https_proxy");
    expect(exemptionList({ NO_PROXY: "", no_proxy: "b" })).toBe("b");
    expect(exemptionList({})).toBe("");
  });
});

test("NO_PROXY without the entries for one host keeps the others", () => {
  expect(withoutEntriesFor(secure, "localhost,.internal, goproxy.internal,10.0.0.0/8,example.org")).toBe("localhost,10.0.0.0/8,example.org"); // prettier-ignore
  expect(withoutEntriesFor(secure, "*")).toBe("");
});
