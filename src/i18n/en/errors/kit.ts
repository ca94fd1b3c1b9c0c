import type { ErrorTexts } from "../../types.ts";

/** Toolchains and the kit. */
export const kitErrors = {
  TOOLCHAIN_UNAVAILABLE: {
    message: "No source has the Go toolchain that is wanted[[: go{version} for {platform}]].",
    hint: "Check the version, or add a source: `goproxy:`, `download:` or `local:` in the configuration, or `--source`. Each source's reason is listed below.",
    why: "medkit asked every source that it was given, in order. Each said no, could not be reached, or gave bytes that failed verification.",
  },
  TOOLCHAIN_MISMATCH: {
    message: "A Go toolchain is not the published one[[: {subject}]].",
    hint: "Do not use it. Fetch it from another source, and find out who changed it.",
    why: "Its hash differs from the one that the checksum database, a transparency log, holds for this version and platform. The toolchain was neither unpacked nor started.",
  },
  TOOLCHAIN_OTHER_VERSION: {
    message: "This is another Go toolchain than it is said to be: {subject}.",
    hint: "Do not use it under that name. Fetch the version from another source, and find out who renamed it.",
    why: "An older Go carries a good signature and checksum of its own. medkit reads version and platform from the toolchain itself, and does not let one pass for another.",
  },
  UPSTREAM_UNKNOWN: {
    message: "medkit does not know where Go modules come from.",
    hint: "Give it one of three ways: set GOPROXY, write `goproxy:` in the configuration, or install Go on this host.",
    why: "medkit names no public proxy of its own accord: which one is right is for your organisation to say. It takes what `go env GOPROXY` says, and there is no `go` here.",
  },
  GO_FAILED: {
    message: "`{command}` ended with status {status}:\n{tail}",
    hint: "The lines above are Go's own. Mend what they name, then run medkit again.",
    why: "medkit ran Go in an environment of its own, free of the user's settings, and Go refused.",
  },
  KEY_INVALID: {
    message: "{file} is not a usable Ed25519 key: {problem}.",
    hint: "`openssl genpkey -algorithm ed25519 -out key.pem` makes a private key, `openssl pkey -in key.pem -pubout -out key.pub.pem` its public one.",
    why: "Kits are signed with Ed25519 keys in PEM form: PKCS #8 for the private key, SPKI for the public one.",
  },
  KIT_NO_TOOLCHAIN: {
    message: "The configuration has no toolchain for {wanted}.",
    hint: "It knows {known}. Add the platform under `toolchains:`, or ask for another with `--platform`.",
    why: "A kit holds toolchains for the platforms that its configuration names. None of them is among those asked for.",
  },
  KIT_NOT_FOUND: {
    message: "There is no kit at {path}.",
    hint: "Give an archive `go-emergency-kit-v….tgz`, or a folder with `manifest.json` in it.",
    why: "The path exists, but what is there has not the form of a kit.",
  },
  KIT_MANIFEST_INVALID: {
    message: "The kit's manifest is not right: {problem}.",
    hint: "Do not use this kit. Fetch or build it again.",
    why: "`manifest.json` says what a kit holds and how that was verified. When it is not as the format demands, nothing else about the kit can be trusted.",
  },
  KIT_DAMAGED: {
    message: "The kit is not what its sums say: {path} ({problem}; {count} differences).",
    hint: "Do not use this kit. `medkit kit verify` lists all differences; unpack it again from the archive.",
    why: "No program of a kit is started before every byte of it was checked. This check failed, so nothing of the kit was used.",
  },
  KIT_DATABASE_UNKNOWN: {
    message:
      "NOT CHECKED: whether toolchains and modules are the published ones. Nobody but the kit says that {key} is the key of {database}.",
    hint: "Give the database's key with `--sumdb KEY`, or the signer's with `--signer KEY`; either from elsewhere than the kit.",
    why: "The files are as the kit's sums say, and the kit's records fit the key that it brings. Who makes a kit anew can also make a database anew, so that proves nothing. medkit knows the key of `sum.golang.org` only.",
  },
  KIT_INCOMPLETE: {
    message: "The kit would not be complete[[: {missing}]].",
    hint: "Make the named modules available to the proxy, or take them out of the configuration.",
    why: "Before a kit is made, medkit builds every named set with the network off, from the kit's own tree alone. Something was missing, so no archive was made: a kit with a hole is found out at the worst moment.",
  },
  KIT_SET_UNBUILDABLE: {
    message: "No toolchain of the kit can build {set}[[: {problem}]].",
    hint: "Choose older versions of these modules, give `versions:` by Go version, or add a newer toolchain.",
    why: "Each module says in its go.mod which Go it needs. These need a newer one than the kit holds.",
  },
  KIT_PATH_UNFIT: {
    message: "{path} cannot lie in a kit.",
    hint: "Rename it at its source, or leave out the module that brings it.",
    why: "Paths in a kit keep to letters, digits and a few signs, so that every shell, tar and sum tool treats them alike.",
  },
  SANDBOX_UNAVAILABLE: {
    message: "No sandbox without network can be made here[[: {problem}]].",
    hint: "Allow unprivileged user namespaces, or run as root on a host that has them.",
    why: "A drill, and the check that a kit is complete, must run where no network can be reached, proven by the kernel and not by a flag. This host gives no such place.",
  },
  DRILL_SCENARIO_UNKNOWN: {
    message: "There is no scenario `{scenario}`.",
    hint: "Choose among: {known}.",
    why: "A drill breaks a host in ways that have names. A name that is not among them would make the drill prove less than it says.",
  },
  DRILL_EXAMPLE_MISSING: {
    message: "There is no service to rehearse with[[ at {path}]].",
    hint: "Run the drill from a checkout, or point it at a folder with a Go service.",
    why: "Each run of the drill builds and starts a real service from the kit. Without its source nothing would be rehearsed.",
  },
} as const satisfies Partial<ErrorTexts>;
