import type { CauseTexts } from "../../types.ts";

export const toolchainCauses = {
  GO_MISSING: {
    title: "no go command",
    said: "There is no `go` on PATH.",
    why: "The shell looks for programs in the folders that PATH names, and none of them holds a go command. It was never installed here, its folder is not on PATH for this user or job, or an upgrade took it away.",
    todo: "Put the `bin` folder of a Go tree on PATH in your profile or job, or activate the kit: `. ./activate.sh`.",
  },
  GO_NOT_EXECUTABLE: {
    title: "the go command is not executable",
    said: "{path} is there, but nobody may run it.",
    why: "The file lacks its executable bit. That happens when a Go tree is copied or unpacked by something that loses modes, such as a zip file or a network share.",
    todo: "Run `chmod +x` on `bin/*` and `pkg/tool/*/*` of that tree, or unpack it again with `tar`.",
  },
  GO_ON_NOEXEC: {
    title: "the go command lies on a noexec mount",
    said: "{path} lies on {detail}, which is mounted noexec: no program may be started from there.",
    why: "The mount option noexec forbids programs on a file system. Homes, temporary folders and data disks often have it by policy.",
    todo: "Put the Go tree on a file system from which programs may run.",
  },
  GO_WRONG_ARCHITECTURE: {
    title: "the go command is for another machine",
    said: "{path} is a program for {detail}, not for this machine.",
    why: "A Go distribution is made for one operating system and one processor. This one was downloaded or copied for another.",
    todo: "Install the Go distribution for this machine in its place.",
  },
  GO_LOADER_MISSING: {
    title: "the go command needs a loader that is not here",
    said: "{path} needs {detail}, which this host does not have.",
    why: "The program is linked to a C library of another kind (glibc or musl) or place. The kernel then says that the program itself is not there.",
    todo: "Use the official Go distribution, which needs no C library, or install the C library that it was linked to.",
  },
  GO_INCOMPLETE: {
    title: "the Go tree is not whole",
    said: "The Go tree {folder} lacks: {lacks}.",
    why: "An installation that was interrupted, a full disk, or a cleaner that removed files leaves a go command without its compiler, linker or standard library.",
    todo: "Remove that tree and install it again.",
  },
  GOROOT_STALE: {
    title: "GOROOT names another Go",
    said: "GOROOT is {value}, but the go command on PATH belongs to {own}.",
    why: "The go command finds its own tree by itself. A GOROOT that names another tree, or one that is gone, mixes two versions or finds nothing.",
    todo: "Take GOROOT out of the profile or job that sets it, or run `go env -u GOROOT`.",
  },
  GO_TOO_OLD: {
    title: "the Go is older than go.mod demands",
    said: "{file} demands Go {wanted}; the go command is {version}, and may not switch.",
    why: "The go line of go.mod is the least version that may build the module. With GOTOOLCHAIN=local, or a Go before 1.21, the go command cannot fetch a newer one.",
    todo: "Install Go {wanted} or newer.",
  },
  GO_MOD_SYNTAX_NEWER: {
    title: "go.mod is written for a newer Go",
    said: "{file} has the directive `{directive}`, which Go knows from {wanted} on; this is {version}.",
    why: "Directives come with Go versions. An older go command stops at one that it does not know, even where the go line is old enough.",
    todo: "Install Go {wanted} or newer, or take `{directive}` out of go.mod where the module is to build with this Go.",
  },
  TOOLCHAIN_UNAVAILABLE: {
    title: "a toolchain cannot be downloaded",
    said: "{from} asks for Go {wanted}; this is {version}, and the newer one cannot be had from here.",
    why: "Since Go 1.21 the go command downloads the toolchain that go.mod or GOTOOLCHAIN asks for. In a closed network there is nowhere to download it from.",
    todo: "Install Go {wanted}, or set `GOTOOLCHAIN=local` where the Go that is here is new enough for the go line.",
  },
  GOEXPERIMENT_UNKNOWN: {
    title: "an unknown GOEXPERIMENT",
    said: "GOEXPERIMENT={value}, and this Go knows no experiment {name}.",
    why: "Experiments come and go with Go versions. A name that this version does not know stops every command.",
    todo: "Take {name} out of GOEXPERIMENT.",
  },
  ARCH_LEVEL_INVALID: {
    title: "an invalid processor level",
    said: "{name}={value} is no level that this Go knows.",
    why: "Variables such as GOAMD64 or GOARM choose what a processor must be able to do. A value that is none stops every build.",
    todo: "Correct {name}, or take it away: the default suits every machine.",
  },
  GOFLAGS_INVALID: {
    title: "GOFLAGS holds what does not work",
    said: "GOFLAGS holds {flags}, which this go rejects or which is never to be kept.",
    why: "Every go command reads GOFLAGS. A flag that this version does not know stops all of them; `-toolexec` starts a program for every step of a build.",
    todo: "Take {flags} out of GOFLAGS: in the profile or job that sets it, or with `go env -w`.",
  },
  GO_LIBC_TOO_OLD: {
    title: "the C library is too old for the go command",
    said: "{path} needs {version}, which the C library of this host does not have.",
    why: "This go command was built on a newer system and linked to its C library. The official distribution needs none.",
    todo: "Install the official Go distribution, or the package of this system.",
  },
  SETTING_INVALID: {
    title: "a setting that go cannot read",
    said: "{name}={value} is nothing that this Go takes.",
    why: "The go command checks some of its settings before anything else, and stops at a value that it does not understand.",
    todo: "Correct {name}, or take it away: in the profile or job that sets it, or with `go env -u {name}`.",
  },
  PORT_UNKNOWN: {
    title: "no such target",
    said: "{pair} is no system and processor that this Go builds for.",
    why: "GOOS and GOARCH have Go's own names: `linux`, not `Linux`; `amd64`, not `x86_64`. `go tool dist list` shows them.",
    todo: "Correct GOOS and GOARCH, or take them away: without them go builds for this host.",
  },
} as const satisfies Partial<CauseTexts>;
