import { expect, test } from "vitest";
import { closest, editDistance, quoteList } from "./suggest.ts";

test.each([
  ["", "abc", 3],
  ["kitten", "sitting", 3],
  ["verfiy", "verify", 1],
  ["same", "same", 0],
])("from %s to %s it takes %d edits", (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});

test("suggests near words only, best first", () => {
  expect(closest("verfy", ["verify", "inspect", "very"])).toEqual(["verify", "very"]);
  expect(closest("zzz", ["verify"])).toEqual([]);
  expect(closest("LOKCED", ["LOCKED"])).toEqual(["LOCKED"]);
});

test("a sentence goes without suggestions where there are none", () => {
  expect(quoteList([])).toEqual({});
  expect(quoteList(["a", "b"])).toEqual({ suggestions: "`a`, `b`" });
});
