import type { Sandbox } from "../../sandbox.ts";
import type { Cause, Prepare } from "../../types.ts";
import { all, loading, needsGreet, writeGoSum } from "../dependencies.ts";

async function vendored(box: Sandbox): Promise<void> {
  writeGoSum(box);
  await box.asDev("go mod vendor");
}

/** Vendors, then breaks what was vendored. */
function then(fault: (box: Sandbox) => void): Prepare {
  return async (box) => {
    await vendored(box);
    fault(box);
  };
}

/** The vendor folder, and flags that want one. */
export const vendor: readonly Cause[] = [
  {
    id: "vendor-other-version",
    fault: "go.mod requires another version than vendor/modules.txt",
    files: needsGreet,
    prepare: then((box) => {
      box.edit("go.mod", (text) => text.replace("greet v1.2.0", "greet v1.1.0"));
      box.write("go.sum", box.servers.goSum("example.com/color@v1.0.0", "example.com/greet@v1.1.0"));
    }),
    runs: { ...all, verify: "go mod verify", generate: "go generate ./..." },
  },
  {
    id: "vendor-lacks-requirement",
    fault: "go.mod requires a module that vendor/modules.txt does not have",
    files: needsGreet,
    prepare: then((box) => box.edit("go.mod", (text) => `${text}\nrequire example.com/nested v1.0.0\n`)),
    runs: loading,
  },
  {
    id: "vendor-has-too-much",
    fault: "vendor/modules.txt has an explicit module that go.mod does not require",
    files: needsGreet,
    prepare: then((box) => box.edit("go.mod", (text) => text.replace("require example.com/greet v1.2.0\n", ""))),
    runs: loading,
  },
  {
    id: "vendor-not-explicit",
    fault: "a module of go.mod is not marked as explicit in vendor/modules.txt",
    files: needsGreet,
    prepare: then((box) =>
      box.edit("vendor/modules.txt", (text) => text.replace(/^## explicit; go 1.20$/m, "## go 1.20")),
    ),
    runs: { build: "go build ./..." },
  },
  {
    id: "vendor-other-replacement",
    fault: "go.mod replaces a module and vendor/modules.txt does not say so",
    files: { ...needsGreet, "/home/dev/greet/go.mod": "module example.com/greet\n\ngo 1.20\n" },
    prepare: then((box) => box.edit("go.mod", (text) => `${text}\nreplace example.com/greet => ../greet\n`)),
    runs: loading,
  },
  {
    id: "vendor-list-missing",
    fault: "vendor/modules.txt is gone",
    files: needsGreet,
    prepare: then((box) => box.remove("vendor/modules.txt")),
    runs: loading,
  },
  {
    id: "vendor-package-missing",
    fault: "a package's folder in vendor is gone",
    files: needsGreet,
    prepare: then((box) => box.remove("vendor/example.com/color")),
    runs: loading,
  },
  {
    id: "vendor-import-added",
    fault: "the code imports a package that is not vendored",
    files: needsGreet,
    prepare: then((box) => box.write("more.go", `package main\n\nimport _ "example.com/nested"\n`)),
    runs: { ...loading, get: "go get example.com/nested@v9.0.0" },
  },
  {
    id: "vendor-folder-missing",
    fault: "GOFLAGS=-mod=vendor, and there is no vendor folder",
    env: { GOFLAGS: "-mod=vendor" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: { ...all, vendor: "go mod verify", get: "go get example.com/greet@v1.1.0" },
  },
  {
    id: "vendor-folder-missing-unneeded",
    fault: "GOFLAGS=-mod=vendor in a project without dependencies and without a vendor folder",
    env: { GOFLAGS: "-mod=vendor" },
    files: { "go.mod": "module example.com/service\n\ngo 1.20\n\nrequire example.com/color v1.0.0\n" },
    runs: { build: "go build ./..." },
  },
  {
    id: "vendor-refuses-query",
    fault: "a vendor folder is there, and the command asks for more than it has",
    files: needsGreet,
    prepare: vendored,
    runs: {
      modules: "go list -m all",
      latest: "go list -m example.com/greet@latest",
      why: "go mod why -m example.com/nested",
      get: "go get -mod=vendor example.com/nested",
    },
  },
];
