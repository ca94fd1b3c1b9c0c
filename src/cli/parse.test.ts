import { describe, expect, test } from "vitest";
import { parseLine } from "./parse.ts";
import type { RouteTable } from "./route.ts";

const table = {
  "kit build": {
    flags: {
      out: { kind: "path", placeholder: "DIR" },
      signKey: { kind: "path", placeholder: "FILE" },
      platform: { kind: "list", placeholder: "P,…" },
      runs: { kind: "count", placeholder: "N", minimum: 1 },
      window: { kind: "duration", placeholder: "D" },
      level: { kind: "enum", values: ["low", "high"] },
      fast: { kind: "boolean" },
      note: { kind: "string", placeholder: "T" },
    },
  },
  "kit verify": { positionals: [{ name: "path", kind: "path" }] },
  build: {
    positionals: [{ name: "packages", kind: "string", optional: true, rest: true }],
    flags: { out: { kind: "path", placeholder: "DIR" } },
  },
  "build platforms": {},
  "build reproduce": { positionals: [{ name: "binary", kind: "path" }] },
  "toolchain exec": { positionals: [{ name: "version", kind: "string" }], passThrough: { word: "COMMAND…" } },
  rescue: { flags: { undo: { kind: "boolean" } }, passThrough: { word: "COMMAND…", optional: true } },
  deploy: {
    positionals: [{ name: "id", kind: "string" }],
    flags: { app: { kind: "string", placeholder: "A", required: true } },
  },
  copy: {
    positionals: [
      { name: "from", kind: "path" },
      { name: "to", kind: "path", rest: true },
    ],
  },
} as const satisfies RouteTable;

function parse(line: string, rest?: readonly string[]) {
  return parseLine(table, line === "" ? [] : line.split(" "), rest, "/here");
}

async function problem(line: string, rest?: readonly string[]) {
  const error: unknown = await parse(line, rest).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error;
}

function usage(name: string, params: Readonly<Record<string, unknown>> = {}) {
  return { code: "USAGE", params: expect.objectContaining({ problem: `@usage.${name}`, ...params }) as unknown };
}

describe("a line that fits", () => {
  test("gives typed values", async () => {
    const line =
      "kit build --out o --sign-key=/k --platform a,b --platform c --runs 3 --window 1m30s --level high --fast --note x";
    expect(await parse(line)).toEqual({
      kind: "command",
      id: "kit build",
      input: {
        flags: {
          out: "/here/o",
          signKey: "/k",
          platform: ["a", "b", "c"],
          runs: 3,
          window: 90_000,
          level: "high",
          fast: true,
          note: "x",
        },
        args: {},
        rest: [],
      },
    });
  });

  test("absent flags are undefined, false or empty", async () => {
    const parsed = await parse("kit build");
    expect(parsed).toMatchObject({ input: { flags: { platform: [], fast: false } } });
    expect(parsed.kind === "command" && parsed.input.flags["out"]).toBeUndefined();
  });

  test("a word may be a command and a group", async () => {
    expect(await parse("build ./... ./x --out o")).toMatchObject({
      id: "build",
      input: { args: { packages: ["./...", "./x"] }, flags: { out: "/here/o" } },
    });
    expect(await parse("build")).toMatchObject({ id: "build", input: { args: { packages: [] } } });
    expect(await parse("build --out o")).toMatchObject({ id: "build" });
    expect(await parse("build platforms")).toMatchObject({ id: "build platforms" });
    expect(await parse("build reproduce b")).toMatchObject({
      id: "build reproduce",
      input: { args: { binary: "/here/b" } },
    });
  });

  test("what stands after -- is passed through, or is an argument that begins with a dash", async () => {
    expect(await parse("toolchain exec 1.21.13", ["go", "--json", "--"])).toMatchObject({
      input: { args: { version: "1.21.13" }, rest: ["go", "--json", "--"] },
    });
    expect(await parse("kit verify", ["-odd"])).toMatchObject({ input: { args: { path: "/here/-odd" }, rest: [] } });
    expect(await parse("rescue --undo")).toMatchObject({ input: { flags: { undo: true }, rest: [] } });
  });

  test("the last argument may take the rest", async () => {
    expect(await parse("copy a b c")).toMatchObject({
      input: { args: { from: "/here/a", to: ["/here/b", "/here/c"] } },
    });
  });

  test("a group alone is no command", async () => {
    expect(await parse("kit")).toEqual({ kind: "group", words: ["kit"] });
    expect(await parse("")).toEqual({ kind: "group", words: [] });
  });
});

describe("a line that does not fit", () => {
  test.each([
    ["kti build", "unknownCommand", { suggestions: "`medkit kit`" }],
    ["kit bild", "unknownCommand", { input: "kit bild", suggestions: "`medkit kit build`" }],
    ["verify x", "unknownCommand", { suggestions: "`medkit kit verify`" }],
    ["constructor", "unknownCommand", { input: "constructor" }],
    ["kit __proto__", "unknownCommand", {}],
    ["kit build --ouf x", "unknownFlag", { flag: "--ouf", suggestions: "`--out`" }],
    ["kit build --jsn", "unknownFlag", { suggestions: "`--json`" }],
    ["kit build --signKey k", "unknownFlag", { flag: "--signKey" }],
    ["kit build --no-fast", "unknownFlag", {}],
    ["kit build -x", "unknownFlag", { flag: "-x" }],
    ["--frobnicate", "unknownFlag", { flag: "--frobnicate" }],
    ["kit build --out", "missingValue", { flag: "--out" }],
    ["kit build --out --fast", "missingValue", { flag: "--out" }],
    ["kit build --out=", "missingValue", { flag: "--out" }],
    ["kit verify --signer=", "missingValue", { flag: "--signer" }],
    ["kit verify -1", "unknownFlag", { flag: "-1" }],
    ["kit verify --what=x", "unknownFlag", { flag: "--what" }],
    ["kit build --out a --out b", "repeated", { flag: "--out" }],
    ["kit build --runs 0", "notACount", { minimum: 1 }],
    ["kit build --runs 1.5", "notACount", { value: "1.5" }],
    ["kit build --runs=-1", "notACount", {}],
    ["kit build --window 5", "notADuration", { value: "5" }],
    ["kit build --level hihg", "notAChoice", { suggestions: "`high`" }],
    ["kit build extra", "extraArgument", { input: "extra" }],
    ["kit verify", "missingArgument", { argument: "PATH" }],
    ["copy a", "missingArgument", { argument: "TO" }],
    ["deploy 1", "missingFlag", { flag: "--app" }],
    ["toolchain exec 1.21", "missingProgram", { argument: "COMMAND…" }],
  ])("%s: %s", async (line, name, params) => {
    expect(await problem(line)).toMatchObject(usage(name, params));
  });

  test("names the command for help", async () => {
    expect(await problem("kit build --ouf x")).toMatchObject({ params: { help: "medkit kit build --help" } });
    expect(await problem("kit bild")).toMatchObject({ params: { help: "medkit kit --help" } });
  });
});
