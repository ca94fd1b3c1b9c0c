import type { CauseTexts } from "../../types.ts";

export const hostCauses = {
  EXECUTION_DENIED: {
    title: "a policy refuses a program",
    said: "{path} may not be started here: its mode and its mount allow it, and the kernel refuses. Policies in force that can be seen: {policies}.",
    why: "Security policies such as SELinux, fapolicyd, IMA, AppArmor or Landlock decide which programs may run, whatever the mode bits say; a file server may refuse, too. medkit never gets around such a refusal: no other Go is tried.",
    todo: "Show this to whoever keeps the host's policy. Their log names the rule: `ausearch -m AVC,FANOTIFY -ts recent`, `journalctl -k`, or fapolicyd's debug log. They can allow {path}, or put Go where programs may run.",
  },
  BUILD_CACHE_UNUSABLE: {
    title: "no usable build cache",
    said: "The go command has no place for its build cache: {why}.",
    why: "Go keeps what it compiled in GOCACHE, by default below HOME, and does not build without it.",
    todo: "Set GOCACHE to a folder that this user may write to, with room for a few gigabytes.",
  },
  TEMPORARY_FOLDER_UNUSABLE: {
    title: "no usable temporary folder",
    said: "{name} is {path}, and {why}.",
    why: "Go builds in a folder below GOTMPDIR or TMPDIR, and `go run` and `go test` start programs from there.",
    todo: "Set {name} to a folder that can be written to and from which programs may run.",
  },
  TARGET_LEAKED: {
    title: "built for another machine",
    said: "The command starts what it builds, but the target is {target} and this host is {host}.",
    why: "GOOS and GOARCH choose what is built for. Left over from a cross build, they make `go run` and `go test` build programs that cannot start here.",
    todo: "Take GOOS and GOARCH out of this shell or job; set them for the one command that needs them.",
  },
  C_COMPILER_MISSING: {
    title: "no C compiler",
    said: "cgo is on, and there is no {compiler} on this host.",
    why: "With CGO_ENABLED=1 packages that hold C need a C compiler. CC names one that is not here, or none is installed.",
    todo: "Install {compiler}, correct CC, or set `CGO_ENABLED=0` where the program needs no C.",
  },
} as const satisfies Partial<CauseTexts>;
