import { expect, test } from "vitest";

test("good", () => {
  expect(1).toBe(1);
});
test.skip("absent [skipped: zsh is not installed]", () => undefined);
