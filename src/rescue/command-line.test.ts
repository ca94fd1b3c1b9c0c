import { describe, expect, test } from "vitest";
import { planStreams, readGoLine, retellingOf } from "./command-line.ts";

describe("readGoLine", () => {
  test.each([
    [["go", "build", "./..."], "build", ["./..."]],
    [["/opt/go/bin/go", "-C", "x", "mod", "tidy", "-v"], "mod tidy", ["-v"]],
    [["go"], "", []],
    [["go", "work", "use", "./a"], "work use", ["./a"]],
  ])("%j", (argv, verb, rest) => {
    expect(readGoLine(argv)).toMatchObject({ verb, rest });
  });

  test("other programs are none", () => {
    expect(readGoLine(["make", "go"])).toBeUndefined();
    expect(readGoLine(["golangci-lint"])).toBeUndefined();
  });
});

describe("planStreams", () => {
  const terminal = { stdoutTerminal: true, stderrTerminal: true, same: true };

  test("pipes are handed through, in one where they are one", () => {
    const piped = { stdoutTerminal: false, stderrTerminal: false };
    expect(planStreams(["make"], { ...piped, same: false })).toEqual({ stdout: "tee", stderr: "tee" });
    expect(planStreams(["make"], { ...piped, same: true })).toEqual({ stdout: "tee", stderr: "merge" });
  });

  test("a terminal stays one wherever the program could look", () => {
    expect(planStreams(["make"], terminal)).toEqual({ stdout: "inherit", stderr: "inherit" });
    expect(planStreams(["go", "run", "."], terminal)).toEqual({ stdout: "inherit", stderr: "inherit" });
    expect(planStreams(["go", "build"], terminal)).toEqual({ stdout: "inherit", stderr: "tee" });
  });
});

test("what is run again to hear it starts no program of the user's", () => {
  expect(retellingOf(["go", "test", "./..."])).toEqual(["go", "test", "-exec=true", "./..."]);
  expect(retellingOf(["go", "-C", "x", "run", ".", "-flag"])).toEqual([
    "go",
    "-C",
    "x",
    "run",
    "-exec=true",
    ".",
    "-flag",
  ]);
  expect(retellingOf(["go", "build"])).toEqual(["go", "build"]);
  expect(retellingOf(["go", "generate"])).toBeUndefined();
  expect(retellingOf(["make"])).toBeUndefined();
});
