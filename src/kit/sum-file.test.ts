import { describe, expect, it } from "vitest";
import { formatSumFile, isKitPath, parseSumFile, sumFileFor } from "./sum-file.ts";

const a = "a".repeat(64);
const b = "b".repeat(64);

describe("parseSumFile", () => {
  it("reads back what formatSumFile wrote, sorted", () => {
    const lines = [
      { path: "b/x", sha256: b },
      { path: "a", sha256: a },
    ];
    const text = formatSumFile(lines);
    expect(text).toBe(`${a}  a\n${b}  b/x\n`);
    expect(parseSumFile(text)).toEqual({ lines: lines.toReversed() });
  });

  it.each([
    ["no bytes", "", 1, "empty"],
    ["a lost final newline", `${a}  a`, 1, "newline"],
    ["CRLF", `${a}  a\r\n`, 1, "form"],
    ["one space", `${a} a\n`, 1, "form"],
    ["binary mark", `${a} *a\n`, 1, "form"],
    ["upper case", `${"A".repeat(64)}  a\n`, 1, "form"],
    ["a blank line", `${a}  a\n\n`, 2, "form"],
    ["a NUL", `${a}  a\0\n`, 1, "path"],
    ["an escaped name", `\\${a}  a\\nb\n`, 1, "form"],
    ["a path out", `${a}  ../a\n`, 1, "path"],
    ["an absolute path", `${a}  /a\n`, 1, "path"],
    ["a duplicate", `${a}  a\n${b}  a\n`, 2, "order"],
    ["wrong order", `${a}  b\n${b}  a\n`, 2, "order"],
  ])("refuses %s", (_, text, line, problem) => {
    expect(parseSumFile(text)).toEqual({ fault: { line, problem } });
  });
});

describe("sumFileFor", () => {
  it.each([
    ["activate.sh", "kit.sha256sum"],
    ["licenses/go1.21.13/LICENSE", "kit.sha256sum"],
    ["modules/golang.org/x/net/@v/list", "modules.sha256sum"],
    ["modules-by-go/go1.21.13/x/@latest", "modules.sha256sum"],
    ["manifest.json", "manifest.sha256sum"],
    ["bin/medkit", "bin.sha256sum"],
    ["kit.sha256sum", undefined],
    ["state/go/x", undefined],
    ["licenses/x.sha256sum", "kit.sha256sum"],
  ])("%s belongs to %s", (path, sums) => {
    expect(sumFileFor(path)).toBe(sums);
  });
});

describe("isKitPath", () => {
  it.each(["a b", "a//b", "/a", "a/", ".", "a/../b", "ä", "a\nb", "", "a\\b"])("refuses %j", (path) => {
    expect(isKitPath(path)).toBe(false);
  });
  it.each(["modules/github.com/!burnt!sushi/toml/@v/v1.0.0+incompatible.zip", "a.b_c-d~e=f,g"])(
    "accepts %s",
    (path) => {
      expect(isKitPath(path)).toBe(true);
    },
  );
});
