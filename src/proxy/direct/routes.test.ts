import { describe, expect, it } from "vitest";
import { MedkitError } from "../../core/errors.ts";
import { isModuleAbsent } from "../chain.ts";
import { parseProxyConfig } from "../config.ts";
import type { Upstream } from "../types.ts";
import { limitedUpstream, moduleRoutes, routedUpstream } from "./routes.ts";

const unset = { goprivate: undefined, gonoproxy: undefined, gonosumdb: undefined };

describe("moduleRoutes", () => {
  it("takes the host's settings as Go does: GOPRIVATE is the default of the other two", () => {
    expect(moduleRoutes(undefined, { ...unset, goprivate: "a.internal, b.internal/*" })).toEqual({
      direct: ["a.internal", "b.internal/*"],
      noDatabase: ["a.internal", "b.internal/*"],
      stored: [],
    });
    expect(moduleRoutes(undefined, { ...unset, goprivate: "a", gonoproxy: "none" })).toMatchObject({
      direct: ["none"],
      noDatabase: ["a"],
    });
  });

  it("lets the configuration stand for all of them", () => {
    const config = { patterns: ["c.internal"], noDatabase: [], stored: ["d.internal"] };
    expect(moduleRoutes(config, { ...unset, goprivate: "a" })).toEqual({
      direct: ["c.internal"],
      noDatabase: [],
      stored: ["d.internal"],
    });
  });
});

it("asks a proxy for no private module, and version control for none that is not meant to come from there", async () => {
  const named = (name: string): Upstream => ({ list: async () => [name] }) as unknown as Upstream;
  const routes = { direct: ["git.internal"], noDatabase: [], stored: ["git.internal/frozen/*"] };
  const chain = limitedUpstream({ patterns: ["github.com/acme/*"], any: false }, named("repository"));
  const upstream = routedUpstream(routes, chain, named("repository of ours"));
  expect(await upstream.list("git.internal/team/mod")).toEqual(["repository of ours"]);
  expect(await upstream.list("github.com/acme/lib")).toEqual(["repository"]);
  for (const path of ["git.internal/frozen/mod", "github.com/other/lib", "git.internal.example.com/x"])
    await expect(upstream.list(path), path).rejects.toSatisfy(isModuleAbsent);
});

it("takes a login that is wanted for absence only where nobody has named the module", async () => {
  const wantsLogin = {
    list: async (module: string) => {
      throw new MedkitError("DIRECT_LOGIN", { module, reason: "no" });
    },
  } as unknown as Upstream;
  const upstream = limitedUpstream({ patterns: ["github.com/acme/*"], any: true }, wantsLogin);
  await expect(upstream.list("github.com/acme/lib")).rejects.toMatchObject({ code: "DIRECT_LOGIN" });
  await expect(upstream.list("github.com/other/lib")).rejects.toSatisfy(isModuleAbsent);
});

it.each([
  ["private:\n  patterns: ['git.internal,x']\n", 3],
  ["private:\n  patterns: ['git.[internal']\n", 3],
  ["direct:\n  timeout: 5\n", 3],
  ["direct:\n  hosts: ['https://git.internal']\n", 3],
  ["direct:\n  anyone: true\n", 3],
])("refuses %j with its line", (text, line) => {
  const whole = `schema: medkit/proxy-config/v1\n${text}`;
  expect(() => parseProxyConfig(whole, "medkit.yaml")).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", params: expect.objectContaining({ line }) as unknown }) as Error,
  );
});
