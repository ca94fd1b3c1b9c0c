import type { CommandText } from "../../types.ts";

const store = "folder of the store (default: as `proxy serve` has it)";
const sumdb = "the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host's)";

export const mirrorCommands = {
  "module mirror sync": {
    brief: "Fetch into the proxy's store all that programs, binaries and lists take",
    about:
      "Reads module graphs as the go command does, shows what the store lacks, then fetches it: the content of every module of the build list, every go.mod that is read on the way, and what proves them. Nothing is stored that the checksum database does not prove. A version that cannot be had holds up no other: it is named at the end, with exit status 5. Afterwards clients need nobody else: the store is a GOPROXY over `file://`, any web server or `medkit proxy serve --offline`, with GOSUMDB on.",
    args: {
      source:
        "a folder with go.mod or go.work, one of these files, a Go binary of any platform, a go.sum, a list of `module@version` lines, or `module@version` itself, also `@latest`, `@v1.2` or a branch (default: this folder)",
    },
    flags: {
      store,
      go: "Go toolchains to fetch besides, such as `1.22.5`",
      platform: "GOOS/GOARCH of these toolchains (default: this host's); modules are the same everywhere",
      wholeGraph: "also the go.mod files that only programs with `go 1.16` or less read; kits are built with it",
      jobs: "versions that are fetched at a time (default 8)",
      upstream: "GOPROXY list to fetch from (default: the host's GOPROXY)",
      sumdb,
    },
    examples: [
      { line: "medkit module mirror sync ./shop ./billing --dry-run", text: "what the store lacks for two programs" },
      {
        line: "medkit module mirror sync --go 1.22.5,1.26.0 --platform linux/amd64,darwin/arm64",
        text: "this folder's modules, and four toolchains",
      },
      {
        line: "medkit module mirror sync /usr/local/bin/gopls golang.org/x/tools@latest",
        text: "what a binary was built of, and a module",
      },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
