import { describe, expect, test } from "vitest";
import type { Probes } from "./probes/types.ts";
import { isEachNewLineProven, requiresOnly, unprovenPatterns } from "./module-files.ts";

const hash = "h1:GGz8+XQP4FvTTrjZPzNKTMFtSXH80RAzG+5ghFPgK9w=";
const old = `example.org/a v1.0.0 ${hash}\nexample.org/a v1.0.0/go.mod ${hash}\n`;

describe("new lines of go.sum", () => {
  const grown = `${old}git.example.org/team/b v1.1.0 ${hash}\n`;
  test.each([
    ["nothing is exempt", "", true],
    ["another module is exempt", "git.example.org/other,example.org/a", true],
    ["its host is exempt", "git.example.org", false],
    ["a pattern covers it", "*.example.org", false],
    ["a deeper pattern covers it", "git.example.org/*", false],
    ["everything is exempt", "*", false],
  ])("%s", (_, patterns, proven) => {
    expect(isEachNewLineProven(old, grown, patterns)).toBe(proven);
  });

  test("another hash of an exempt module that is there already is new, too", () => {
    expect(isEachNewLineProven(old, old.replace("GGz8", "AAAA"), "example.org")).toBe(false);
    expect(isEachNewLineProven(old, old, "example.org")).toBe(true);
  });

  test("a line for a go.mod alone counts", () => {
    expect(isEachNewLineProven(old, `${old}git.example.org/b v1.0.0/go.mod ${hash}\n`, "git.example.org")).toBe(false);
  });

  test("what does not parse proves nothing", () => {
    expect(isEachNewLineProven(old, `${old}<<<<<<< HEAD\n`, "")).toBe(false);
  });
});

describe("patterns that no database proves", () => {
  const patternsOf = (settings: Readonly<Record<string, string>>): Promise<string> => {
    const setting: Probes["setting"] = (name) =>
      Promise.resolve({ name, value: settings[name] ?? "", origin: "environment", file: undefined, line: undefined });
    return unprovenPatterns({ probes: { setting } as Pick<Probes, "setting"> as Probes });
  };
  test.each([
    [{}, ""],
    [{ GOPRIVATE: "git.example.org" }, "git.example.org"],
    [{ GOPRIVATE: "git.example.org", GONOSUMDB: "none" }, "none"],
    [{ GOSUMDB: "off" }, "*"],
    [{ GOFLAGS: "-tags=x -insecure" }, "*"],
    [{ GOINSECURE: "*" }, ""],
  ])("%j", async (settings, patterns) => {
    expect(await patternsOf(settings)).toBe(patterns);
  });
});

test("a completed go.mod requires what its requirements require, and no more", () => {
  const goMod = "module example.org/a\n\ngo 1.21\n\nrequire example.org/b v1.0.0\n";
  expect(requiresOnly(goMod, ["example.org/a", "example.org/b"])).toBe(true);
  expect(requiresOnly(`${goMod}require example.org/c v1.0.0\n`, ["example.org/a", "example.org/b"])).toBe(false);
  expect(requiresOnly("<<<<<<< HEAD\n", ["example.org/b"])).toBe(false);
});
