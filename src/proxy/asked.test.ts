import { describe, expect, it } from "vitest";
import { parseAsked } from "./asked.ts";

describe("parseAsked", () => {
  it.each([
    ["/golang.org/x/sync/@v/list", { kind: "list", path: "golang.org/x/sync" }],
    ["/golang.org/x/sync/@latest", { kind: "latest", path: "golang.org/x/sync" }],
    ["/github.com/%21burnt%21sushi/toml/@v/v1.3.2.mod", mod("github.com/BurntSushi/toml", "v1.3.2")],
    ["/github.com/!burnt!sushi/toml/@v/v1.3.2.mod?x=1", mod("github.com/BurntSushi/toml", "v1.3.2")],
    [
      "/golang.org/toolchain/@v/v0.0.1-go1.21.13.linux-amd64.zip",
      { ...mod("golang.org/toolchain", "v0.0.1-go1.21.13.linux-amd64"), kind: "zip" },
    ],
    ["/example.org/a/@v/main.info", { ...mod("example.org/a", "main"), kind: "info" }],
    ["/sumdb/sum.golang.org/supported", { kind: "database", name: "sum.golang.org", file: { kind: "supported" } }],
    [
      "/sumdb/sum.golang.org/lookup/example.org/%21a@v1.0.0",
      {
        kind: "database",
        name: "sum.golang.org",
        file: { kind: "lookup", module: { path: "example.org/A", version: "v1.0.0" } },
      },
    ],
    [
      "/sumdb/sum.golang.org/tile/8/1/x001/013.p/4",
      { kind: "database", name: "sum.golang.org", file: { kind: "tile", tile: { level: 1, n: 1013, width: 4 } } },
    ],
  ])("reads %s", (target, asked) => {
    expect(parseAsked(target)).toEqual(asked);
  });

  it.each([
    "/",
    "",
    "golang.org/x/sync/@v/list",
    "/golang.org/x/sync",
    "/golang.org/x/../sync/@v/list",
    "/golang.org/x/%2e%2e/sync/@v/list",
    "/../../etc/passwd/@v/list",
    "/golang.org/x/sync/@v/..%2f..%2fx.zip",
    "/golang.org/x/sync/@v/.zip",
    "/golang.org/x/sync/@v/v1.0.0.exe",
    "/golang.org/x/sync/@v/v1.0.0.zip.proof",
    "/github.com/BurntSushi/toml/@v/list",
    "/golang.org/x%00/@v/list",
    "/golang.org/x/%zz/@v/list",
    "/golang.org\\x/@v/list",
    "/sumdb/../x/latest",
    "/sumdb/sum.golang.org/tile/8/1/x1/013",
    "/sumdb/sum.golang.org/lookup/example.org",
    "/sumdb/sum.golang.org/lookup/example.org@v1.0.0%20",
    "/sumdb/sum.golang.org/lookup/example.org@v1.0",
    "/sumdb/sum.golang.org/lookup/example.org@master",
    `/${"a".repeat(3_000)}.org/@v/list`,
  ])("takes %s for nothing of the protocol", (target) => {
    expect(parseAsked(target)).toBeUndefined();
  });
});

function mod(path: string, version: string) {
  return { kind: "mod", module: { path, version } };
}
