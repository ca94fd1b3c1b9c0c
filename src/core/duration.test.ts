import { expect, test } from "vitest";
import { parseDuration } from "./duration.ts";

test.each([
  ["0", 0],
  ["300ms", 300],
  ["5m", 300_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1500],
  [".5s", 500],
  ["2µs", 0.002],
  ["10ns", 0.00001],
])("%s is %d ms", (text, milliseconds) => {
  expect(parseDuration(text)).toBeCloseTo(milliseconds, 9);
});

test.each(["", "5", "m", "5 m", "-5m", "5mm", "1.s.", "5M", "∞"])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
