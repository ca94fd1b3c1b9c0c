import { describe, expect, test } from "vitest";
import { linesOf } from "./lines.ts";
import { readSymptoms } from "./registry.ts";

const transcript = { argv: ["go", "build"], status: 1, signal: undefined, startError: undefined, milliseconds: 0 };

describe("lines that no go command writes", () => {
  test("are cut, and cut more where there are many", () => {
    const lines = linesOf({ stdout: "", stderr: `${"x".repeat(9000)}\n`.repeat(70) });
    expect(lines[0]).toHaveLength(2048);
    expect(lines[69]).toHaveLength(300);
  });

  // Uncut, each of these takes minutes: the test would not end.
  test.each([
    ["/a" + "/src/a".repeat(150_000)],
    ["download go1 ".repeat(80_000)],
    ["go".repeat(500_000)],
    ["a-".repeat(500_000)],
    ["a@v1".repeat(200_000)],
  ])("are looked through in no time: %#", (line) => {
    expect(readSymptoms({ ...transcript, stdout: "", stderr: line })).toEqual([]);
    const many = `${line.slice(0, 4096)}\n`.repeat(200);
    expect(readSymptoms({ ...transcript, stdout: "", stderr: many })).toEqual([]);
  });
});
