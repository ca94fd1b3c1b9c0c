import { expect, test } from "vitest";
import { whoIsWrong } from "./checksum-facts.ts";

const right = "h1:GGz8+XQP4FvTTrjZPzNKTMFtSXH80RAzG+5ghFPgK9w=";
const other = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const tampered = { by: "go.sum", had: other, wanted: right, goSum: right, kit: right, cache: undefined };

test.each([
  ["the cache has the bytes that go had", { ...tampered, cache: other }, "cache"],
  ["they came from elsewhere", tampered, "proxy"],
  ["the cache has the right ones, so they came from elsewhere", { ...tampered, cache: right }, "proxy"],
  [
    "go.sum is alone against kit and bytes: a moved tag",
    { ...tampered, had: right, wanted: other, goSum: other, cache: right },
    "undecided",
  ],
  ["three hashes", { ...tampered, kit: "h1:BBBB" }, "undecided"],
  ["nobody but go.sum knows the module", { ...tampered, kit: undefined, cache: other }, "undecided"],
  ["the words do not fit go.sum", { ...tampered, goSum: other }, "undecided"],
  ["go.sum has no line, or two", { ...tampered, goSum: undefined }, "undecided"],
  ["it was the checksum database that refused", { ...tampered, by: "sum.golang.org" }, "undecided"],
  ["go did not say what it had", { ...tampered, had: "" }, "undecided"],
] as const)("%s", (_, says, wrong) => {
  expect(whoIsWrong(says)).toBe(wrong);
});
