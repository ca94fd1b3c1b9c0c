import { describe, expect, it } from "vitest";
import {
  compareGoVersions,
  goLanguage,
  hostPlatform,
  parseGoVersion,
  parsePlatform,
  platformText,
} from "./go-version.ts";

function version(text: string) {
  const parsed = parseGoVersion(text);
  if (parsed === undefined) throw new Error(`not a Go version: ${text}`);
  return parsed;
}

describe("parseGoVersion", () => {
  it.each(["1.21.13", "go1.21.13", "1.22rc1", "1.9", "1.21beta2", "1"])("accepts %s", (text) => {
    expect(parseGoVersion(text)).toBeDefined();
  });

  it.each([
    "",
    "go",
    "v1.21.0",
    "1.21.",
    "01.2",
    "1.21.013",
    "1.21.0rc1",
    "1.21-rc1",
    "1.21.0 ",
    "1.21rc0",
    "1.21.0\n",
  ])("refuses %j", (text) => {
    expect(parseGoVersion(text)).toBeUndefined();
  });

  it("keeps the text without go", () => {
    expect(version("go1.26rc1").text).toBe("1.26rc1");
    expect(goLanguage(version("go1.21.13"))).toBe("1.21");
  });
});

describe("compareGoVersions", () => {
  // The order of GOROOT/src/internal/gover: language < beta < rc < release < patch.
  const ordered = [
    "1.9",
    "1.10",
    "1.20rc1",
    "1.20",
    "1.20.1",
    "1.21",
    "1.21beta1",
    "1.21rc1",
    "1.21rc2",
    "1.21.0",
    "1.21.9",
    "1.21.13",
    "1.22",
    "1.22.5",
  ];

  it("sorts as Go does", () => {
    const shuffled = ordered.toReversed().toSorted((a, b) => compareGoVersions(version(a), version(b)));
    expect(shuffled).toEqual(ordered);
  });

  it("treats 1.20 as 1.20.0, since a first release had no .0 before 1.21", () => {
    expect(compareGoVersions(version("1.20"), version("1.20.0"))).toBe(0);
  });
});

describe("platforms", () => {
  it("reads GOOS/GOARCH and Node's names", () => {
    expect(parsePlatform("linux/amd64")).toEqual({ os: "linux", arch: "amd64" });
    expect(parsePlatform("linux")).toBeUndefined();
    expect(parsePlatform("../amd64")).toBeUndefined();
    expect(platformText(hostPlatform("darwin", "x64"))).toBe("darwin/amd64");
  });
});
