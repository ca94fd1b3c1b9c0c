import { expect, test } from "vitest";
import { displayWidth, padColumns, tableLines, wrapColumns } from "./width.ts";

test.each([
  ["", 0],
  ["abc", 3],
  ["应急包", 6],
  ["，。", 4],
  ["é", 1],
  ["e\u0301", 1],
  ["\u001B[31mred\u001B[39m", 3],
  ["✓ …", 3],
  ["🚑", 2],
  ["한국", 4],
])("%j is %d columns wide", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test("pads by columns", () => {
  expect(padColumns("包", 4)).toBe("包  ");
  expect(padColumns("long", 2)).toBe("long");
});

test("tables align in both scripts, and end without blanks", () => {
  expect(
    tableLines(
      [
        ["kit", "x"],
        ["工具链", "y"],
        ["a", ""],
      ],
      "  ",
    ),
  ).toEqual(["  kit     x", "  工具链  y", "  a       "]);
});

test("wraps between words", () => {
  expect(wrapColumns("one two  three four", 9)).toEqual(["one two", "three", "four"]);
  expect(wrapColumns("averylongword x", 5)).toEqual(["averylongword", "x"]);
});

test("wraps Chinese anywhere, but never before a stop", () => {
  const lines = wrapColumns("什么都没有改动，请放心。再试一次", 14);
  expect(lines.join("")).toBe("什么都没有改动，请放心。再试一次");
  for (const line of lines) expect(line).not.toMatch(/^[，。]/);
});
