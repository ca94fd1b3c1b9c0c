import type { CommandText } from "../../types.ts";

export const moduleCommands = {
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
