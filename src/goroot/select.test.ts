import { expect, test } from "vitest";
import { parseSelector, resolveSelector } from "./select.ts";

const known = ["1.9", "1.9.7", "1.20", "1.20.14", "1.21rc2", "1.21.0", "1.21.13", "1.22.5", "1.22.12", "1.23rc1"];

test.each([
  ["1.22.5", "1.22.5"],
  ["go1.22.5", "1.22.5"],
  ["1.21rc2", "1.21rc2"],
  ["1.21.0", "1.21.0"],
  // Before Go 1.21 the first release had no patch in its name.
  ["1.20.0", "1.20"],
  ["1.22", "1.22.12"],
  ["1.20", "1.20.14"],
  ["1.9", "1.9.7"],
  // No release yet: then a candidate is all that can be meant.
  ["1.23", "1.23rc1"],
  ["latest", "1.22.12"],
  ["stable", "1.22.12"],
  ["oldstable", "1.21.13"],
  ["1.24", undefined],
  ["1.22.99", undefined],
])("%s means %s", (text, version) => {
  const selector = parseSelector(text);
  expect(selector).toBeDefined();
  if (selector !== undefined) expect(resolveSelector(selector, known)).toBe(version);
});

test.each(["", "go", "1", "v1.22.5", "1.22.x", "1.22.5-rc1", "01.2", "newest", "1.22.05", "../1.22"])(
  "%j is no version",
  (text) => expect(parseSelector(text)).toBeUndefined(),
);

test("nothing known, nothing meant", () => {
  expect(resolveSelector({ kind: "latest" }, [])).toBeUndefined();
  expect(resolveSelector({ kind: "oldstable" }, ["1.22.5"])).toBeUndefined();
});
