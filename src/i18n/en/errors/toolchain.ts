import type { ErrorTexts } from "../../types.ts";

/** Toolchains of the store, their versions and sources. */
export const toolchainErrors = {
  TOOLCHAIN_VERSION_INVALID: {
    message: "`{version}` is not a Go version.",
    hint: "Write it as Go does: `1.22.5`, `go1.22.5`, `1.26rc1`, a language version such as `1.22`, `latest` or `oldstable`.",
    why: "Go's versions are not semantic versions: they have no `v`, release candidates have no dash, and before Go 1.21 the first release has no patch number. medkit does not guess what another form means.",
  },
  TOOLCHAIN_VERSION_UNKNOWN: {
    message: "No source knows a Go release that `{version}` means[[, for {platform}]].",
    hint: "`medkit toolchain list --remote` shows what there is. With `--offline` only kits and the module cache count; give a full version, or a kit by `--source`.",
    why: "A language version and `latest` mean the newest release that some source lists. None of the sources that could be asked lists one.",
  },
  TOOLCHAIN_PLATFORM_INVALID: {
    message: "`{platform}` is not a platform.",
    hint: "Write GOOS/GOARCH, such as `linux/amd64` or `darwin/arm64`.",
    why: "Toolchains are published by platform, and medkit must know exactly which one is meant.",
  },
  TOOLCHAIN_SOURCE_INVALID: {
    message: "`{source}` is not a source of toolchains.",
    hint: "Give `module-cache`, `proxy`, `download`, a URL of a module proxy such as `https://goproxy.internal`, `download+URL` of a mirror of the download site, or the path of a kit, an archive, a module zip or a GOROOT.",
    why: "medkit asks only whom it was told to ask. What a source gives is proven by the checksum database in every case.",
  },
  TOOLCHAIN_NOT_INSTALLED: {
    message: "Go {version}[[ for {platform}]] is not installed.",
    hint: "`medkit toolchain install {version}` puts it there. Installed for this platform: {installed}.",
    why: "The command works with what is in medkit's store, and fetches nothing by itself: a build must not change its compiler because a network was there.",
  },
  TOOLCHAIN_TRUST_MISSING: {
    message: "The trust level `{wanted}` is demanded, and this has `{has}`[[: {reasons}]].",
    hint: "Bring the evidence (`--checksums`, an archive with its `.asc`, a way to the checksum database), or say with `--trust` that less is enough for you.",
    why: "Levels are, from the weakest: `sha256`, `openpgp`, `checksum-database`, `rebuilt`. Nothing was installed or used, since the evidence that was demanded is not there.",
  },
  GOROOT_NOT_FOUND: {
    message: "{path} is no GOROOT.",
    hint: "Give the folder that `go env GOROOT` names: it has `VERSION`, `bin` and `pkg/tool`.",
    why: "An installed Go is known by its file `VERSION` and its tools. This folder has not both.",
  },
  GOROOT_UNRELEASED: {
    message: "{path} holds `{version}`, which is no release of Go.",
    hint: "Verify a released version, or compare this one with whoever built it.",
    why: "The checksum database has a record of every release since Go 1.9. A development version, or one with experiments or a distributor's own name, was never published there, so there is nothing to hold it against.",
  },
  TOOLCHAIN_IN_USE: {
    message: "Go {version} is in use.",
    hint: "Switch first: `medkit toolchain use VERSION`, or `medkit toolchain use --restore` where the system's Go leads to it.",
    why: "`current`, or the system's `go`, leads to this toolchain ({name}). Without it there would be no `go` for whoever relies on that.",
  },
  TOOLCHAIN_ADOPT_REFUSED: {
    message: "{path} is not the published Go {version}: {differences}.",
    hint: "`medkit toolchain verify {path}` shows all of it. Accept what you know of by `--accept local-go-env`, or for a copy `--accept extra`; or install the published one: `medkit toolchain install {version}`.",
    why: "What medkit runs has been proven by the checksum database. This tree has been changed since it was published, by a distributor, its own use, or somebody else: nothing was adopted.",
  },
  TOOLCHAIN_ADOPT_OWN: {
    message: "{path} lies in medkit's own store.",
    hint: "It is installed already: `medkit toolchain list`.",
    why: "Adopting takes over what others have installed. A link of the store to itself would lead nowhere.",
  },
  TOOLCHAIN_NOT_FOUND: {
    message: "No Go {version} for {platform} was found on this host.",
    hint: "`medkit toolchain list --found` shows what there is ({found}). Give the folder of a GOROOT, or install it: `medkit toolchain install {version}`.",
    why: "medkit looked where archives, distributions, the go command and version managers put their Gos. What lies elsewhere must be named by its path.",
  },
  TOOLCHAIN_NO_RECORD: {
    message: "The checksum database has no record of Go {version} for {platform}: nothing proves this tree.",
    hint: "Install a newer release, or one that has a record: `medkit toolchain list --remote`.",
    why: "The proof of an installed tree is the record of its toolchain module. Records reach back to Go 1.2.2, but not every release, and not every platform of a release, has one, and what a distributor built under a name of its own has none. (The first release of Go 1.20 is `1.20`, not `1.20.0`.) What is missing is that record, and no other evidence covers the files of an unpacked tree.",
  },
  TOOLCHAIN_LINK_CHANGED: {
    message: "{name} is only linked, and is no longer what was proven: {path}.",
    hint: "`medkit toolchain verify` says what differs. If you updated that Go, `medkit toolchain remove` the link and adopt it anew; `medkit toolchain install` makes medkit's own copy.",
    why: "The tree belongs to somebody else, who may change it. Before each use medkit compares the version, the go command and the compiler with what they were when the tree was proven.",
  },
  TOOLCHAIN_LINK_GONE: {
    message: "{name} is only linked, and the tree is gone: {path}.",
    hint: "Install it: `medkit toolchain install VERSION`. Or remove the link: `medkit toolchain remove VERSION`.",
    why: "The tree belongs to somebody else, who has removed or moved it, or its disk is not mounted.",
  },
  SYSTEM_GO_LINKED: {
    message: "{path} is itself the tree that {name} is a link to.",
    hint: "Make medkit's own copy first: `medkit toolchain install {version}`; or remove the link: `medkit toolchain remove {version}`.",
    why: "`--system` moves what stands at this place aside. The link would then lead nowhere, or to itself.",
  },
  TOOLCHAIN_PIN_UNFIT: {
    message: "go.mod cannot pin[[ Go {version}]]: {problem}[[ ({go})]].",
    hint: "Pin a newer version, or use another file: `--in .go-version`.",
    why: "The `toolchain` line of go.mod came with Go 1.21, and names a version that is not older than the `go` line's: the go command would not heed it.",
  },
  SYSTEM_GO_FORBIDDEN: {
    message: "medkit may not write in {path}.",
    hint: "Run it as a user who may, such as root, or leave out `--system`: your own `go` needs no right.",
    why: "`--system` replaces what all users of the host find. It changes nothing at all where one of its places cannot be written to.",
  },
  SYSTEM_GO_PRIVATE: {
    message: "Other users cannot enter {path}, and so could not run the system's Go.",
    hint: "Keep the store where everybody can read it: `medkit --home /opt/medkit toolchain install VERSION`, then `use --system` with the same `--home`.",
    why: "The system's places become links into medkit's store. Links into a private folder would leave everybody else without a `go`.",
  },
  SYSTEM_GO_NOTHING: {
    message: "There is nothing to restore: `use --system` has not been used with this home.",
    hint: "Give the `--home` that it was used with.",
    why: "What stood at the system's places is written down in medkit's home by the first `use --system`, and is forgotten when it was put back.",
  },
  SYSTEM_GO_UNDONE: {
    message: "The system's Go could not be switched, and is what it was before: {reason}.",
    hint: "Mend what the message names, and try again.",
    why: "A step failed halfway. What had been done was taken back.",
  },
  SYSTEM_GO_HALF: {
    message: "The system's Go could not be switched, nor what was done be taken back: {reason}.",
    hint: "{record} says what stood where. Put it back by hand, or mend the cause and run `medkit toolchain use --restore`.",
    why: "A step failed halfway, and the way back failed too. Nothing was removed: what stood at the places lies beside them.",
  },
  TOOLCHAIN_NONE_CHOSEN: {
    message: "No Go version is chosen here.",
    hint: "`medkit toolchain use VERSION` chooses one for you, `medkit toolchain pin VERSION` one for the project.",
    why: "medkit looked at GOTOOLCHAIN, go.work or go.mod, .go-version, .tool-versions and mise.toml in this folder and those above it, and at what the user switched to. None names a version.",
  },
  REBUILD_UNSUPPORTED: {
    message: "Go {version} for {platform} cannot be rebuilt: its source does not make its own archives.",
    hint: "Rebuild Go 1.21 or newer.",
    why: "medkit rebuilds with `make.bash -distpack`, which came with Go 1.21. Without it the result would have no form that can be compared.",
  },
  REBUILD_BOOTSTRAP_UNFIT: {
    message: "{bootstrap} cannot compile Go {version}.",
    hint: "Give a newer Go for this host with `--bootstrap`, or leave the flag out: then the same version is taken.",
    why: "Go 1.N is compiled by Go 1.N-2 or newer, rounded down to an even number; the Go that compiles has to run on this host.",
  },
  REBUILD_FAILED: {
    message: "make.bash for Go {version} {platform} ended with {status}:\n{said}",
    hint: "Read the lines above. It needs bash, 3 GB of disk, and about 1 GB of memory for each processor.",
    why: "Go's own build script failed. Nothing of what it made was kept.",
  },
  REBUILD_DIFFERS: {
    message: "Go {version} {platform}, rebuilt, is not the published one: {problem}.",
    hint: "Rebuild it with another `--bootstrap`. If it stays so, keep both and report it to the Go project: one of the two was not made from this source.",
    why: "Go's builds are reproducible: from the same source comes the same toolchain, whoever compiles it. Nothing was stored.",
  },
} as const satisfies Partial<ErrorTexts>;
