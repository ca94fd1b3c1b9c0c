import { LIST_DEPS } from "../../projects.ts";
import type { Cause } from "../../types.ts";
import { compiling, main, mainText, runs } from "./common.ts";

/** Packages that do not exist, or not like this. */
export const packages: readonly Cause[] = [
  {
    id: "main-missing",
    fault: "package main has no function main",
    files: mainText("func start() {}\n"),
    runs: { ...runs, run: "go run ." },
  },
  {
    id: "not-main",
    fault: "a package that is no program is run",
    files: { "main.go": "package service\n" },
    runs: { run: "go run ." },
  },
  {
    id: "mixed-packages",
    fault: "a folder holds files of two packages",
    files: { "other.go": "package other\n" },
    runs: { ...compiling, list: "go list ./...", tidy: "go mod tidy" },
  },
  {
    id: "excluded-by-tag",
    fault: "a build tag that nobody gave excludes every file of a package",
    files: {
      "tool/tool.go": "//go:build special\n\npackage tool\n",
      ...main(`fmt.Println(tool.Name)`, ["example.com/service/tool", "fmt"]),
    },
    runs: { ...compiling, alone: "go build ./tool", list: "go list ./tool" },
  },
  {
    id: "import-cycle",
    fault: "two packages import each other",
    files: {
      "a/a.go": `package a\n\nimport "example.com/service/b"\n\nconst A = b.B\n`,
      "b/b.go": `package b\n\nimport "example.com/service/a"\n\nconst B = a.A\n`,
    },
    runs: { ...compiling, run: "go run ./a", list: "go list ./...", deps: LIST_DEPS, tidy: "go mod tidy" },
  },
  {
    id: "import-cycle-in-test",
    fault: "a package's test imports a package that imports it",
    files: {
      "a/a.go": "package a\n\nconst A = 1\n",
      "a/a_test.go": `package a\n\nimport "example.com/service/b"\n\nvar _ = b.B\n`,
      "b/b.go": `package b\n\nimport "example.com/service/a"\n\nconst B = a.A\n`,
    },
    runs: { test: "go test ./...", vet: "go vet ./..." },
  },
  {
    id: "missing-own-package",
    fault: "a package of the module itself that does not exist is imported",
    files: main(`fmt.Println(store.Name)`, ["example.com/service/store", "fmt"]),
    runs: { ...compiling, list: LIST_DEPS, tidy: "go mod tidy" },
  },
  {
    id: "missing-std-package",
    fault: "a standard package that does not exist in any release is imported",
    files: main(`fmt.Println(strangs.Name)`, ["fmt", "strangs"]),
    runs: { ...compiling, list: LIST_DEPS, tidy: "go mod tidy" },
  },
  {
    id: "missing-module",
    fault: "a package of a module that exists nowhere is imported; the proxy is healthy",
    files: main(`fmt.Println(nothing.Name)`, ["example.com/nothing", "fmt"]),
    runs: {
      ...compiling,
      list: LIST_DEPS,
      tidy: "go mod tidy",
      get: "go get example.com/nothing",
      latest: "go install example.com/nothing@latest",
      modmod: "go build -mod=mod ./...",
    },
  },
  {
    id: "newer-std-package",
    fault: "a standard package of Go 1.23 is imported",
    until: "1.22",
    files: mainText(`import "iter"\n\nvar _ iter.Seq[int]\n\nfunc main() {}\n`),
    runs: { ...compiling, tidy: "go mod tidy" },
  },
  {
    id: "embed-no-match",
    fault: "a go:embed pattern matches no file",
    files: mainText(`import _ "embed"\n\n//go:embed page.html\nvar page string\n\nfunc main() {\n\tprintln(page)\n}\n`),
    runs: { ...compiling, list: "go list ./..." },
  },
  {
    id: "embed-without-import",
    fault: "go:embed is used without importing embed",
    files: {
      ...mainText("//go:embed page.html\nvar page string\n\nfunc main() {\n\tprintln(page)\n}\n"),
      "page.html": "<p>",
    },
    runs,
  },
  {
    id: "internal-package",
    fault: "an internal package of another tree is imported",
    files: {
      "lib/internal/deep/deep.go": "package deep\n\nconst Name = 1\n",
      ...main(`fmt.Println(deep.Name)`, ["example.com/service/lib/internal/deep", "fmt"]),
    },
    runs,
  },
  {
    id: "program-imported",
    fault: "a package main is imported",
    files: {
      "tool/main.go": "package main\n\nfunc main() {}\n",
      "lib/lib.go": `package lib\n\nimport _ "example.com/service/tool"\n`,
    },
    runs,
  },
  {
    id: "relative-import",
    fault: "an import path is relative",
    files: { "lib/lib.go": `package lib\n\nimport _ "./other"\n` },
    runs,
  },
  {
    id: "no-go-files",
    fault: "a folder without Go files is built",
    files: { "docs/note.txt": "" },
    runs: { build: "go build ./docs", test: "go test ./docs", run: "go run ./docs" },
  },
  {
    id: "no-such-folder",
    fault: "a folder that does not exist is built",
    runs: {
      build: "go build ./cmd/server",
      test: "go test ./cmd/server",
      run: "go run ./cmd/server",
      pattern: "go build ./cmd/...",
    },
  },
  {
    id: "no-such-file",
    fault: "a file that does not exist is run",
    runs: { run: "go run server.go", build: "go build server.go" },
  },
  {
    id: "mistyped-command",
    fault: "a command or flag is not go's",
    runs: {
      command: "go biuld ./...",
      flag: "go build -trimpaths ./...",
      value: "go build -p=many ./...",
      mod: "go mod tidier",
    },
  },
];
