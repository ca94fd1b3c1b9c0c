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
    message: "The trust level `{wanted}` is demanded, and this has `{has}`.",
    hint: "Demand `checksum-database`, or build the toolchain anew from its source.",
    why: "Levels are, from the weakest: `sha256`, `openpgp`, `checksum-database`, `rebuilt`. Nothing was installed, since the evidence that was demanded is not there.",
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
  TOOLCHAIN_NONE_CHOSEN: {
    message: "No Go version is chosen here.",
    hint: "`medkit toolchain use VERSION` chooses one for you, `medkit toolchain pin VERSION` one for the project.",
    why: "medkit looked at GOTOOLCHAIN, go.work or go.mod, .go-version, .tool-versions and mise.toml in this folder and those above it, and at what the user switched to. None names a version.",
  },
} as const satisfies Partial<ErrorTexts>;
