import type { Cause } from "../../types.ts";
import { all, importsGreet, loading, needsGreet, writeGoSum } from "../dependencies.ts";

const legacy = "/home/dev/go/src/example.com/service";
const moduleCommands = {
  ...all,
  get: "go get example.com/greet",
  install: "go install example.com/greet@latest",
  verify: "go mod verify",
  vendor: "go mod vendor",
  why: "go mod why example.com/greet",
  sync: "go work sync",
} as const;

/** Module mode and GOPATH mode, in the wrong place. */
export const mode: readonly Cause[] = [
  {
    id: "module-mode-off",
    fault: "GO111MODULE=off in a module",
    env: { GO111MODULE: "off" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: {
      ...moduleCommands,
      own: {
        command: "go build ./...",
        files: {
          "main.go": `package main\n\nimport "example.com/service/store"\n\nfunc main() { println(store.Name) }\n`,
          "store/store.go": `package store\n\nconst Name = "store"\n`,
        },
      },
    },
  },
  {
    id: "module-mode-on-without-module",
    fault: "GO111MODULE=on in a GOPATH tree without go.mod",
    env: { GO111MODULE: "on" },
    cwd: legacy,
    prepare: (box) => {
      box.remove("go.mod");
      box.write(`${legacy}/main.go`, importsGreet["main.go"] ?? "");
    },
    runs: { ...loading, tidy: "go mod tidy", get: "go get example.com/greet", file: "go build main.go" },
  },
  {
    id: "outside-module",
    fault: "there is no go.mod here or above",
    prepare: (box) => {
      box.remove("go.mod");
      box.files(importsGreet);
    },
    runs: { ...moduleCommands, file: "go run main.go", folder: "go build .", edit: "go mod edit -json" },
  },
  {
    id: "module-mode-unknown",
    fault: "GO111MODULE=yes, which is no value of it",
    env: { GO111MODULE: "yes" },
    runs: { build: "go build ./...", env: "go env GOPATH" },
  },
  {
    id: "go-mod-in-gopath",
    fault: "GOPATH is the project's own folder",
    env: { GOPATH: "/home/dev/service" },
    runs: { ...loading, tidy: "go mod tidy" },
  },
  {
    id: "gopath-is-goroot",
    fault: "GOPATH is GOROOT, which dev may not write",
    env: { GOPATH: "/opt/go" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: { build: "go build ./...", download: "go mod download" },
  },
  {
    id: "gopath-relative",
    fault: "GOPATH is a relative path",
    env: { GOPATH: "go" },
    runs: { build: "go build ./...", env: "go env GOMODCACHE" },
  },
  {
    id: "gomodcache-relative",
    fault: "GOMODCACHE is a relative path",
    env: { GOMODCACHE: "mod" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: { build: "go build ./...", download: "go mod download" },
  },
];
