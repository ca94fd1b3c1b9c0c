import { must } from "../../namespace.ts";
import type { Cause, Run } from "../../types.ts";
import { needsGreet, writeGoSum } from "../dependencies.ts";

const output = "go build -p=1 -o service .";
const small = "/home/dev/small";
const withTest = { "main_test.go": `package main\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n` };

/** One command for each folder that Go writes to, on a file system that is too small in one way or another. */
function tooSmall(options: string, project: string): Record<string, Run> {
  return {
    gocache: { command: output, env: { GOCACHE: small }, prepare: (box) => box.tmpfs(small, options) },
    "gocache-vet": { command: "go vet ./...", env: { GOCACHE: small }, prepare: (box) => box.tmpfs(small, options) },
    gotmpdir: { command: output, env: { GOTMPDIR: small }, prepare: (box) => box.tmpfs(small, options) },
    "gotmpdir-test": {
      command: "go test ./...",
      files: withTest,
      env: { GOTMPDIR: small },
      prepare: (box) => box.tmpfs(small, options),
    },
    tmp: { command: "go run .", prepare: (box) => box.tmpfs("/tmp", options) },
    gomodcache: {
      command: "go mod download",
      env: { GOMODCACHE: small },
      files: needsGreet,
      prepare: (box) => (writeGoSum(box), box.tmpfs(small, options)),
    },
    "gomodcache-build": {
      command: "go build ./...",
      env: { GOMODCACHE: small },
      files: needsGreet,
      prepare: (box) => (writeGoSum(box), box.tmpfs(small, options)),
    },
    output: { command: output, prepare: (box) => (box.tmpfs(box.project, project), box.files(needsNothing)) },
    tidy: {
      command: "go mod tidy",
      prepare: (box) => (
        box.tmpfs(box.project, project),
        box.files(needsNothing),
        box.write("more.go", `package main\n\nimport _ "example.com/greet"\n`),
        fill(box.project)
      ),
    },
  };
}

const needsNothing = {
  "go.mod": "module example.com/service\n\ngo 1.20\n",
  "main.go": "package main\n\nfunc main() {}\n",
};

/** Writes until nothing more can be written. */
function fill(folder: string): void {
  must("sh", "-c", `i=0; while [ $i -lt 64 ] && echo full > ${folder}/full.$i; do i=$((i + 1)); done 2>/dev/null; :`);
}

/** File systems that are full, or read-only. */
export const disks: readonly Cause[] = [
  {
    id: "disk-full",
    fault: "the file system of a folder that Go writes to has no space left",
    runs: tooSmall("size=64k", "size=64k"),
  },
  { id: "disk-full-at-once", fault: "the same, and it takes not even one file", runs: tooSmall("size=4k", "size=20k") },
  {
    id: "inodes-full",
    fault: "the file system of a folder that Go writes to has no inode left",
    runs: tooSmall("nr_inodes=3", "nr_inodes=5"),
  },
  {
    id: "read-only-file-system",
    fault: "a folder that Go writes to is on a file system mounted read-only",
    runs: {
      project: { command: output, prepare: (box) => box.remount(box.project, "ro") },
      "project-tidy": {
        command: "go mod tidy",
        files: { "more.go": `package main\n\nimport _ "example.com/greet"\n` },
        prepare: (box) => box.remount(box.project, "ro"),
      },
      "project-get": { command: "go get example.com/greet", prepare: (box) => box.remount(box.project, "ro") },
      home: {
        command: output,
        env: { GOCACHE: "/home/dev/other-cache" },
        prepare: (box) => box.remount(box.home, "ro"),
      },
      "home-download": {
        command: "go mod download",
        files: needsGreet,
        prepare: (box) => (writeGoSum(box), box.remount(box.home, "ro")),
      },
      tmp: { command: output, prepare: (box) => box.remount("/tmp", "ro") },
      "tmp-run": { command: "go run .", prepare: (box) => box.remount("/tmp", "ro") },
      "tmp-test": { command: "go test ./...", prepare: (box) => box.remount("/tmp", "ro"), files: withTest },
    },
  },
];
