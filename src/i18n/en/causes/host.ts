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
  CGO_OFF: {
    title: "cgo is switched off for a package that needs it",
    said: "What is built in {folder} goes through C, and CGO_ENABLED=0 leaves that out.",
    why: "With CGO_ENABLED=0 go passes over every file that imports C. A package that consists of nothing else cannot be built then, and this host has a C compiler.",
    todo: "Unset CGO_ENABLED, or take it out with `go env -u CGO_ENABLED`.",
  },
  C_LIBRARY_MISSING: {
    title: "a C header or library is not installed",
    said: "The build needs {what}, which this host does not have.",
    why: "cgo hands C to a compiler, which needs the headers and libraries that the program names. They are packages of the system, not of Go.",
    todo: "Install the development package that holds {what} (its name often ends in `-dev` or `-devel`), or set `PKG_CONFIG_PATH`, `CGO_CFLAGS` and `CGO_LDFLAGS` to where it lies.",
  },
  OUTPUT_UNWRITABLE: {
    title: "the result cannot be written",
    said: "{path} cannot be written: {why}.",
    why: "The build itself went well; what it made has no place where the command puts it. Checkouts on build hosts are often read-only, and disks fill up.",
    todo: "Make room, or name another place with `-o`. For a change of go.mod or go.sum take a checkout that may be written to.",
  },
  OPEN_FILES_EXHAUSTED: {
    title: "too few open files",
    said: "A process here may hold {limit} open files, and the build needs more at once.",
    why: "The hard limit of `ulimit -n` binds. Go opens many folders at once, and each compiler that runs takes some files more.",
    todo: "Raise the hard limit (`LimitNOFILE=` of the service, `/etc/security/limits.conf`, `--ulimit nofile=` of the container), or build with `-p=1`.",
  },
  MEMORY_EXHAUSTED: {
    title: "too little memory",
    said: "A program of the build could not get memory, or was killed for it ({limit}).",
    why: "`ulimit -v`, a control group or the machine itself gives less than go, the compiler or the linker take. Several compilers run at once.",
    todo: "Give the job more memory or lift `ulimit -v`. Fewer compilers at once (`-p=1`) and `GOGC=25` need less.",
  },
  UMASK_TOO_STRICT: {
    title: "the umask takes away one's own rights",
    said: "The umask is {mask}: what this user makes, this user may not use.",
    why: "The umask takes rights from every new file and folder. With one of the first three taken, go cannot enter the folders that it makes.",
    todo: "Set `umask {kept}` in the profile or job; it keeps all others out just the same. Folders made meanwhile need `chmod -R u+rwX`.",
  },
  VCS_STATUS_FAILED: {
    title: "version control cannot tell the checkout's state",
    said: "go asks {program} about the checkout {root}, and gets no answer: {why}.",
    why: "Since Go 1.18 the revision is written into programs. It needs a sound checkout that belongs to the user, or that `safe.directory` names.",
    todo: "Repair the checkout, or say that it is trusted: `git config --global --add safe.directory {root}`. Without the revision: `-buildvcs=false`.",
  },
} as const satisfies Partial<CauseTexts>;
