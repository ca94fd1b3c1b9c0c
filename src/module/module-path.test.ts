import { describe, expect, it } from "vitest";
import {
  checkModulePath,
  checkModuleVersion,
  escapePath,
  escapeVersion,
  filePathProblem,
  importPathProblem,
  matchPrefixPatterns,
  splitPathVersion,
  unescapePath,
  unescapeVersion,
} from "./module-path.ts";

describe("module paths", () => {
  it.each([
    "golang.org/x/sync",
    "github.com/BurntSushi/toml",
    "gopkg.in/yaml.v3",
    "gopkg.in/src-d/go-git.v4",
    "example.org/m/v2",
    "example.org/v10",
    "k8s.io/a_b~c",
    "example.org",
  ])("accepts %s", (path) => {
    expect(() => checkModulePath(path)).not.toThrow();
  });

  it.each([
    "",
    "/",
    "m",
    "std/x",
    "Example.org/m",
    "example.org/",
    "/example.org",
    "example.org//m",
    "example.org/../m",
    "example.org/.m",
    "example.org/m.",
    "-example.org/m",
    "example.org/a b",
    "example.org/a+b",
    "example.org/\u00e4",
    "example.org/m/v1",
    "example.org/m/v02",
    "example.org/m/v2.3",
    "gopkg.in/yaml",
    "gopkg.in/yaml.v01",
    "example.org/con",
    "example.org/aux.go",
    "example.org/a~1",
    "example.org/a@v1",
    "example.org/a\\b",
    "example.org/\ud800",
  ])("refuses %j", (path) => {
    expect(() => checkModulePath(path)).toThrow("MODULE_PATH_INVALID");
  });

  it.each([
    ["example.org/m", "v1.2.3", true],
    ["example.org/m", "v2.0.0+incompatible", true],
    ["example.org/m/v2", "v2.0.0", true],
    ["gopkg.in/yaml.v2", "v2.4.0", true],
    ["gopkg.in/check.v1", "v0.0.0-20161208181325-20d25e280405", true],
    ["golang.org/toolchain", "v0.0.1-go1.21.13.linux-amd64", true],
    ["example.org/m", "v2.0.0", false],
    ["example.org/m/v2", "v1.0.0", false],
    ["example.org/m", "v1.2", false],
    ["example.org/m", "master", false],
    ["example.org/m", "v1.0.0/../../x", false],
  ])("%s@%s fit: %s", (path, version, fits) => {
    const check = (): void => checkModuleVersion({ path, version });
    if (fits) expect(check).not.toThrow();
    else expect(check).toThrow("MODULE_VERSION_INVALID");
  });

  it("split off their major version", () => {
    expect(splitPathVersion("example.org/m/v2")).toEqual({ prefix: "example.org/m", major: "/v2" });
    expect(splitPathVersion("gopkg.in/yaml.v3")).toEqual({ prefix: "gopkg.in/yaml", major: ".v3" });
    expect(splitPathVersion("example.org/m")).toEqual({ prefix: "example.org/m", major: "" });
    expect(splitPathVersion("example.org/m/v1")).toBeUndefined();
  });
});

describe("escaping", () => {
  it("goes both ways", () => {
    expect(escapePath("github.com/BurntSushi/toml")).toBe("github.com/!burnt!sushi/toml");
    expect(unescapePath("github.com/!burnt!sushi/toml")).toBe("github.com/BurntSushi/toml");
    expect(escapeVersion("v1.0.0-RC1")).toBe("v1.0.0-!r!c1");
    expect(unescapeVersion("v1.0.0-!r!c1")).toBe("v1.0.0-RC1");
  });

  it.each([
    "github.com/BurntSushi/toml",
    "github.com/!/x",
    "github.com/!Burnt",
    "github.com/x!",
    "github.com/!1",
    "../x",
  ])("refuses the escaped path %j", (path) => {
    expect(() => unescapePath(path)).toThrow("MODULE_PATH_INVALID");
  });

  it.each(["", "a/b", "..", "v1!", "v\u00e4", "a\\b", "a\nb"])("refuses the version %j", (version) => {
    expect(() => escapeVersion(version)).toThrow("MODULE_VERSION_INVALID");
    expect(() => unescapeVersion(version)).toThrow("MODULE_VERSION_INVALID");
  });

  it("knows file names and import paths apart", () => {
    expect(filePathProblem("a b/\u00e4 [1].txt")).toBeUndefined();
    expect(filePathProblem(".github/x")).toBeUndefined();
    expect(filePathProblem("a*b")).toBeDefined();
    expect(importPathProblem("example.org/c++/x")).toBeUndefined();
    expect(importPathProblem("a b")).toBeDefined();
  });
});

describe("GOPRIVATE's patterns", () => {
  it.each([
    ["*.corp.example.org", "git.corp.example.org/x/y", true],
    ["*.corp.example.org", "corp.example.org/x", false],
    ["example.org/team", "example.org/team/repo/sub", true],
    ["example.org/team", "example.org/teams", false],
    ["example.org/*/x", "example.org/a/x/y", true],
    ["example.org/team/", "example.org/team/a", true],
    ["a.org,,b.org", "b.org/x", true],
    ["example.org/[a-c]?", "example.org/bz", true],
    ["example.org/[^a-c]*", "example.org/bz", false],
    ["example.org/\\*", "example.org/x", false],
    ["[", "[", false],
    ["", "example.org", false],
    ["example.org/a+b", "example.org/aab", false],
  ])("%j and %s: %s", (globs, target, expected) => {
    expect(matchPrefixPatterns(globs, target)).toBe(expected);
  });
});
