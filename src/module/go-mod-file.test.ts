import { describe, expect, it } from "vitest";
import { parseGoMod } from "./go-mod-file.ts";
import { formatGoSum, parseGoSum } from "./go-sum-file.ts";

const main = { main: true } as const;

describe("parseGoMod", () => {
  it("reads a file with everything in it", () => {
    const text = `// Deprecated: use example.org/m/v3 instead.
//
module "example.org/m/v2" // the module

go 1.22.5

toolchain go1.22.6
godebug default=go1.21
godebug (
	panicnil=1
	asynctimerchan=0
)

require golang.org/x/sync v0.8.0
require (
	github.com/spf13/cobra v1.8.1
	"go.uber.org/zap" v1.27.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect; because
	example.org/old v2.0.0+incompatible // indirectly
	golang.org/x/net v0.28 //indirect
)
exclude golang.org/x/net v0.1.0
replace (
	example.org/a => ../a
	example.org/b v1.0.0 => example.org/c v1.2.3-pre
	"example.org/d" => "./d with spaces"
)
retract v2.0.1 // broken
retract (
	// a bad day
	[v2.1.0, v2.1.9]
)
tool golang.org/x/tools/cmd/stringer
ignore ./node_modules
`;
    const mod = parseGoMod(text, main);
    expect(mod).toMatchObject({
      module: "example.org/m/v2",
      deprecated: "use example.org/m/v3 instead.",
      go: "1.22.5",
      toolchain: "go1.22.6",
    });
    expect(mod.godebug).toEqual([
      { key: "default", value: "go1.21" },
      { key: "panicnil", value: "1" },
      { key: "asynctimerchan", value: "0" },
    ]);
    expect(mod.require.map((each) => [each.path, each.version, each.indirect])).toEqual([
      ["golang.org/x/sync", "v0.8.0", false],
      ["github.com/spf13/cobra", "v1.8.1", false],
      ["go.uber.org/zap", "v1.27.0", true],
      ["gopkg.in/yaml.v3", "v3.0.1", true],
      ["example.org/old", "v2.0.0+incompatible", false],
      ["golang.org/x/net", "v0.28.0", true],
    ]);
    expect(mod.exclude).toEqual([{ path: "golang.org/x/net", version: "v0.1.0" }]);
    expect(mod.replace).toMatchObject([
      { path: "example.org/a", version: undefined, to: "../a", toVersion: undefined },
      { path: "example.org/b", version: "v1.0.0", to: "example.org/c", toVersion: "v1.2.3-pre" },
      { path: "example.org/d", to: "./d with spaces" },
    ]);
    expect(mod.retract).toEqual([
      { low: "v2.0.1", high: "v2.0.1", rationale: "broken" },
      { low: "v2.1.0", high: "v2.1.9", rationale: "a bad day" },
    ]);
    expect(mod.tool).toEqual(["golang.org/x/tools/cmd/stringer"]);
    expect(mod.ignore).toEqual(["./node_modules"]);
  });

  it.each<[string, string]>([
    ["CRLF", "module example.org/m\r\n\r\nrequire (\r\n\texample.org/a v1.0.0 // indirect\r\n)\r\n"],
    ["no final line feed", "module example.org/m\nrequire example.org/a v1.0.0 // indirect"],
    ["a byte-order mark", "\ufeffmodule example.org/m\nrequire example.org/a v1.0.0 // indirect\n"],
    [
      "a block in a block's clothes",
      "module (\n\texample.org/m\n)\nrequire ( // deps\n\n\t// one\n\texample.org/a v1.0.0 // indirect\n\n)\n",
    ],
    ["empty blocks", "module example.org/m\nexclude ()\nreplace (\n)\nrequire example.org/a v1.0.0 // indirect\n"],
    ["no space before the comment", "module example.org/m// x\nrequire example.org/a v1.0.0//indirect\n"],
    ["escapes", 'module "example.org/\\x6d"\nrequire "example.org/\\u0061" "v1.0.0" // indirect\n'],
  ])("reads %s", (_, text) => {
    for (const options of [{}, main]) {
      const mod = parseGoMod(text, options);
      expect(mod.module).toBe("example.org/m");
      expect(mod.require).toMatchObject([{ path: "example.org/a", version: "v1.0.0", indirect: true }]);
    }
  });

  it.each<[number, string]>([
    [1, "module\n"],
    [1, "module a b\n"],
    [2, "module example.org/m\nmodule example.org/n\n"],
    [1, "require example.org/a\n"],
    [1, "require example.org/a latest\n"],
    [1, "require example.org/a v2.0.0\n"],
    [1, "require example.org/a/v2 v1.0.0\n"],
    [2, "go 1.21\ngo 1.22\n"],
    [2, "require (\n\texample.org/a v1 v2\n)\n"],
    [1, "require (\n\texample.org/a v1.0.0\n"],
    [2, "require (\n) x\n"],
    [1, "/* no */\n"],
    [1, 'module "example.org/m\n'],
    [1, "module `example.org/m`\n"],
    [1, "module exam'ple.org/m\n"],
    [1, "module example.org/m\0\n"],
  ])("refuses, line %i: %j", (line, text) => {
    expect(() => parseGoMod(text, { file: "x/go.mod" })).toThrow(
      expect.objectContaining({
        code: "GO_MOD_INVALID",
        params: expect.objectContaining({ file: "x/go.mod", line }) as unknown,
      }) as Error,
    );
  });

  it.each([
    "bogus x\n",
    "go 1\n",
    "go 1.21.x\n",
    "toolchain 1.21\n",
    "bogus (\n\tx\n)\n",
    "replace example.org/a => example.org/b\n",
    "replace example.org/a => ./b v1.0.0\n",
    "retract v1\nretract x\n",
    "godebug x\n",
    "retract [v1.0.0, v1.1.0] more\n",
  ])("refuses %j in a main module only", (text) => {
    expect(() => parseGoMod(text, main)).toThrow("GO_MOD_INVALID");
    if (!text.startsWith("go 1\n")) expect(() => parseGoMod(text)).not.toThrow();
  });

  it("forgives a dependency an old spelling of its Go version", () => {
    expect(parseGoMod("go v1.21-pre\n").go).toBe("1.21");
    expect(parseGoMod("replace example.org/a => ./b\ntool x\n")).toMatchObject({ replace: [], tool: [] });
  });
});

describe("go.sum", () => {
  const zip = { path: "example.org/a", version: "v1.10.0", subject: "zip", hash: "h1:AAAA" } as const;
  it("is read, sorted as Go sorts, and written", () => {
    const text =
      "example.org/b v1.0.0 h1:x=\n\nexample.org/a v1.10.0/go.mod h1:BBBB\nexample.org/a v1.10.0 h1:AAAA\nexample.org/a v1.9.0 h1:c=\nexample.org/a v1.10.0 h1:AAAA\n";
    const lines = parseGoSum(text);
    expect(lines).toContainEqual(zip);
    expect(formatGoSum(lines)).toBe(
      "example.org/a v1.9.0 h1:c=\nexample.org/a v1.10.0 h1:AAAA\nexample.org/a v1.10.0/go.mod h1:BBBB\nexample.org/b v1.0.0 h1:x=\n",
    );
  });

  it("drops the hashes of an old mistake, and refuses other lines", () => {
    expect(parseGoSum("example.org/a v1.0.0/go.mod h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=\n")).toEqual([]);
    expect(() => parseGoSum("example.org/a v1.0.0 h1:x\n<<<<<<< HEAD\n")).toThrow(
      expect.objectContaining({
        code: "GO_SUM_INVALID",
        params: expect.objectContaining({ line: 2 }) as unknown,
      }) as Error,
    );
    expect(() => parseGoSum("example.org/a v1.0.0 abc\n")).toThrow("GO_SUM_INVALID");
  });
});
