import { describe, expect, test } from "vitest";
import { splitGlobals } from "./parse-globals.ts";

function split(...argv: string[]) {
  return splitGlobals(argv, "/here");
}

describe("global flags", () => {
  test("stand anywhere before --", () => {
    const { globals, words, rest } = split("--json", "kit", "build", "--home", "h", "--out", "o", "--dry-run");
    expect(words).toEqual(["kit", "build", "--out", "o"]);
    expect(globals).toMatchObject({ json: true, dryRun: true, home: "/here/h", offline: false });
    expect(rest).toBeUndefined();
  });

  test("what stands after -- is not ours", () => {
    const { globals, words, rest } = split("rescue", "--", "go", "build", "--json", "--", "-h");
    expect(words).toEqual(["rescue"]);
    expect(rest).toEqual(["go", "build", "--json", "--", "-h"]);
    expect(globals).toMatchObject({ json: false, help: false });
  });

  test("take a value after a blank or an equals sign", () => {
    expect(split("--lang=zh-CN", "--progress", "none").globals).toMatchObject({ lang: "zh-CN", progress: "none" });
    expect(split("--config=a=b.yaml").globals.config).toBe("/here/a=b.yaml");
  });

  test("have their defaults", () => {
    expect(split().globals).toEqual({
      json: false,
      dryRun: false,
      home: undefined,
      config: undefined,
      offline: false,
      lang: undefined,
      noInput: false,
      color: "auto",
      progress: "auto",
      help: false,
      version: false,
    });
  });

  test("-h is --help", () => {
    expect(split("kit", "-h").globals.help).toBe(true);
  });
});

describe("a wrong global flag", () => {
  test.each([
    [["--home"], "missingValue"],
    [["--home", "--json"], "missingValue"],
    [["--config="], "missingValue"],
    [["--json=yes"], "noValue"],
    [["--lang", "fr"], "notAChoice"],
    [["--color=alwys"], "notAChoice"],
  ])("%j is a problem, and does not throw", (argv, problem) => {
    expect(split(...argv).problem).toMatchObject({ code: "USAGE", params: { problem: `@usage.${problem}` } });
  });

  test("leaves the others in force, so that --json shapes the error", () => {
    expect(split("--lang", "fr", "x", "--json").globals.json).toBe(true);
    expect(split("--color=alwys").problem?.params["suggestions"]).toBe("`always`");
  });
});
