import type { Cause } from "../../types.ts";
import { steps } from "../dependencies.ts";

const goMod = (text: string): Record<string, string> => ({ "go.mod": text });
const head = "module example.com/service\n\ngo 1.20\n";
const runs = { build: "go build ./...", tidy: "go mod tidy" } as const;
const importing = (path: string): Record<string, string> => ({
  "main.go": `package main\n\nimport _ "${path}"\n\nfunc main() {}\n`,
});

/** go.mod's own text, and module paths. */
export const goModTexts: readonly Cause[] = [
  {
    id: "go-mod-conflict",
    fault: "go.mod holds conflict markers",
    files: goMod(
      `${head}<<<<<<< HEAD\nrequire example.com/greet v1.0.0\n=======\nrequire example.com/greet v1.1.0\n>>>>>>> main\n`,
    ),
    runs: {
      ...runs,
      test: "go test ./...",
      list: "go list -m",
      download: "go mod download",
      edit: "go mod edit -json",
      version: "go version",
      env: "go env GOMOD",
    },
  },
  {
    id: "go-mod-unknown-directive",
    fault: "go.mod has a directive that no release knows",
    files: goMod(`${head}\nrequires example.com/greet v1.0.0\n`),
    runs,
  },
  {
    id: "go-mod-unknown-block",
    fault: "go.mod has a block that no release knows",
    files: goMod(`${head}\nrequires (\n\texample.com/greet v1.0.0\n)\n`),
    runs,
  },
  {
    id: "go-mod-unclosed",
    fault: "a block of go.mod is not closed",
    files: goMod(`${head}\nrequire (\n\texample.com/greet v1.0.0\n`),
    runs,
  },
  {
    id: "go-mod-usage",
    fault: "a requirement has no version",
    files: goMod(`${head}\nrequire example.com/greet\n`),
    runs,
  },
  {
    id: "go-mod-bad-version",
    fault: "a required version is not one",
    files: goMod(`${head}\nrequire example.com/greet 1.2\n`),
    runs,
  },
  {
    id: "go-mod-bad-major",
    fault: "a required version's major number does not fit the path",
    files: goMod(`${head}\nrequire example.com/greet v2.0.0\n`),
    runs: { ...runs, get: "go get example.com/greet@v2.0.0" },
  },
  {
    id: "go-mod-bad-go",
    fault: "the go line is not a version",
    files: goMod("module example.com/service\n\ngo latest\n"),
    runs,
  },
  {
    id: "go-mod-bad-toolchain",
    fault: "the toolchain line is not a toolchain's name",
    files: goMod(`${head}\ntoolchain 1.22\n`),
    runs,
  },
  { id: "go-mod-without-module", fault: "go.mod has no module line", files: goMod("go 1.20\n"), runs },
  { id: "go-mod-empty", fault: "go.mod is empty", files: goMod(""), runs },
  {
    id: "go-mod-two-modules",
    fault: "go.mod has two module lines",
    files: goMod(`${head}\nmodule example.com/other\n`),
    runs,
  },
  { id: "go-mod-two-go-lines", fault: "go.mod has two go lines", files: goMod(`${head}\ngo 1.19\n`), runs },
  {
    id: "go-mod-binary",
    fault: "go.mod was written in UTF-16",
    prepare: (box) => void box.write("go.mod", Buffer.from(`\ufeff${head}`, "utf16le")),
    runs,
  },
  {
    id: "go-mod-bad-module-path",
    fault: "the module's own path has a character that may not be there",
    files: goMod("module example.com/my*service\n\ngo 1.20\n"),
    runs: { ...runs, init: { command: "go mod init example.com/my*service", prepare: (box) => box.remove("go.mod") } },
  },
  {
    id: "go-mod-bad-required-path",
    fault: "a required path's first part has no dot",
    files: goMod(`${head}\nrequire greet v1.0.0\n`),
    runs: { ...runs, get: { command: "go get greet@v1.0.0", files: goMod(head) } },
  },
  {
    id: "go-mod-is-folder",
    fault: "go.mod is a folder",
    prepare: steps(
      (box) => box.remove("go.mod"),
      (box) => void box.folder("go.mod"),
    ),
    runs,
  },
  { id: "import-malformed", fault: "an import path has a space", files: importing("example.com/gr eet"), runs },
  {
    id: "import-upper-scheme",
    fault: "an import path begins with https://",
    files: importing("https://example.com/greet"),
    runs,
  },
  {
    id: "import-without-dot",
    fault: "an import path's first part has no dot and is no standard package",
    files: importing("greet/hello"),
    runs: { ...runs, get: "go get greet/hello", install: "go install greet/hello@latest" },
  },
  {
    id: "import-vendor-path",
    fault: "an import path has vendor in it",
    files: importing("example.com/service/vendor/example.com/greet"),
    runs: { build: "go build ./..." },
  },
];
