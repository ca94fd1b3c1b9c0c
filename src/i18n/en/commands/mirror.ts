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
      go: "Go toolchains to fetch besides: `1.22.5`, `1.22` or `latest`",
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
  "module mirror list": {
    brief: "List what the proxy's store holds, how big it is, and when it was used",
    about:
      "By module, or with --versions by version, with what proved it and where it came from. When it was used is what `proxy serve` remembers of its clients. Nothing is proven again: that is what `module mirror verify` is for.",
    args: { pattern: "patterns of module paths as in GOPRIVATE, such as `golang.org/x` (default: all)" },
    flags: {
      store,
      versions: "one line a version",
      unusedFor: "only what was neither used nor stored for so long, such as `720h`",
    },
    examples: [
      { line: "medkit module mirror list", text: "modules, with number of versions and size" },
      {
        line: "medkit module mirror list golang.org/x --versions",
        text: "each version, who proved it, when it was used",
      },
      {
        line: "medkit module mirror list --unused-for 2160h --json",
        text: "what nobody has asked for in three months",
      },
    ],
  },
  "module mirror verify": {
    brief: "Read all of the proxy's store, and name every file that is not as it was proven",
    about:
      "Hashes each file again and holds it against its proof, the proof against the record of the checksum database, and the record against the signed tree head, all from the store, with no network. Finds changed, cut, missing and unknown files, torn proofs, tiles that do not verify, and lists that do not say what is there. Exit status 4 where anything is found.",
    flags: {
      store,
      repair:
        "take away what is damaged, prove anew what has no proof, and fetch again what is missing (with --offline: only take away)",
      upstream: "GOPROXY list to fetch from, for --repair (default: the host's GOPROXY)",
      sumdb,
    },
    examples: [
      { line: "medkit module mirror verify --store /srv/modules", text: "before a disk is trusted" },
      { line: "medkit module mirror verify --repair", text: "and put it in order" },
    ],
  },
  "module mirror prune": {
    brief: "Take out of the proxy's store what nobody uses",
    about:
      "Removes the longest unused versions until the rest fits, or all that were not used or are older than given. Of a version whose go.mod module graphs still ask for, only the content goes. Shows the plan with --dry-run. The proof goes first, so that nothing half is served, also after a kill; what is being sent comes to its end. A running proxy does the same by itself with `quota:` in its configuration.",
    args: { pattern: "only modules of these paths, patterns as in GOPRIVATE (default: all)" },
    flags: {
      store,
      keep: "how much may stay, such as `50GiB`",
      unusedFor: "what was neither used nor stored for so long goes, such as `2160h`",
      olderThan: "what was stored so long ago goes, used or not",
      keepFor: "what these need stays in every case: go.mod files, folders, binaries, lists, as `sync` takes them",
    },
    examples: [
      { line: "medkit module mirror prune --keep 50GiB --dry-run", text: "what would go" },
      {
        line: "medkit module mirror prune --unused-for 2160h --keep-for ./shop,pinned.txt",
        text: "three months unused, but nothing that is pinned",
      },
    ],
  },
  "module mirror merge": {
    brief: "Take a kit's modules, or another tree's, into the proxy's store, with no network",
    about:
      "A kit is checked first. Then each version that the store lacks is proven by the record that the kit carries, in the newest signed tree head of the two, its bytes are hashed, and it is stored. The database's files are left in that one head. What only the kit's signature vouches for, and what cannot be proven with what both hold, is named and not stored; exit status 5.",
    args: { path: "a kit, packed or unpacked, or a folder that is a GOPROXY tree with `sumdb/`" },
    flags: { store, sumdb },
    examples: [
      {
        line: "medkit module mirror merge go-emergency-kit-v1.2.tgz --store /srv/modules",
        text: "what a kit brought into the closed network",
      },
      {
        line: "medkit module mirror merge /mnt/usb/modules --dry-run",
        text: "what another store has that this one lacks",
      },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
