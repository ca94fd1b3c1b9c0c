import { LIST_DEPS } from "../../projects.ts";
import type { Cause } from "../../types.ts";

const tail = /^(?:runtime stack:|goroutine \d|\[?goroutine )/;
const output = "go build -p=1 -o service .";
/** A package that takes the compiler some hundreds of megabytes. */
const large = `package main\n\n${Array.from({ length: 1500 }, (_, n) => `func f${n}(a, b, c map[string][]string) map[string][]string {\n\tfor k, v := range a {\n\t\tb[k] = append(v, c[k]...)\n\t\tdefer delete(c, k)\n\t}\n\treturn b\n}\n`).join("\n")}`;

/** What the kernel does not let a process have. */
export const limits: readonly Cause[] = [
  {
    id: "too-many-open-files",
    fault: "a process may have few open files (ulimit -n)",
    runs: {
      build: { command: output, limits: ["--nofile=8"], cut: tail },
      test: { command: "go test ./...", limits: ["--nofile=8"], cut: tail },
      list: { command: LIST_DEPS, limits: ["--nofile=8"], cut: tail },
      fewer: { command: output, limits: ["--nofile=6"], cut: tail },
      least: { command: output, limits: ["--nofile=4"], cut: tail },
      compile: { command: "go build -p=1 -a -o service .", limits: ["--nofile=10"], cut: tail },
    },
  },
  {
    id: "too-many-processes",
    fault: "a user may have few processes and threads (ulimit -u)",
    runs: {
      build: { command: output, limits: ["--nproc=1"], cut: tail },
      some: { command: output, limits: ["--nproc=8"], cut: tail },
      shell: { command: ["dash", "-c", output], limits: ["--nproc=1"], cut: tail },
      bash: { command: ["bash", "-c", `${output}; exit $?`], limits: ["--nproc=1"], cut: tail },
    },
  },
  {
    id: "address-space-limited",
    fault: "a process may have little address space (ulimit -v)",
    runs: {
      least: { command: output, limits: ["--as=100000000"], cut: tail },
      less: { command: output, limits: ["--as=500000000"], cut: tail },
      compile: { command: output, limits: ["--as=900000000"], files: { "large.go": large }, cut: tail },
      version: { command: "go version", limits: ["--as=100000000"], cut: tail },
    },
  },
  {
    id: "memory-kills-compile",
    fault: "a control group's memory does not suffice for compile, and the kernel kills it",
    memory: 90_000_000,
    files: { "large.go": large },
    runs: { build: output, vet: "go vet ./...", test: "go test ./..." },
  },
  {
    id: "memory-kills-link",
    fault: "a control group's memory does not suffice for link, and the kernel kills it",
    memory: 33_000_000,
    runs: { build: output, run: "go run ." },
  },
  {
    id: "memory-kills-go",
    fault: "a control group's memory does not suffice for go itself",
    memory: 6_000_000,
    runs: { build: output, shell: ["bash", "-c", `${output}; exit $?`] },
  },
  {
    id: "file-size-limited",
    fault: "a process may write small files only (ulimit -f)",
    runs: {
      build: { command: output, limits: ["--fsize=100000"], cut: tail },
      run: { command: "go run .", limits: ["--fsize=100000"], cut: tail },
    },
  },
  {
    id: "processor-time-limited",
    fault: "a process may use little processor time (ulimit -t)",
    files: { "large.go": large },
    runs: { build: { command: output, limits: ["--cpu=1"], cut: tail } },
  },
];
