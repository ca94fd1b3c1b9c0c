import { describe, expect, test } from "vitest";
import { moduleSymptoms } from "./modules.ts";

const read = (stderr: string): readonly (readonly [string, Readonly<Record<string, string>>])[] =>
  moduleSymptoms
    .read({ argv: ["go"], status: 1, signal: undefined, startError: undefined, stdout: "", stderr, milliseconds: 0 })
    .map(({ kind, fields }) => [kind, fields]);

// Lines of go 1.21.13 and 1.25.5.
describe("what go says of modules", () => {
  test.each([
    ["go: updates to go.mod needed; to update it:\n\tgo mod tidy", "go-mod-updates", {}],
    [
      "../go/pkg/mod/golang.org/x/sync@v0.11.0/errgroup/errgroup.go:9:5: syntax error: package statement must be first",
      "module-file",
      { path: "../go/pkg/mod/golang.org/x/sync@v0.11.0/errgroup/errgroup.go" },
    ],
    [
      "open ../go/pkg/mod/golang.org/x/sync@v0.11.0/errgroup/errgroup.go: no such file or directory",
      "module-file",
      { path: "../go/pkg/mod/golang.org/x/sync@v0.11.0/errgroup/errgroup.go" },
    ],
    [
      "main.go:6:2: unzip /h/go/pkg/mod/cache/download/golang.org/x/sync/@v/v0.11.0.zip: zip: not a valid zip file",
      "module-zip",
      { path: "/h/go/pkg/mod/cache/download/golang.org/x/sync/@v/v0.11.0.zip" },
    ],
    ["main.go:6:2: zip: not a valid zip file", "module-zip", {}],
    [
      "main.go:6:2: open /h/go/pkg/mod/cache/download/golang.org/x/sync/@v/v0.11.0.lock: permission denied",
      "path-refused",
      { path: "/h/go/pkg/mod/cache/download/golang.org/x/sync/@v/v0.11.0.lock" },
    ],
    ["go: could not create module cache: mkdir /r/ro/mod: permission denied", "path-refused", { path: "/r/ro/mod" }],
    ['go: could not create module cache: "/r/f" is not a directory', "module-cache", {}],
    [
      "main.go:6:2: golang.org/x/sync@v0.11.0: reading http://127.0.0.1:18763/golang.org/x/sync/@v/v0.11.0.zip: 404 Not Found",
      "version-gone",
      {
        module: "golang.org/x/sync",
        version: "v0.11.0",
        url: "http://127.0.0.1:18763/golang.org/x/sync/@v/v0.11.0.zip",
        status: "404",
      },
    ],
    [
      "main.go:6:2: golang.org/x/sync@v0.11.0: reading file:///srv/proxy/golang.org/x/sync/@v/v0.11.0.zip: no such file or directory",
      "version-gone",
      { module: "golang.org/x/sync", version: "v0.11.0", url: "file:///srv/proxy/golang.org/x/sync/@v/v0.11.0.zip" },
    ],
    [
      'main.go:6:2: case-insensitive import collision: "golang.org/x/sync/errgroup" and "golang.org/x/Sync/errgroup"',
      "path-collision",
      { declared: "golang.org/x/sync/errgroup", required: "golang.org/x/Sync/errgroup" },
    ],
    [
      "pattern ./svc/...: directory prefix svc does not contain main module or its selected dependencies",
      "outside-main-module",
      {},
    ],
    ["go: no modules specified (see 'go help mod download')", "no-module", {}],
    ["go: 'go install' requires a version when current directory is not in a module", "no-module", {}],
    ["go: go.mod file not found in current directory or any parent directory; see 'go help modules'", "no-module", {}],
  ])("%s", (text, kind, fields) => {
    expect(read(text)).toContainEqual([kind, fields]);
  });

  test("a checksum mismatch: of what, what go had, and what it compared it with", () => {
    const hashes = [
      "\tdownloaded: h1:Mfeqs6f/7fF3/HA3E7FaFnXpgNimGRwPNx4H+lqRMsY=",
      "\tgo.sum:     h1:Czt+wKu1gCyEFDUtn0jG5QVvpJ6rzVqr5aXyt9drQfk=",
    ];
    const found = read(["verifying golang.org/x/sync@v0.11.0/go.mod: checksum mismatch", ...hashes].join("\n"));
    expect(found).toContainEqual(["checksum", { module: "golang.org/x/sync", version: "v0.11.0", goMod: "/go.mod" }]);
    expect(found).toContainEqual(["checksum-had", { hash: "h1:Mfeqs6f/7fF3/HA3E7FaFnXpgNimGRwPNx4H+lqRMsY=" }]);
    expect(found).toContainEqual(["checksum-wanted", { by: "go.sum", hash: "h1:Czt+wKu1gCyEFDUtn0jG5QVvpJ6rzVqr5aXyt9drQfk=" }]); // prettier-ignore
    expect(read("verifying golang.org/x/sync@v0.11.0: checksum mismatch")).toContainEqual([
      "checksum",
      { module: "golang.org/x/sync", version: "v0.11.0" },
    ]);
  });
});

test("compile errors and failing tests of the program say nothing of modules", () => {
  for (const text of [
    "./main.go:7:2: undefined: x",
    "--- FAIL: TestHello (0.00s)\n    main_test.go:7: open /etc/shadow: is secret",
    "panic: zip archive is broken",
    "main.go:6:2: no required module provides package golang.org/x/nowhere; to add it:\n\tgo get golang.org/x/nowhere",
  ])
    expect(read(text), text).toEqual([]);
});
