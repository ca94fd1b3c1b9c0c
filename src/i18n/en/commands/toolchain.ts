import type { CommandText } from "../../types.ts";

const version = "`1.22.5`, `1.26rc1`, a language version (`1.22`: its newest patch), `latest` or `oldstable`";
const installedVersion = "an installed version; `1.22` and `latest` are the newest installed one of that kind";

const trustWords = {
  trust:
    "the least evidence that counts: `sha256`, `openpgp`, `checksum-database` (default) or `rebuilt`; MEDKIT_TRUST and `trust:` in medkit.yaml set it for all commands",
  checksums: "a list of checksums in the form of go.dev/dl/?mode=json: a file of your own, or a URL",
  signature: "the archive's detached OpenPGP signature (default: the `.asc` beside it)",
};

export const toolchainCommands = {
  "toolchain list": {
    brief: "List the toolchains that are installed, and those that could be",
    flags: {
      remote: "ask the module proxy which versions there are",
      found:
        "list the Gos of this host that others have installed: archives, distributions, `~/sdk`, the go command, mise, asdf, goenv, gvm and more",
      platform: "only toolchains for this GOOS/GOARCH (default for what can be installed: this host's)",
      kit: "a kit, packed or unpacked, whose toolchains are listed too (default: the active one)",
    },
    examples: [
      { line: "medkit toolchain list", text: "what is installed; a star marks the current one" },
      { line: "medkit toolchain list --found", text: "what else is on this host; nothing is started" },
      { line: "medkit toolchain list --remote --platform darwin/arm64", text: "what can be had for a Mac" },
    ],
  },
  "toolchain install": {
    brief: "Install a Go toolchain, proven by the checksum database or by what you demand",
    about:
      "Takes it from the active kit, the module cache, the module proxy or the download site, whichever has it first, and unpacks it into medkit's read-only store. It appears there complete or not at all, and only if the hash of its tree is the one that the checksum database holds, or with --trust, if the archive has that evidence. A checksum or signature that is at hand and contradicts is refused in every case. Many versions and platforms lie side by side.",
    args: { version },
    flags: {
      platform: "GOOS/GOARCH (default: this host's)",
      source:
        "where to take it from, in this order: a kit, archive, module zip or GOROOT by its path, `module-cache`, `proxy`, `download`, a URL of a module proxy, or `download+URL`",
      ...trustWords,
    },
    examples: [
      { line: "medkit toolchain install 1.22", text: "the newest patch of Go 1.22, and which one that is" },
      {
        line: "medkit toolchain install 1.21.13 --source ./go-emergency-kit --offline",
        text: "out of a kit, with no network",
      },
      {
        line: "medkit toolchain install 1.22.5 --trust openpgp --source ./archives --offline",
        text: "an archive and its `.asc` in a folder, where no checksum database is",
      },
    ],
  },
  "toolchain adopt": {
    brief: "Take over a Go that somebody else has installed, after proving it",
    about:
      "Verifies the tree by the checksum database, as `toolchain verify` does. Then puts a copy of it into medkit's read-only store, exactly as published, or only a link. The original is never changed, also not by `toolchain remove`. A linked tree is compared again, briefly, before each use.",
    args: { toolchain: "the folder of a GOROOT, or a version among those that `toolchain list --found` shows" },
    flags: {
      copy: "copy it (the default): it stays, whatever becomes of the original",
      link: "only link to it: no space is needed, and it goes when the original goes",
      platform: "the GOOS/GOARCH that is meant (default: this host's)",
      trust: "demand at least this evidence; what is adopted has `checksum-database`",
      accept:
        "differences that are no reason to say no: `local-go-env`; for a copy also `extra`, files that are left behind",
      kit: "a kit to take proof and published copy from",
    },
    examples: [
      { line: "medkit toolchain adopt ~/sdk/go1.22.5", text: "a copy, proven" },
      { line: "medkit toolchain adopt 1.22 --link", text: "the newest Go 1.22 of this host, where it lies" },
    ],
  },
  "toolchain use": {
    brief: "Switch the user's `go` to an installed version",
    about:
      "Replaces one symbolic link, `current` in medkit's home, in one step: builds that run go on with their version, and nobody ever finds no `go`. PATH has `current/bin`.",
    args: { version: installedVersion },
    flags: {
      system:
        "lead /usr/local/go and /usr/local/bin/go to it too, for all users; what stood there is kept (MEDKIT_SYSTEM_PREFIX: another folder than /usr/local)",
      restore: "put back what stood at the system's places before `--system`",
    },
    examples: [
      { line: "medkit toolchain use 1.22.5", text: "from now on, in every shell" },
      { line: "medkit toolchain use latest --system --home /opt/medkit", text: "for everybody on this host, as root" },
    ],
  },
  "toolchain env": {
    brief: "Print the variables under which an installed Go version is used",
    about:
      "Lines for a POSIX shell, to be evaluated: GOROOT, GOTOOLCHAIN=local, and the version's `bin` in front of PATH.",
    args: { version: installedVersion },
    examples: [{ line: "medkit toolchain env 1.22.5 --json", text: "for a program" }],
  },
  "toolchain remove": {
    brief: "Remove an installed toolchain",
    about: "It goes in one step; its files follow. One that `current` or the system's Go leads to is refused.",
    args: { version: installedVersion },
    flags: { platform: "GOOS/GOARCH (default: this host's)" },
    examples: [{ line: "medkit toolchain remove 1.21.13", text: "this host's" }],
  },
  "toolchain prune": {
    brief: "Remove the toolchains that a newer patch has superseded",
    about:
      "Of each language version and platform the newest stays; so does what `current`, the system's Go, this folder's project or --keep asks for. What is kept of interrupted downloads goes too.",
    flags: { keep: "versions to keep besides" },
    examples: [{ line: "medkit toolchain prune --keep 1.21.4 --dry-run", text: "what would go" }],
  },
  "toolchain pin": {
    brief: "Pin this project's Go version in a file",
    about:
      "Writes the `toolchain` line of the nearest go.mod, or another file that tools read. A pin names one release: `1.22` and `latest` are resolved among what is installed.",
    args: { version: "a release such as `1.22.5`, or `1.22`, `latest` and `oldstable` of what is installed" },
    flags: { in: "which file (default: go.mod)" },
    examples: [
      { line: "medkit toolchain pin 1.22.5", text: "in go.mod" },
      { line: "medkit toolchain pin latest --in .go-version", text: "where goenv, mise and CI actions look" },
    ],
  },
  "toolchain lock": {
    brief: "Write version and hash of the project's Go into medkit.lock, for every platform of a team",
    about:
      "The hashes are those of the checksum database, proven; nothing is downloaded. `toolchain install` refuses what differs from the nearest medkit.lock. The version is the given one, else the one that counts in this folder.",
    args: { version },
    flags: { platform: "GOOS/GOARCH, several with commas (default: those that are in the file, else this host's)" },
    examples: [
      { line: "medkit toolchain lock 1.22.5 --platform linux/amd64,darwin/arm64", text: "for a server and a Mac" },
      { line: "medkit toolchain lock", text: "after the pin was moved" },
    ],
  },
  "toolchain verify": {
    brief: "Prove an installed Go, file by file, or a published archive",
    about:
      "Computes the hash of the tree as the module zip's and holds it against the proven record of this version and platform. Where it differs, a published copy from the store, a kit, the module cache or a proxy says which files were changed, are missing, or were added. Starts nothing of what it checks. Exit status 4 for any difference that is not accepted.",
    args: {
      toolchain: "an installed version, the folder of any GOROOT, such as `/usr/local/go`, or a published archive",
    },
    flags: {
      platform: "the GOOS/GOARCH that is meant where a tree has tools for several (default: this host's)",
      kit: "a kit to take proof and published copy from",
      archive:
        "the published archive that the tree was unpacked from: compared file by file, after it was held against its own checksum and signature",
      ...trustWords,
      accept: "differences that are no reason to say no: `local-go-env`",
    },
    examples: [
      {
        line: "medkit toolchain verify go1.22.5.linux-amd64.tar.gz --checksums checksums.json",
        text: "an archive: checksum, signature, checksum database",
      },
      { line: "medkit toolchain verify /usr/local/go", text: "is this the Go that everybody else has?" },
      { line: "medkit toolchain verify /usr/lib/go --accept local-go-env", text: "with a distribution's own setting" },
    ],
  },
  "toolchain current": {
    brief: "Say which Go version counts in this folder",
    about:
      "GOTOOLCHAIN, then `toolchain` and `go` of go.work or go.mod, .go-version, .tool-versions, mise.toml, and what the user switched to: the first that names a version decides; the `go` line is a minimum for those after it.",
    flags: { explain: "show every place that asks for a version, and what became of it" },
    examples: [{ line: "medkit toolchain current --explain", text: "why this one, and not that one" }],
  },
  "toolchain exec": {
    brief: "Run a command with an installed Go version",
    about:
      "Puts the version's `bin` in front of PATH and sets GOROOT and GOTOOLCHAIN=local for this command only. Its output, input, signals and exit status are its own.",
    args: { version: installedVersion },
    examples: [{ line: "medkit toolchain exec 1.21 -- go test ./...", text: "the tests with another Go" }],
  },
  "shell-init": {
    brief: "Print what a shell's start-up file needs for switched toolchains",
    about:
      "Puts `current/bin` on PATH, and clears the shell's memory of where commands are after a switch. Write the output to a file and source that: then it costs next to nothing at start-up, and nothing at a prompt.",
    args: { shell: "which shell" },
    examples: [
      { line: "medkit shell-init bash", text: "put the output into a file, and source that file in ~/.bashrc" },
      { line: "medkit shell-init fish", text: "put the output into ~/.config/fish/conf.d/medkit.fish" },
    ],
  },
  "toolchain rebuild": {
    brief: "Make a Go toolchain from source, and find out whether it is the published one",
    about:
      "Takes the source out of another port's toolchain of the same version, proven by the checksum database, compiles it with a Go that is proven too, and holds the result's hash against the database. The published programs for a Mac carry Apple's signature, so their hash cannot come out of a rebuild: give the published archive with `--reference`, and they are compared without signatures. What can be compared with nothing is labelled `rebuilt-unmatched`, and `--trust` never accepts it. Takes minutes: 5 to 10 of one processor.",
    args: { version },
    flags: {
      platform: "GOOS/GOARCH to make it for (default: this host's)",
      bootstrap: "the Go that compiles: a version, or a GOROOT (default: the same version, for this host)",
      reference: "the published archive, module zip or GOROOT, to compare with file by file",
      twice: "where there is nothing to compare with, rebuild again elsewhere, by another installed Go if there is one",
    },
    examples: [
      {
        line: "medkit toolchain rebuild 1.22.5 --platform darwin/arm64",
        text: "where no source has the toolchain for a Mac",
      },
      {
        line: "medkit toolchain rebuild 1.22.5 --bootstrap 1.26.8",
        text: "proof that the published Go is what its source makes",
      },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
