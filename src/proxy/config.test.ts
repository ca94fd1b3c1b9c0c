import { expect, it } from "vitest";
import { parseProxyConfig } from "./config.ts";

it("reads a proxy's configuration", () => {
  const text = "schema: medkit/proxy-config/v1\nlisten: ':3000'\nupstream: https://goproxy.internal\n";
  expect(parseProxyConfig(text, "medkit.yaml")).toEqual({
    schema: "medkit/proxy-config/v1",
    listen: ":3000",
    upstream: "https://goproxy.internal",
  });
});

it.each([
  ["schema: medkit/proxy-config/v1\nlisten: ':3000'\nliste: x\n", 3],
  ["schema: medkit/kit-config/v1\n", 1],
  ["schema: medkit/proxy-config/v1\nstore: ''\n", 2],
  [
    "schema: medkit/proxy-config/v1\npolicy:\n  rules:\n    - { id: a, action: deny }\n    - { id: a, action: allow }\n",
    5,
  ],
])("refuses %j with its line", (text, line) => {
  let error: unknown;
  try {
    parseProxyConfig(text, "medkit.yaml");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: "CONFIG_INVALID", params: { line } });
});
