import { expect, test } from "vitest";
import { matchConstraint, matchFileName, type BuildContext } from "./build-context.ts";
import { readHead } from "./go-source.ts";
import { someGoOf } from "./versions.ts";

const linux: BuildContext = {
  os: "linux",
  arch: "amd64",
  cgo: false,
  tags: new Set(["own"]),
  version: someGoOf("1.22"),
};

test("files count by the end of their name", () => {
  const counts = ["a.go", "linux.go", "a_linux.go", "a_amd64.go", "a_linux_amd64.go", "a_test.go", "a_own.go"];
  const not = ["a_windows.go", "a_linux_arm64.go", "a_darwin_test.go", "a_windows_amd64.go"];
  expect(counts.filter((name) => !matchFileName(name, linux))).toEqual([]);
  expect(not.filter((name) => matchFileName(name, linux))).toEqual([]);
});

test.each([
  ["linux && !cgo", true],
  ["windows || (unix && amd64)", true],
  ["!(linux || darwin)", false],
  ["go1.22 && own", true],
  ["go1.23", false],
  ["linux && (", undefined],
  ["linux darwin", undefined],
  ["", undefined],
])("//go:build %s", (text, expected) => expect(matchConstraint(text, linux)).toBe(expected));

test("imports are read up to the first declaration, with their lines", () => {
  const text =
    '//go:build linux\n/* import "no" */\npackage p\n\nimport (\n\ta "one"\n\t. `two` // "no"\n)\nimport _ "three"; import "four"\nvar s = "no"\nimport "no"\n';
  expect(readHead(text)).toEqual({
    constraint: "linux",
    imports: [
      { path: "one", line: 6 },
      { path: "two", line: 7 },
      { path: "three", line: 9 },
      { path: "four", line: 9 },
    ],
  });
  expect(readHead("no Go at all").imports).toEqual([]);
  expect(readHead('package p\n//go:build linux\nimport "a"')).toEqual({ constraint: undefined, imports: [{ path: "a", line: 3 }] }); // prettier-ignore
});
