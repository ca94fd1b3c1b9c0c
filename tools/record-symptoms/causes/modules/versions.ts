import { answer } from "../../servers.ts";
import type { Cause } from "../../types.ts";
import { all, importsGreet, loading, needsGreet, writeGoSum } from "../dependencies.ts";

const requiring = (path: string, version: string, use = path): Record<string, string> => ({
  "go.mod": `module example.com/service\n\ngo 1.20\n\nrequire ${path} ${version}\n`,
  "main.go": `package main\n\nimport _ "${use}"\n\nfunc main() {}\n`,
});
const hash = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const summed = (path: string, version: string): string =>
  `${path} ${version} ${hash}\n${path} ${version}/go.mod ${hash}\n`;

/** What a public proxy says of a module that it could not clone. */
const cannotClone = `not found: git.internal/team/lib@v1.4.0: invalid version: git ls-remote -q origin in /tmp/gopath/pkg/mod/cache/vcs/3a1b2c: exit status 128:
	fatal: could not read Username for 'https://git.internal': terminal prompts disabled
Confirm the import path was entered correctly.
If this is a private repository, see https://golang.org/doc/faq#git_https for additional information.`;

const replacing = (line: string): Record<string, string> => ({
  ...needsGreet,
  "go.mod": `${needsGreet["go.mod"] ?? ""}\nreplace ${line}\n`,
});

/** Modules and versions that are not what go.mod thinks they are. */
export const versions: readonly Cause[] = [
  {
    id: "replace-folder-missing",
    fault: "go.mod replaces a module by a folder that does not exist",
    files: replacing("example.com/greet => ../greet"),
    prepare: (box) => writeGoSum(box),
    runs: { ...all, vendor: "go mod vendor", verify: "go mod verify" },
  },
  {
    id: "replace-without-go-mod",
    fault: "go.mod replaces a module by a folder without go.mod",
    files: { ...replacing("example.com/greet => ../greet"), "/home/dev/greet/greet.go": "package greet\n" },
    prepare: (box) => writeGoSum(box),
    runs: all,
  },
  {
    id: "replace-not-a-path",
    fault: "go.mod replaces a module by a path that begins with neither ./ nor ../",
    files: replacing("example.com/greet => greet"),
    runs: { build: "go build ./...", tidy: "go mod tidy" },
  },
  {
    id: "replace-other-module",
    fault: "go.mod replaces a module by a folder whose go.mod names a third one",
    files: {
      ...replacing("example.com/greet => ../greet"),
      "/home/dev/greet/go.mod": "module example.com/other\n\ngo 1.20\n",
      "/home/dev/greet/greet.go": "package greet\n\nfunc Hello(s string) string { return s }\n",
    },
    prepare: (box) => writeGoSum(box),
    runs: { build: "go build ./...", tidy: "go mod tidy" },
  },
  {
    id: "private-module",
    fault: "a private module is asked of a public proxy, which answers 404 with git's own words",
    files: requiring("git.internal/team/lib", "v1.4.0"),
    prepare: (box) => {
      box.write("go.sum", summed("git.internal/team/lib", "v1.4.0"));
      box.servers.handler = answer(404, cannotClone);
    },
    runs: { ...all, get: "go get git.internal/team/lib", install: "go install git.internal/team/lib@latest" },
  },
  {
    id: "private-module-gone",
    fault: "the same, with 410",
    files: requiring("git.internal/team/lib", "v1.4.0"),
    prepare: (box) => {
      box.write("go.sum", summed("git.internal/team/lib", "v1.4.0"));
      box.servers.handler = answer(410, cannotClone);
    },
    runs: { build: "go build ./...", tidy: "go mod tidy", get: "go get git.internal/team/lib" },
  },
  {
    id: "version-not-found",
    fault: "go.mod requires a version that the proxy does not have (404)",
    files: { ...needsGreet, "go.mod": (needsGreet["go.mod"] ?? "").replace("v1.2.0", "v1.9.0") },
    prepare: (box) => writeGoSum(box, (sum) => sum + summed("example.com/greet", "v1.9.0")),
    runs: { ...all, get: "go get example.com/greet@v1.9.1" },
  },
  {
    id: "version-gone",
    fault: "the proxy says that the version is gone (410)",
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      const { servers } = box;
      servers.handler = (request, response) => {
        if (request.url?.includes("/greet/@v/v1.2.0") === true)
          answer(410, "gone: this version was withdrawn")(request, response);
        else servers.honest(request, response);
      };
    },
    runs: { ...all, get: "go get example.com/greet@v1.2.0" },
  },
  {
    id: "zip-gone",
    fault: "the proxy has a version's go.mod and no longer its zip (404)",
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      const { servers } = box;
      servers.handler = (request, response) => {
        if (request.url?.endsWith("/greet/@v/v1.2.0.zip") === true)
          answer(404, "not found: no such file in this proxy")(request, response);
        else servers.honest(request, response);
      };
    },
    runs: { ...loading, download: "go mod download", tidy: "go mod tidy" },
  },
  {
    id: "query-without-match",
    fault: "a version is asked for that no published one matches",
    files: importsGreet,
    runs: {
      get: "go get example.com/greet@v1.9",
      major: "go get example.com/greet@v2",
      branch: "go get example.com/greet@main",
      range: "go get example.com/greet@>v3",
      list: "go list -m example.com/greet@v1.9",
      install: "go install example.com/greet@v1.9.9",
      package: "go get example.com/greet/extra",
    },
  },
  {
    id: "all-retracted",
    fault: "every version of a module is retracted",
    runs: { get: "go get example.com/withdrawn", install: "go install example.com/withdrawn@latest" },
  },
  {
    id: "wrong-case",
    fault: "a module is required with another case than its own go.mod has",
    files: requiring("example.com/upper", "v1.0.0"),
    prepare: (box) => {
      box.write("go.sum", summed("example.com/upper", "v1.0.0"));
      const { servers } = box;
      servers.handler = (request, response) => {
        const body = servers.find((request.url ?? "").replace("/upper/", "/!upper/"));
        if (body === undefined) servers.honest(request, response);
        else response.end(body);
      };
    },
    runs: {
      get: {
        command: "go get example.com/upper@v1.0.0",
        env: { GOSUMDB: "off" },
        files: { "go.mod": "module example.com/service\n\ngo 1.20\n" },
      },
      tidy: { command: "go mod tidy", env: { GOSUMDB: "off" }, prepare: (box) => box.remove("go.sum") },
      build: { command: "go build -mod=mod ./...", env: { GOSUMDB: "off" }, prepare: (box) => box.remove("go.sum") },
    },
  },
  {
    id: "case-collision",
    fault: "two packages differ in case only, and both are imported",
    files: {
      "Store/s.go": "package store\n",
      "store/s.go": "package store\n",
      "main.go": `package main\n\nimport (\n\t_ "example.com/service/Store"\n\t_ "example.com/service/store"\n)\n\nfunc main() {}\n`,
    },
    runs: { ...loading, tidy: "go mod vendor" },
  },
  {
    id: "case-collision-files",
    fault: "a module's zip has two files whose names differ in case only",
    files: requiring("example.com/collide", "v1.0.0"),
    prepare: (box) => void box.write("go.sum", box.servers.goSum("example.com/collide@v1.0.0")),
    runs: { build: "go build ./...", download: "go mod download", tidy: "go mod tidy" },
  },
  {
    id: "ambiguous-import",
    fault: "a package is in two of the required modules",
    files: {
      ...requiring("example.com/nested", "v0.9.0", "example.com/nested/part"),
      "go.mod":
        "module example.com/service\n\ngo 1.20\n\nrequire (\n\texample.com/nested v0.9.0\n\texample.com/nested/part v1.0.0\n)\n",
    },
    prepare: (box) =>
      void box.write("go.sum", box.servers.goSum("example.com/nested@v0.9.0", "example.com/nested/part@v1.0.0")),
    runs: { ...loading, tidy: "go mod tidy", get: "go get example.com/nested/part" },
  },
  {
    id: "package-not-in-module",
    fault: "a package is imported that its module, which is required, does not have",
    files: { ...needsGreet, "more.go": `package main\n\nimport _ "example.com/greet/extra"\n` },
    prepare: (box) => writeGoSum(box),
    runs: {
      ...loading,
      tidy: "go mod tidy",
      get: "go get example.com/greet/extra",
      vendor: "go mod vendor",
      modmod: "go build -mod=mod ./...",
    },
  },
  {
    id: "module-names-itself-otherwise",
    fault: "a module's go.mod has another path than it is required by",
    files: requiring("example.com/alias", "v1.0.0"),
    prepare: (box) => void box.write("go.sum", box.servers.goSum("example.com/alias@v1.0.0")),
    runs: {
      build: "go build ./...",
      tidy: "go mod tidy",
      get: "go get example.com/alias@v1.0.0",
      install: "go install example.com/alias@latest",
    },
  },
  {
    id: "install-with-replace",
    fault: "a program's own go.mod has a replace directive, and it is installed by version",
    runs: { install: "go install example.com/replacing@v1.0.0" },
  },
  {
    id: "install-not-main",
    fault: "a package that is no program is installed by version",
    runs: { install: "go install example.com/greet@v1.0.0" },
  },
];
