import { chownSync } from "node:fs";
import type { Cause } from "../../types.ts";
import { all, importsGreet, loading, needsGreet, writeGoSum } from "../dependencies.ts";

const writing = {
  tidy: "go mod tidy",
  get: "go get example.com/greet@v1.1.0",
  build: "go build -mod=mod ./...",
  edit: "go mod edit -require=example.com/greet@v1.1.0",
} as const;

/** go.mod ought to change and must not, or cannot. */
export const readonly: readonly Cause[] = [
  {
    id: "requirement-missing",
    fault: "go.mod does not require the module of an import; the proxy has it",
    files: importsGreet,
    runs: {
      ...loading,
      readonly: "go build -mod=readonly ./...",
      modules: "go list -m example.com/greet",
      file: "go run main.go",
      package: "go build example.com/greet",
    },
  },
  {
    id: "indirect-missing",
    fault: "go.mod requires a module and not what that one needs",
    files: { ...needsGreet, "go.mod": "module example.com/service\n\ngo 1.20\n\nrequire example.com/greet v1.2.0\n" },
    prepare: (box) => writeGoSum(box),
    runs: { ...loading, readonly: "go build -mod=readonly ./...", modules: "go list -m all" },
  },
  {
    id: "version-inconsistent",
    fault: "go.mod requires an older version than one of its requirements does",
    files: { ...needsGreet, "go.mod": (needsGreet["go.mod"] ?? "").replace("color v1.0.0", "color v0.9.0") },
    prepare: (box) => writeGoSum(box),
    runs: { ...loading, modules: "go list -m all" },
  },
  {
    id: "version-is-branch",
    fault: "go.mod requires a branch, which only a command that may write resolves",
    files: { ...needsGreet, "go.mod": (needsGreet["go.mod"] ?? "").replace("greet v1.2.0", "greet main") },
    prepare: (box) => writeGoSum(box),
    runs: { build: "go build ./...", tidy: "go mod tidy" },
  },
  {
    id: "readonly-flag-refuses",
    fault: "GOFLAGS=-mod=readonly, and the command has to write go.mod",
    env: { GOFLAGS: "-mod=readonly" },
    files: importsGreet,
    runs: { get: "go get example.com/greet@v9.0.0", build: "go build ./...", tidy: "go mod tidy" },
  },
  {
    id: "go-mod-not-writable",
    fault: "go.mod is of another user and read-only, and so is its folder",
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box, () => "");
      for (const path of ["go.mod", "go.sum", "."]) chownSync(box.path(path), 0, 0);
    },
    runs: { ...writing, vendor: "go mod vendor", work: "go work init", output: "go build -o service ." },
  },
  {
    id: "go-mod-unreadable",
    fault: "dev may not read go.mod",
    prepare: (box) => void box.write("go.mod", box.read("go.mod"), 0o000),
    runs: { build: "go build ./...", tidy: "go mod tidy" },
  },
  {
    id: "go-sum-unreadable",
    fault: "dev may not read go.sum",
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      box.write("go.sum", box.read("go.sum"), 0o000);
    },
    runs: all,
  },
];
