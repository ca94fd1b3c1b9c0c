import { expect, test } from "vitest";
import { parseChecksums } from "./checksums.ts";

const sum = "a".repeat(64);
const entry = { filename: "go1.22.5.linux-armv6l.tar.gz", os: "linux", arch: "armv6l", sha256: sum, size: 7, kind: "archive" }; // prettier-ignore
const list = (...files: unknown[]): string => JSON.stringify([{ version: "go1.22.5", stable: true, files }]);
const problemOf = (text: string): unknown => {
  try {
    return parseChecksums(text, "checksums.json");
  } catch (error) {
    return error;
  }
};

test("the download site's form is read, and the same entry twice is one", () => {
  const sums = parseChecksums(list(entry, entry), "checksums.json");
  expect([...sums]).toEqual([[entry.filename, { sha256: sum, size: 7, h1: undefined }]]);
});

test.each([
  ["no JSON", "<html>"],
  ["no list", "{}"],
  ["no files", "[{}]"],
  ["an entry that is none", list(null)],
  ["upper-case digits", list({ ...entry, sha256: sum.toUpperCase() })],
  ["a short sum", list({ ...entry, sha256: sum.slice(1) })],
  ["a name that leads elsewhere", list({ ...entry, filename: "../go.tar.gz" })],
  ["a size that is none", list({ ...entry, size: -1 })],
  ["an h1 that is none", list({ ...entry, h1: "h1:x" })],
  ["one name with two sums", list(entry, { ...entry, sha256: "b".repeat(64) })],
  ["one name with two sizes", list(entry, { ...entry, size: 8 })],
])("%s is refused", (_, text) => {
  expect(problemOf(text)).toMatchObject({ code: "CHECKSUMS_INVALID" });
});
