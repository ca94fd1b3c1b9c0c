import { describe, expect, test } from "vitest";
import type { Transcript } from "../types.ts";
import { readSymptoms } from "./registry.ts";

const go = (verb: string, stdout: string, stderr = ""): Transcript => ({
  argv: ["go", verb, "./..."],
  status: 1,
  signal: undefined,
  startError: undefined,
  stdout,
  stderr,
  milliseconds: 0,
});

const ofEnvironment = (transcript: Transcript): readonly string[] =>
  readSymptoms(transcript).map(({ kind }) => kind).filter((kind) => !kind.startsWith("code.")); // prettier-ignore

const failed = "FAIL\nFAIL\texample.com/p1\t0.157s\nFAIL\n";

// Lines of go 1.26.
describe("what a program says is no word of the go command's", () => {
  test.each([
    ["open /x: too many open files"],
    ["fork/exec /bin/ls: operation not permitted"],
    ["SECURITY ERROR: bad; mmap: cannot allocate memory"],
    ["x: missing go.sum entry"],
    ["cc1: fatal error: foo/bar.h: No such file or directory"],
    ["golang.org/x/sync@v0.11.0: verifying module: checksum mismatch"],
  ])("a failing test that logs: %s", (words) => {
    expect(ofEnvironment(go("test", `--- FAIL: TestA (0.00s)\n    main_test.go:6: ${words}\n${failed}`))).toEqual([]);
    expect(ofEnvironment(go("test", `${words}\n--- FAIL: TestA (0.00s)\n${failed}`))).toEqual([]);
    expect(ofEnvironment({ ...go("test", ""), argv: ["make"], stdout: `    main_test.go:6: ${words}` })).toEqual([]);
  });

  test("a program that go run started", () => {
    expect(ofEnvironment(go("run", "", "open /x: too many open files\nexit status 1"))).toEqual([]);
    expect(ofEnvironment(go("run", "", "open /x: too many open files"))).toEqual(["open-files"]);
  });

  test("a compile error that quotes it", () => {
    const line = './main.go:4:14: cannot use "checksum mismatch" (untyped string constant) as int value in variable declaration'; // prettier-ignore
    expect(readSymptoms(go("build", "", `# example.com/p1\n${line}`)).map(({ kind }) => kind)).toEqual(["code.compile"]); // prettier-ignore
    expect(ofEnvironment(go("build", "", './main.go:4:14: cannot use "x: missing go.sum entry" as int value'))).toEqual([]); // prettier-ignore
  });
});

describe("what is said of starting a test stays", () => {
  test.each([
    ["fork/exec /tmp/go-build12/b001/p1.test: permission denied", "fork-denied"],
    ["fork/exec /tmp/go-build12/b001/p1.test: exec format error", "foreign-program"],
    ["signal: killed", ""],
  ])("%s", (line, kind) => {
    expect(ofEnvironment(go("test", `${line}\nFAIL\texample.com/p1\t0.002s\nFAIL\n`)).includes(kind)).toBe(kind !== "");
  });

  test("and where something could not be built, all of it", () => {
    const stderr = "main.go:3:8: missing go.sum entry for module providing package golang.org/x/sync/errgroup; to add:";
    const stdout =
      "FAIL\texample.com/p1/a [setup failed]\n--- FAIL: TestB (0.00s)\nFAIL\nFAIL\texample.com/p1/b\t0.1s\n";
    expect(ofEnvironment(go("test", stdout, stderr))).toEqual(["go-sum-missing"]);
  });
});
