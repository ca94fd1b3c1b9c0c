import type { CommandText } from "../../types.ts";

export const moduleCommands = {
  "module ci-config": {
    brief: "Write the settings of a module mirror for CI, and check the mirror",
    about:
      "Prints a fragment that can be used as it is: module mode, the mirror first and then each module's own host, the checksum database, private modules, caches. Comments say line by line why; --plain leaves them out. No login is ever written: --netrc shows where a secret is mounted. With --check the mirror is asked what the go command would ask it: exit status 3 where an answer would stop a build.",
    flags: {
      for: "what it is for",
      proxy: "address of the mirror (default: the first of the host's GOPROXY)",
      fallback: "what is asked where the mirror has nothing (default: direct)",
      private: "patterns of private modules, as in GOPRIVATE",
      privateFrom: "where private modules come from: their own hosts, or the mirror too (default: direct)",
      sumdb: "the checksum database (default: sum.golang.org)",
      ca: "a file of certificates in the repository, for hosts of the enterprise",
      netrc: "the mirror or a private host wants a login: mount a netrc as a secret",
      go: "tag of the golang image (default: 1.26)",
      plain: "no comments",
      check: "ask the mirror, and print how it answers",
      module: "a module that the mirror has, for --check (default: golang.org/x/text)",
    },
    examples: [
      {
        line: "medkit module ci-config --for gitlab --proxy https://goproxy.internal --private '*.corp.example'",
        text: "for .gitlab-ci.yml",
      },
      { line: "medkit module ci-config --for docker --netrc --lang zh-CN", text: "explained in Chinese" },
      {
        line: "medkit module ci-config --for systemd --proxy https://goproxy.internal --check",
        text: "is the mirror fit for it?",
      },
    ],
  },
  "module explain": {
    brief: "Explain which mode the go command is in, and what go.sum proves",
    about:
      "Says which mode the go command is in for a folder, and why, step by step: the variable, or the file and its line, that decides; where each import leads, who would be asked for its module and who vouches for it, and what GO111MODULE would change. Read by the rules of the Go that would run (1.20 to 1.26), without starting it; exit status 3 where it would stop, or an import leads nowhere. With --sums: holds every line of go.sum (and go.work.sum) against the checksum database, says what a man in the middle could have changed, and checks the module cache as `go mod verify` does, naming the files. Starts nothing of the project and changes nothing in it. Exit status 4 where something differs from what was published, 3 where something is not proven, 5 where the database could not be asked.",
    args: { dir: "a folder of the module or workspace (default: this one)" },
    flags: {
      package: "where these import paths lead (default: what the folder's package imports)",
      deps: "what those import in turn too, as `go list -deps`",
      go: "as if this version of Go were on PATH",
      sums: "the lines of go.sum",
      all: "list everything: nothing is cut short",
      accept:
        "what is no reason to say no: `exempt` (lines that GOPRIVATE or GONOSUMDB keeps from the database), `missing` (lines that are not there)",
    },
    examples: [
      { line: "medkit module explain", text: "which mode, and why" },
      { line: "medkit module explain --package golang.org/x/text/language", text: "where one import leads" },
      { line: "medkit module explain --go 1.20 service", text: "as an older Go would see the folder service" },
      { line: "medkit module explain --sums", text: "which lines are proven, and what the others leave open" },
      { line: "medkit module explain --sums --accept exempt --json", text: "in CI, with private modules" },
      { line: "medkit module explain --sums --offline", text: "by what the go command has kept of the database" },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
