import { chmodSync, chownSync } from "node:fs";
import { must } from "../../namespace.ts";
import type { Cause } from "../../types.ts";
import { needsGreet, writeGoSum } from "../dependencies.ts";

const output = "go build -p=1 -o service .";
const building = { build: output, test: "go test -p=1 ./...", vet: "go vet ./...", run: "go run ." } as const;
const asking = { version: "go version", list: "go list ./...", tidy: "go mod tidy", env: "go env GOCACHE" } as const;
const withTest = { "main_test.go": `package main\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n` };

/** Folders that Go cannot use. */
export const storage: readonly Cause[] = [
  {
    id: "gocache-not-writable",
    fault: "GOCACHE is of another user",
    env: { GOCACHE: "/opt/cache" },
    prepare: (box) => void box.folder("/opt/cache"),
    runs: { ...building, ...asking, install: "go install ." },
  },
  {
    id: "gocache-parent-not-writable",
    fault: "GOCACHE does not exist, and its parent is of another user",
    env: { GOCACHE: "/opt/cache/go-build" },
    prepare: (box) => void box.folder("/opt/cache"),
    runs: { ...building, ...asking },
  },
  {
    id: "gocache-partly-of-root",
    fault: "folders in GOCACHE were made by root",
    prepare: (box) => void must("chown", "-R", "0:0", box.folder("/home/dev/.cache/go-build")),
    files: { "main.go": "package main\n\nfunc main() { println(42) }\n" },
    runs: building,
  },
  {
    id: "gocache-unreadable",
    fault: "folders in GOCACHE may not be entered",
    prepare: (box) => void must("chmod", "-R", "a-rwx", box.folder("/home/dev/.cache/go-build")),
    runs: building,
  },
  {
    id: "gocache-off",
    fault: "GOCACHE=off",
    env: { GOCACHE: "off" },
    runs: { ...building, ...asking, install: "go install ." },
  },
  {
    id: "gocache-relative",
    fault: "GOCACHE is a relative path",
    env: { GOCACHE: "cache" },
    runs: { ...building, ...asking },
  },
  {
    id: "gocache-is-file",
    fault: "GOCACHE is a file",
    env: { GOCACHE: "/home/dev/cache-file" },
    prepare: (box) => void box.write("/home/dev/cache-file", ""),
    runs: { ...building, ...asking },
  },
  {
    id: "gocacheprog-missing",
    fault: "GOCACHEPROG names a program that does not exist",
    since: "1.24",
    env: { GOCACHEPROG: "/opt/missing/cache" },
    runs: building,
  },
  {
    id: "home-unset",
    fault: "HOME is not set",
    env: { HOME: undefined },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: {
      ...building,
      ...asking,
      download: "go mod download",
      "with-gocache": { command: "go build ./...", env: { GOCACHE: "/tmp/cache" } },
      "with-gopath": { command: "go build ./...", env: { GOPATH: "/tmp/go" } },
      install: { command: "go install .", env: { GOCACHE: "/tmp/cache", GOMODCACHE: "/tmp/mod" } },
    },
  },
  {
    id: "home-missing",
    fault: "HOME is a folder that does not exist and cannot be made",
    env: { HOME: "/nonexistent" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: { ...building, ...asking, download: "go mod download" },
  },
  {
    id: "home-not-writable",
    fault: "HOME is of another user",
    env: { HOME: "/opt/home" },
    files: needsGreet,
    prepare: (box) => (writeGoSum(box), void box.folder("/opt/home")),
    runs: { ...building, ...asking, download: "go mod download" },
  },
  { id: "home-relative", fault: "HOME is a relative path", env: { HOME: "home" }, runs: building },
  {
    id: "xdg-cache-relative",
    fault: "XDG_CACHE_HOME is a relative path",
    env: { XDG_CACHE_HOME: "cache" },
    runs: building,
  },
  {
    id: "xdg-cache-not-writable",
    fault: "XDG_CACHE_HOME is of another user",
    env: { XDG_CACHE_HOME: "/opt/cache" },
    prepare: (box) => void box.folder("/opt/cache"),
    runs: building,
  },
  {
    id: "tmpdir-missing",
    fault: "TMPDIR names a folder that does not exist",
    env: { TMPDIR: "/opt/missing" },
    runs: { ...building, ...asking, install: "go install ." },
  },
  {
    id: "tmpdir-not-writable",
    fault: "TMPDIR is of another user",
    env: { TMPDIR: "/opt/tmp" },
    prepare: (box) => void box.folder("/opt/tmp"),
    runs: building,
  },
  {
    id: "tmpdir-is-file",
    fault: "TMPDIR is a file",
    env: { TMPDIR: "/home/dev/tmp-file" },
    prepare: (box) => void box.write("/home/dev/tmp-file", ""),
    runs: building,
  },
  {
    id: "tmpdir-noexec",
    fault: "/tmp is mounted noexec",
    files: withTest,
    prepare: (box) => box.remount("/tmp", "noexec"),
    runs: {
      run: "go run .",
      test: "go test ./...",
      generate: { command: "go generate ./...", files: { "gen.go": "package main\n\n//go:generate go run .\n" } },
      build: "go build -o service .",
    },
  },
  {
    id: "gotmpdir-missing",
    fault: "GOTMPDIR names a folder that does not exist",
    env: { GOTMPDIR: "/opt/missing" },
    runs: building,
  },
  {
    id: "output-not-writable",
    fault: "the project's folder is of another user",
    files: withTest,
    prepare: (box) => {
      for (const path of [".", "go.mod", "main.go", "main_test.go"]) chownSync(box.path(path), 0, 0);
    },
    runs: {
      build: "go build .",
      named: "go build -o service .",
      folder: "go build -o bin/ .",
      "test-binary": "go test -c .",
      cover: "go test -coverprofile=cover.out .",
      vendor: "go mod vendor",
      init: "go work init .",
    },
  },
  {
    id: "output-is-running",
    fault: "the file to be written is a program that runs",
    prepare: async (box) => {
      must("cp", "/bin/sleep", box.path("service"));
      chownSync(box.path("service"), 1000, 1000);
      must("sh", "-c", `${box.path("service")} 3 >/dev/null 2>&1 &`);
    },
    runs: { build: "go build -o service ." },
  },
  {
    id: "output-is-folder",
    fault: "where the program is to be written there is a folder with its name",
    prepare: (box) => void box.folder("service"),
    runs: {
      build: "go build .",
      file: {
        command: "go build -o program ./...",
        files: { "tool/main.go": "package main\n\nfunc main() {}\n", program: "" },
      },
    },
  },
  {
    id: "source-unreadable",
    fault: "dev may not read a source file",
    prepare: () => chmodSync("/home/dev/service/main.go", 0o000),
    runs: { ...building, list: "go list ./...", tidy: "go mod tidy" },
  },
  {
    id: "folder-unreadable",
    fault: "dev may not enter a folder of the project",
    prepare: (box) => {
      box.write("store/store.go", "package store\n");
      chmodSync(box.path("store"), 0o000);
    },
    runs: { build: "go build ./...", test: "go test ./...", list: "go list ./...", tidy: "go mod tidy" },
  },
  {
    id: "folder-gone",
    fault: "the working folder was removed under the shell's feet",
    runs: {
      build: ["dash", "-c", "mkdir gone && cd gone && rmdir ../gone && go build ./..."],
      version: ["dash", "-c", "mkdir gone && cd gone && rmdir ../gone && go version"],
      tidy: ["dash", "-c", "mkdir gone && cd gone && rmdir ../gone && go mod tidy"],
    },
  },
  {
    id: "umask-strict",
    fault: "the umask takes away the owner's own rights",
    files: { "main.go": "package main\n\nfunc main() { println(43) }\n" },
    runs: {
      "777": ["dash", "-c", "umask 0777 && go build ./..."],
      "777-run": ["dash", "-c", "umask 0777 && go run ."],
      "177": ["dash", "-c", "umask 0177 && go run ."],
      "477": ["dash", "-c", "umask 0477 && go build ./..."],
      download: {
        command: ["dash", "-c", "umask 0777 && go mod download"],
        files: needsGreet,
        prepare: (box) => writeGoSum(box),
      },
    },
  },
];
