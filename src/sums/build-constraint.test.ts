import { expect, test } from "vitest";
import { couldBuild } from "./build-constraint.ts";

// What cmd/go's imports.ShouldBuild says with AnyTags; the order of these is that of its rules.
test.each<[header: string, isTaken: boolean]>([
  ["package x", true],
  ["//go:build ignore\n\npackage x", false],
  ["//go:build !ignore\n\npackage x", true],
  ["//go:build linux\n\npackage x", true],
  ["//go:build !linux && linux\n\npackage x", true],
  ["//go:build linux && ignore\n\npackage x", false],
  ["//go:build linux || ignore\n\npackage x", true],
  ["//go:build (ignore || tools) && !(windows || ignore)\n\npackage x", true],
  ["//go:build !(ignore || linux)\n\npackage x", true],
  ["//go:build !(!ignore)\n\npackage x", false],
  ["//go:build go1.18\npackage x", true],
  ["//go:build 386\npackage x", true],
  // What cannot be read is left out.
  ["//go:build\n\npackage x", false],
  ["//go:build a b\n\npackage x", false],
  ["//go:build (a\n\npackage x", false],
  ["//go:build a-b\n\npackage x", false],
  ["//go:build a\n//go:build b\n\npackage x", false],
  // No constraint: it is behind the package clause, in a comment, or called otherwise.
  ["package x\n\n//go:build ignore\n", true],
  ["/*\n//go:build ignore\n*/\n\npackage x", true],
  ["/* a */ //go:build ignore\n\npackage x", true],
  ["//go:buildignore\n\npackage x", true],
  ["// go:build ignore\n\npackage x", true],
  ["/* licence */\n\n//go:build ignore\n\npackage x", false],
  ["\ufeff//go:build ignore\n\npackage x", false],
  // The older form counts before the last blank line, and where there is no newer one.
  ["// +build ignore\n\npackage x", false],
  ["//+build ignore\n\npackage x", false],
  ["// +build ignore\npackage x", true],
  ["// +build ignore linux\n\npackage x", true],
  ["// +build linux,ignore\n\npackage x", false],
  ["// +build !ignore\n\npackage x", true],
  ["// +build linux\n// +build ignore\n\npackage x", false],
  ["/* x */\n\n// +build ignore\n\npackage x", true],
  ["//go:build linux\n// +build ignore\n\npackage x", true],
  ["// +builder ignore\n\npackage x", true],
])("%j: %s", (header, isTaken) => {
  expect(couldBuild(`${header}\n`)).toBe(isTaken);
});
