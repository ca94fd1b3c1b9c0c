import { describe, expect, it } from "vitest";
import { compareSemver } from "../../module/index.ts";
import { matchesVersion, parseVersionTest } from "./version-test.ts";

const matches = (text: string, version: string, path = "example.org/a"): boolean => {
  const test = parseVersionTest(text);
  if (test === undefined) throw new Error(`not an expression: ${text}`);
  return matchesVersion(test, { path, version });
};

it.each([
  ["v1.2.3", "v1.2.3", true],
  ["v1.2.3", "v1.2.3-rc.1", false],
  ["=v2.0.0", "v2.0.0+incompatible", false],
  ["v2.0.0+incompatible", "v2.0.0+incompatible", true],
  [">=v1.2.0 <v1.4.0", "v1.2.0", true],
  [">=v1.2.0 <v1.4.0", "v1.4.0", false],
  [">=v1.2.0 <v1.4.0", "v1.4.0-rc.1", true],
  [">=v1.2 <v2", "v1.99.0", true],
  [">v1.9.0", "v1.10.0", true],
  ["<v1.0.0", "v0.0.0-20240101000000-0123456789ab", true],
  ["pseudo", "v0.0.0-20240101000000-0123456789ab", true],
  ["pseudo", "v1.2.3-rc.1", false],
  ["prerelease", "v1.2.3-rc.1", true],
  ["prerelease", "v0.0.0-20240101000000-0123456789ab", false],
  ["release", "v1.2.3", true],
  ["release", "v1.2.3-rc.1", false],
  ["incompatible", "v2.0.0+incompatible", true],
])("%s means %s: %s", (text, version, expected) => expect(matches(text, version)).toBe(expected));

describe("Go versions", () => {
  const toolchain = (version: string): string => `v0.0.1-go${version}.linux-amd64`;

  it.each([
    ["<go1.22.5", "1.22.4", true],
    ["<go1.22.5", "1.22.5", false],
    ["<go1.22.0", "1.22rc1", true],
    [">=go1.9", "1.10.1", true],
    ["go1.21.13", "1.21.13", true],
  ])("%s means toolchain %s: %s", (text, version, expected) =>
    expect(matches(text, toolchain(version), "golang.org/toolchain")).toBe(expected),
  );

  it("are for toolchains only", () => expect(matches("<go1.22.5", toolchain("1.22.4"))).toBe(false));
});

it.each([
  "",
  "1.2.3",
  "v1.2",
  "=v1",
  ">=",
  "v1.2.3 || v1.2.4",
  "~v1.2",
  "v01.2.3",
  "latest",
  "pseudo v1.2.3",
  "<golang",
])("%j is none", (text) => expect(parseVersionTest(text)).toBeUndefined());

it("agrees with Go's order, and a range with its complement, for any two versions", () => {
  let seed = 1;
  const random = (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  const version = (): string => {
    const pre = ["", "", "-rc.1", "-0.20240101000000-0123456789ab", "-alpha", "-2"][random(6)] ?? "";
    return `v${random(3)}.${random(12)}.${random(3)}${pre}`;
  };
  for (let round = 0; round < 2_000; round++) {
    const [a, b] = [version(), version()];
    const order = compareSemver(a, b);
    expect([
      matches(`<${b}`, a),
      matches(`>=${b}`, a),
      matches(`>${b}`, a),
      matches(`<=${b}`, a),
      matches(b, a),
    ]).toEqual([order < 0, order >= 0, order > 0, order <= 0, order === 0]);
  }
});
