import { expect, test } from "vitest";
import { moduleOfPath, namedModule } from "./module-cache.ts";

const sync = { path: "golang.org/x/sync", version: "v0.11.0" };

test.each([
  ["../go/pkg/mod/golang.org/x/sync@v0.11.0/errgroup/errgroup.go", sync],
  ["/h/go/pkg/mod/golang.org/x/sync@v0.11.0", sync],
  ["/h/go/pkg/mod/cache/download/golang.org/x/sync/@v/v0.11.0.zip", sync],
  ["/h/go/pkg/mod/cache/download/golang.org/x/sync/@v/v0.11.0.lock", sync],
  ["/h/go/pkg/mod/github.com/!burnt!sushi/toml@v1.4.0/x.go", { path: "github.com/BurntSushi/toml", version: "v1.4.0" }],
  ["/h/go/pkg/mod/cache/lock", undefined],
  ["/h/go/pkg/mod/cache/download/golang.org/x/sync/@v/list", undefined],
  ["main.go", undefined],
  ["/elsewhere/golang.org/x/sync@v0.11.0/errgroup/errgroup.go", undefined],
])("%s", (path, module) => {
  expect(moduleOfPath("/h/go/pkg/mod", "/h/project", path)).toEqual(module);
});

test("a module that a line names is one that could be", () => {
  expect(namedModule("golang.org/x/sync", "v0.11.0")).toEqual(sync);
  for (const [path, version] of [
    ["../../etc", "v1.0.0"],
    ["golang.org/x/sync", "v1/../../x"],
    ["golang.org/x/sy!nc", "v1.0.0"],
    [undefined, "v1.0.0"],
  ] as const)
    expect(namedModule(path, version), path).toBeUndefined();
});
