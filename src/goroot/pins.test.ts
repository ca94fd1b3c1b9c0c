import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  parseGoDirectives,
  parseGotoolchain,
  parseGoVersionFile,
  parseMiseToml,
  parseToolVersions,
} from "./parse-pins.ts";
import { gatherPins, judgePins, type Pin } from "./pins.ts";

describe("what the places say", () => {
  test.each([
    ["local", "local"],
    ["go1.22.5", { version: "1.22.5", kind: "exact" }],
    ["go1.22.5+auto", { version: "1.22.5", kind: "minimum" }],
    ["go1.22.5+path", { version: "1.22.5", kind: "minimum" }],
    ["go1.22.5-custom", { version: "1.22.5", kind: "exact" }],
    ["auto", undefined],
    ["path", undefined],
    ["local+auto", undefined],
  ])("GOTOOLCHAIN=%s", (text, pin) => expect(parseGotoolchain(text)).toEqual(pin));

  test.each([
    ["module m\n\ngo 1.21\n\ntoolchain go1.22.5\n", "1.22.5", "1.21"],
    ["module m\ngo 1.21.3 // at least\ntoolchain default\n", undefined, "1.21.3"],
    ["module m\nrequire go.uber.org/zap v1.0.0\n", undefined, undefined],
    ["// go 1.1\nmodule m\n", undefined, undefined],
  ])("go.mod %j", (text, toolchain, go) => {
    const found = parseGoDirectives(text);
    expect([found.toolchain?.version, found.go?.version]).toEqual([toolchain, go]);
  });

  test.each([
    [parseGoVersionFile, "# ours\n\n1.22.5 \n", "1.22.5"],
    [parseGoVersionFile, "go1.22.5", "1.22.5"],
    [parseGoVersionFile, "\n# nothing\n", undefined],
    [parseToolVersions, "nodejs 20\ngolang 1.22.5 1.21.0 # both\n", "1.22.5"],
    [parseToolVersions, "go 1.22\n", "1.22"],
    [parseToolVersions, "golangci-lint 1.59\n# golang 1.1\n", undefined],
    [parseMiseToml, '[tools]\nnode = "20"\ngo = "1.22.5"\n', "1.22.5"],
    [parseMiseToml, '[tools]\ngo = ["1.22", "1.21"]\n', "1.22"],
    [parseMiseToml, '[tools]\n"core:go" = { version = "1.22.5", os = ["linux"] }\n', "1.22.5"],
    [parseMiseToml, "tools.go = 'latest'\n", "latest"],
    [parseMiseToml, '[env]\ngo = "1.22.5"\n', undefined],
  ])("%o of %j", (parse, text, version) => expect(parse(text)?.version).toBe(version));
});

const pin = (place: Pin["place"], version: string, kind: Pin["kind"] = "exact"): Pin => ({
  place,
  where: place,
  version,
  kind,
});

test.each<[string, readonly Pin[], Pin["place"] | undefined, readonly string[]]>([
  ["the first decides", [pin("toolchain", "1.22.5"), pin(".go-version", "1.21.0"), pin("current", "1.25.0")], "toolchain", ["chosen", "overruled", "overruled"]],
  ["a go line is a minimum", [pin("go", "1.21", "minimum"), pin(".go-version", "1.22.5")], ".go-version", ["satisfied", "chosen"]],
  ["a go line below a toolchain line is fulfilled by it", [pin("toolchain", "1.22.5"), pin("go", "1.22", "minimum")], "toolchain", ["chosen", "satisfied"]],
  ["unless it asks for more", [pin("GOTOOLCHAIN", "1.21.0"), pin("go", "1.22", "minimum")], "GOTOOLCHAIN", ["chosen", "overruled"]],
  ["and what is below it does not count", [pin("go", "1.23", "minimum"), pin(".go-version", "1.22.5"), pin("current", "1.24.1")], "current", ["satisfied", "too-old", "chosen"]],
  ["the minimum itself, where nothing else fits", [pin("go", "1.23.1", "minimum"), pin("current", "1.22.5")], "go", ["chosen", "too-old"]],
  ["a language version counts with its newest patch", [pin("go", "1.22.3", "minimum"), pin(".go-version", "1.22")], ".go-version", ["satisfied", "chosen"]],
  ["GOTOOLCHAIN wins", [pin("GOTOOLCHAIN", "1.20.14"), pin("toolchain", "1.22.5")], "GOTOOLCHAIN", ["chosen", "overruled"]],
  ["GOTOOLCHAIN=local leaves the user's own", [pin("GOTOOLCHAIN", "local", "local"), pin("toolchain", "1.22.5"), pin("current", "1.21.0")], "current", ["satisfied", "overruled", "chosen"]],
  ["the higher of two minimums", [pin("GOTOOLCHAIN", "1.21.0", "minimum"), pin("go", "1.22", "minimum")], "go", ["satisfied", "chosen"]],
  ["what is no version is passed over", [pin(".go-version", "system"), pin("current", "1.22.5")], "current", ["unreadable", "chosen"]],
  ["nothing", [], undefined, []],
])("%s", (_, pins, place, states) => {
  const judged = judgePins(pins);
  expect(judged.map((each) => each.state)).toEqual(states);
  expect(judged.find((each) => each.state === "chosen")?.place).toBe(place);
}); // prettier-ignore

describe("gatherPins", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "medkit-pins-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test("takes the nearest of each, in order", async () => {
    const below = join(root, "a", "b");
    mkdirSync(below, { recursive: true });
    writeFileSync(join(root, ".go-version"), "1.20.1");
    writeFileSync(join(root, "a", ".go-version"), "1.22.5");
    writeFileSync(join(root, "a", "go.mod"), "module m\ngo 1.21\n");
    writeFileSync(join(root, ".tool-versions"), "golang 1.23.4\n");
    writeFileSync(join(root, "goenv"), "GOTOOLCHAIN=go1.24.0+auto\n");
    const pins = await gatherPins(below, { GOENV: join(root, "goenv") }, "1.25.0");
    expect(pins.map(({ place, version }) => [place, version])).toEqual([
      ["GOTOOLCHAIN", "1.24.0"],
      ["go", "1.21"],
      [".go-version", "1.22.5"],
      [".tool-versions", "1.23.4"],
      ["current", "1.25.0"],
    ]);
    expect(pins[2]?.where).toBe(join(root, "a", ".go-version"));
  });

  test("go.work stands for go.mod, unless GOWORK=off", async () => {
    writeFileSync(join(root, "go.work"), "go 1.23\nuse .\n");
    writeFileSync(join(root, "go.mod"), "module m\ngo 1.21\n");
    expect((await gatherPins(root, { GOENV: "off" }, undefined))[0]?.version).toBe("1.23");
    expect((await gatherPins(root, { GOENV: "off", GOWORK: "off" }, undefined))[0]?.version).toBe("1.21");
  });
});
