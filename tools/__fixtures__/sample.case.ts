import { describe, expect, test } from "vitest";

test("good", () => {
  expect(1).toBe(1);
});
test("bad", () => {
  expect(1).toBe(2);
});
describe("group", () => {
  test.skip("absent [skipped: zsh is not installed]", () => undefined);
  test("noted", ({ skip }) => {
    skip("no root");
  });
  test.skip("silent", () => undefined);
});
