import { LIST_DEPS } from "../../projects.ts";
import type { Cause } from "../../types.ts";
import { all, loading, needsGreet, writeGoSum } from "../dependencies.ts";

const other = {
  "/home/dev/other/go.mod": "module example.com/other\n\ngo 1.20\n",
  "/home/dev/other/other.go": "package other\n",
};
const sync = { sync: "go work sync" } as const;

/** go.work and GOWORK. */
export const workspace: readonly Cause[] = [
  {
    id: "work-excludes-module",
    fault: "a go.work in a parent folder does not use this module",
    files: { ...other, "/home/dev/go.work": "go 1.20\n\nuse ./other\n" },
    runs: { ...all, ...sync, folder: "go build .", file: "go build main.go", get: "go get example.com/greet" },
  },
  {
    id: "work-newer-go",
    fault: "go.work asks for Go 1.99",
    files: { "/home/dev/go.work": "go 1.99\n\nuse ./service\n" },
    runs: { ...all, ...sync, version: "go version", env: "go env GOWORK" },
  },
  {
    id: "work-file-missing",
    fault: "GOWORK names a file that does not exist",
    env: { GOWORK: "/home/dev/elsewhere/go.work" },
    runs: { ...all, ...sync },
  },
  {
    id: "work-folder-missing",
    fault: "go.work uses a folder that does not exist",
    files: { "/home/dev/go.work": "go 1.20\n\nuse (\n\t./service\n\t./gone\n)\n" },
    runs: { ...all, ...sync },
  },
  {
    id: "work-older-than-module",
    fault: "go.work says an older Go than a module that it uses",
    since: "1.21",
    files: { "go.mod": "module example.com/service\n\ngo 1.21\n", "/home/dev/go.work": "go 1.20\n\nuse ./service\n" },
    runs: { ...loading, ...sync, tidy: "go mod tidy" },
  },
  {
    id: "work-path-relative",
    fault: "GOWORK is a relative path",
    env: { GOWORK: "../go.work" },
    files: { "/home/dev/go.work": "go 1.20\n\nuse ./service\n" },
    runs: { build: "go build ./..." },
  },
  {
    id: "work-malformed",
    fault: "go.work does not parse",
    files: { "/home/dev/go.work": "go 1.20\n\nuses ./service\n" },
    runs: { build: "go build ./...", ...sync },
  },
  {
    id: "work-same-module-twice",
    fault: "go.work uses two folders of the same module",
    files: {
      "/home/dev/copy/go.mod": "module example.com/service\n\ngo 1.20\n",
      "/home/dev/go.work": "go 1.20\n\nuse (\n\t./service\n\t./copy\n)\n",
    },
    runs: { build: "go build ./..." },
  },
  {
    id: "work-replace-conflict",
    fault: "two modules of the workspace replace the same module differently",
    files: {
      ...needsGreet,
      "go.mod": `${needsGreet["go.mod"] ?? ""}\nreplace example.com/greet => ../greet\n`,
      "/home/dev/other/go.mod":
        "module example.com/other\n\ngo 1.20\n\nrequire example.com/greet v1.2.0\n\nreplace example.com/greet => ../fork\n",
      "/home/dev/other/other.go": "package other\n",
      "/home/dev/go.work": "go 1.20\n\nuse (\n\t./service\n\t./other\n)\n",
    },
    runs: { build: "go build ./..." },
  },
  {
    id: "work-with-mod-flag",
    fault: "GOFLAGS=-mod=mod in a workspace",
    env: { GOFLAGS: "-mod=mod" },
    files: { "/home/dev/go.work": "go 1.20\n\nuse ./service\n" },
    runs: { ...loading, tidy: "go mod tidy" },
  },
  {
    id: "work-with-modfile-flag",
    fault: "GOFLAGS=-modfile in a workspace",
    env: { GOFLAGS: "-modfile=go.alt.mod" },
    files: {
      "go.alt.mod": "module example.com/service\n\ngo 1.20\n",
      "/home/dev/go.work": "go 1.20\n\nuse ./service\n",
    },
    runs: { build: "go build ./...", tidy: "go mod tidy" },
  },
  {
    id: "work-off-hides-sibling",
    fault: "GOWORK=off, and a module of the workspace is nowhere else",
    env: { GOWORK: "off" },
    files: {
      "go.mod": "module example.com/service\n\ngo 1.20\n\nrequire example.com/other v0.0.0\n",
      "main.go": `package main\n\nimport _ "example.com/other"\n\nfunc main() {}\n`,
      ...other,
      "/home/dev/go.work": "go 1.20\n\nuse (\n\t./service\n\t./other\n)\n",
    },
    runs: { ...all, ...sync },
  },
  {
    id: "work-vendor-inconsistent",
    fault: "the workspace's vendor folder is of an earlier go.mod",
    since: "1.22",
    files: { ...needsGreet, "/home/dev/go.work": "go 1.22\n\nuse ./service\n" },
    prepare: async (box) => {
      writeGoSum(box);
      await box.asDev("go work vendor");
      box.edit("go.mod", (text) => text.replace("greet v1.2.0", "greet v1.1.0"));
      box.write("go.sum", box.servers.goSum("example.com/color@v1.0.0", "example.com/greet@v1.1.0"));
    },
    runs: { build: "go build ./...", test: "go test ./...", list: LIST_DEPS },
  },
];
