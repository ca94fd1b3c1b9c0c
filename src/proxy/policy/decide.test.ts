import { describe, expect, it } from "vitest";
import { policyConfigSchema, readPolicy, type PolicyConfig } from "./config.ts";
import { judge, judgePath, narrow, nextEnd } from "./decide.ts";
import type { Finding, ReleaseTime } from "./types.ts";

const now = new Date("2026-06-15T12:00:00Z");
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const finding: Finding = { id: "GO-2026-0001", aliases: ["CVE-2026-1"], summary: "", fixed: "v1.2.4" };

function decide(
  config: PolicyConfig,
  module: string,
  time: ReleaseTime = "unasked",
  findings: readonly Finding[] = [],
) {
  const [path = "", version = ""] = module.split("@");
  const policy = readPolicy(policyConfigSchema.parse(config));
  const facts = { now, time, findings: () => findings };
  const verdict = judge(policy, { path, version }, facts);
  expect(judge(narrow(policy, path), { path, version }, facts)).toEqual(verdict);
  return verdict === undefined ? undefined : `${verdict.action} ${verdict.rule}`;
}

describe("rules", () => {
  it("are asked in order, and the first that applies decides", () => {
    const config: PolicyConfig = {
      default: "deny",
      rules: [
        { id: "bad", action: "deny", modules: ["example.org/a"], versions: ["v1.1.0"] },
        { id: "ours", action: "allow", modules: ["example.org/*"] },
      ],
    };
    expect(decide(config, "example.org/a@v1.1.0")).toBe("deny bad");
    expect(decide(config, "example.org/a@v1.0.0")).toBe("allow ours");
    expect(decide(config, "example.com/a@v1.0.0")).toBe("deny default");
    expect(decide({}, "example.com/a@v1.0.0")).toBe("allow default");
  });

  it("mean modules as GOPRIVATE does, or exactly one", () => {
    const denied = (pattern: string, path: string): boolean =>
      decide({ rules: [{ id: "x", action: "deny", modules: [pattern] }] }, `${path}@v1.0.0`) === "deny x";
    expect(denied("example.org/a", "example.org/a/v2")).toBe(true);
    expect(denied("example.org/a", "example.org/ab")).toBe(false);
    expect(denied("*.example.org", "git.example.org/x/y")).toBe(true);
    expect(denied("=example.org/a", "example.org/a")).toBe(true);
    expect(denied("=example.org/a", "example.org/a/v2")).toBe(false);
  });

  it("end with their last day", () => {
    const on = (until: string) => decide({ rules: [{ id: "x", action: "deny", until }] }, "example.org/a@v1.0.0");
    expect(on("2026-06-15")).toBe("deny x");
    expect(on("2026-06-14")).toBe("allow default");
    expect(on("2026-06-15T12:00:00Z")).toBe("allow default");
    expect(on("2026-06-15T12:00:01Z")).toBe("deny x");
  });
});

describe("a cooldown", () => {
  const config: PolicyConfig = { rules: [{ id: "young", action: "quarantine", minAge: "168h" }] };
  const released = [{ module: "example.org/a", versions: [">=v1.0.0 <v1.2.0"], reason: "read" }];

  it("asks for the time, and ends exactly when the age is reached", () => {
    expect(decide(config, "example.org/a@v1.0.0")).toBeUndefined();
    expect(decide(config, "example.org/a@v1.0.0", hoursAgo(167.9))).toBe("quarantine young");
    expect(decide(config, "example.org/a@v1.0.0", hoursAgo(168))).toBe("allow default");
    expect(decide(config, "example.org/a@v1.0.0", hoursAgo(-100))).toBe("quarantine young");
  });

  it("holds back what has no time", () =>
    expect(decide(config, "example.org/a@v1.0.0", "none")).toBe("quarantine young"));

  it("reads the time of a pseudo-version out of it", () => {
    expect(decide(config, "example.org/a@v0.0.0-20260615110000-0123456789ab")).toBe("quarantine young");
    expect(decide(config, "example.org/a@v0.0.0-20260515110000-0123456789ab")).toBe("allow default");
  });

  it("is not asked about what an earlier rule lets pass", () => {
    const rules: PolicyConfig["rules"] = [
      { id: "ours", action: "allow", modules: ["example.org"] },
      ...(config.rules ?? []),
    ];
    expect(decide({ rules }, "example.org/a@v1.0.0")).toBe("allow ours");
  });

  it("is ended by a release, which lifts no denial", () => {
    const young = hoursAgo(1);
    expect(decide({ ...config, released }, "example.org/a@v1.1.0", young)).toBe("allow released");
    expect(decide({ ...config, released }, "example.org/a@v1.2.0", young)).toBe("quarantine young");
    const rules: PolicyConfig["rules"] = [...(config.rules ?? []), { id: "no", action: "deny", versions: ["v1.1.0"] }];
    expect(decide({ rules, released }, "example.org/a@v1.1.0", young)).toBe("deny no");
    expect(decide({ rules, released, default: "deny" }, "example.org/a@v1.0.0", young)).toBe("allow released");
  });
});

describe("known vulnerabilities", () => {
  const rule = (vulnerable: NonNullable<PolicyConfig["rules"]>[number]["vulnerable"]): PolicyConfig => ({
    rules: [{ id: "known", action: "deny", vulnerable }],
  });
  const one = "example.org/a@v1.0.0";
  const unfixed = { ...finding, fixed: undefined };

  it("count, or only those that are fixed, or only some", () => {
    expect(decide(rule(true), one, "unasked", [finding])).toBe("deny known");
    expect(decide(rule(true), one)).toBe("allow default");
    expect(decide(rule({ onlyFixed: true }), one, "unasked", [unfixed])).toBe("allow default");
    expect(decide(rule({ onlyFixed: true }), one, "unasked", [unfixed, finding])).toBe("deny known");
    expect(decide(rule({ ids: ["CVE-2026-0002"] }), one, "unasked", [finding])).toBe("allow default");
    expect(decide(rule({ ids: ["GO-2026-0001"] }), one, "unasked", [finding])).toBe("deny known");
  });

  it("are accepted for a time, for a module", () => {
    const accept = (until: string, modules?: string[]) =>
      decide(
        rule({ exceptions: [{ id: "GO-2026-0001", until, reason: "not reached", ...(modules && { modules }) }] }),
        one,
        "unasked",
        [finding],
      );
    expect(accept("2026-06-15")).toBe("allow default");
    expect(accept("2026-06-14")).toBe("deny known");
    expect(accept("2026-07-01", ["example.org/b"])).toBe("deny known");
    expect(accept("2026-07-01", ["example.org/a"])).toBe("allow default");
  });
});

describe("a whole module", () => {
  const path = (config: PolicyConfig) =>
    judgePath(readPolicy(policyConfigSchema.parse(config)), "example.org/a", now)?.rule;

  it("is refused only where that does not depend on the version", () => {
    expect(path({ default: "deny" })).toBe("default");
    expect(path({ rules: [{ id: "x", action: "deny", modules: ["example.org/*"] }] })).toBe("x");
    expect(path({ rules: [{ id: "x", action: "deny", versions: ["v1.0.0"] }], default: "deny" })).toBeUndefined();
    expect(path({ rules: [{ id: "x", action: "quarantine", minAge: "1h" }], default: "deny" })).toBeUndefined();
    const held: PolicyConfig = { rules: [{ id: "x", action: "quarantine" }] };
    expect(path(held)).toBe("x");
    expect(path({ ...held, released: [{ module: "example.org/a", versions: ["v1.0.0"] }] })).toBeUndefined();
    expect(path({ ...held, released: [{ module: "example.org/b", versions: ["v1.0.0"] }] })).toBe("x");
  });
});

it("knows when something ends next", () => {
  const policy = readPolicy(
    policyConfigSchema.parse({
      rules: [
        { id: "a", action: "deny", until: "2026-06-14" },
        {
          id: "b",
          action: "deny",
          vulnerable: { exceptions: [{ id: "GO-2026-0001", until: "2026-06-20", reason: "x" }] },
        },
      ],
      released: [{ module: "example.org/a", versions: ["v1.0.0"], until: "2026-06-30" }],
    }),
  );
  expect(new Date(nextEnd(policy, now)).toISOString()).toBe("2026-06-21T00:00:00.000Z");
  expect(nextEnd(policy, new Date("2027-01-01"))).toBe(Infinity);
});

it.each([
  [{ rules: [{ id: "a", action: "allow", minAge: "1h" }] }],
  [
    {
      rules: [
        { id: "a", action: "deny" },
        { id: "a", action: "allow" },
      ],
    },
  ],
  [{ rules: [{ id: "default", action: "deny" }] }],
  [{ rules: [{ id: "a", action: "deny", modules: ["[a"] }] }],
  [{ rules: [{ id: "a", action: "deny", modules: [] }] }],
  [{ rules: [{ id: "a", action: "deny", versions: ["newest"] }] }],
  [{ rules: [{ id: "a", action: "deny", minAge: "7d" }] }],
  [{ rules: [{ id: "a", action: "deny", until: "31.12.2026" }] }],
  [{ rules: [{ id: "a", action: "deny", reason: "\u001B[31mred" }] }],
  [{ rules: [{ id: "a", action: "deny", vulnerable: { exceptions: [{ id: "GO-2026-0001", reason: "for ever" }] } }] }],
  [{ rules: [{ id: "a", action: "deny", module: "example.org" }] }],
  [{ status: 500 }],
])("refuses %j", (config) => expect(policyConfigSchema.safeParse(config).success).toBe(false));
