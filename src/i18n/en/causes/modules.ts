import type { CauseTexts } from "../../types.ts";

export const moduleCauses = {
  MODULE_MODE_OFF: {
    title: "modules are switched off",
    said: "GO111MODULE=off, and {file} says that this is a module.",
    why: "With GO111MODULE=off the go command looks for packages in GOPATH only, and go.mod counts for nothing. The setting is a leftover from before Go 1.16, in a profile, a job or `go env -w`.",
    todo: "Take GO111MODULE out of the profile or job that sets it, or run `go env -u GO111MODULE`.",
  },
  WORKSPACE_UNFIT: {
    title: "a workspace stands in the way",
    said: "The workspace {workspace} does not fit the module {module}; by itself the module is sound.",
    why: "A go.work file counts for every folder below it. One that leaves this module out, asks for a newer Go, or names folders that are gone makes go commands fail here.",
    todo: "Add the module with `go work use`, correct {workspace}, or set `GOWORK=off` here.",
  },
  VENDOR_MISSING: {
    title: "-mod=vendor without a vendor folder",
    said: "GOFLAGS says -mod=vendor, and {folder} has no vendor folder.",
    why: "With `-mod=vendor` packages come from the vendor folder only. The flag is a leftover of another project, or the folder was not checked out.",
    todo: "Take the flag out of GOFLAGS, or make the folder with `go mod vendor`.",
  },
  VENDOR_OUT_OF_STEP: {
    title: "the vendor folder is out of step",
    said: "{folder} does not hold what go.mod says.",
    why: "go.mod was changed and `go mod vendor` was not run after it, or a merge took one without the other.",
    todo: "Run `go mod vendor`, and commit both together.",
  },
  REPLACE_MISSING: {
    title: "a replacement folder is gone",
    said: "{file}, line {line}, replaces {module} by {folder}, and there is no module.",
    why: "A `replace` with a folder holds on the machine on which it was written. It was committed by mistake, or the folder beside this one was not checked out.",
    todo: "Check out the folder, or take the replace line away: `go mod edit -dropreplace={module}`.",
  },
  CHECKSUM_MISMATCH: {
    title: "a module is not what its hash says",
    said: "{module} does not match the hash that is on record for it.",
    why: "go.sum, or the checksum database, says which bytes a module version has. Other bytes came: the module cache or a proxy was tampered with or damaged, or a tag was moved. medkit never makes this check go away.",
    todo: "Find out which copy is wrong: compare the hash with the checksum database or the kit. If it is the cache, `go clean -modcache` and fetch anew; if a tag was moved, talk to its owner. Do not delete lines of go.sum.",
  },
  NO_MODULE: {
    title: "no module here",
    said: "{folder} is not in a module: there is no go.mod here or above. Modules below: {below}.",
    why: "Since Go 1.16 go commands work on the module that the current folder lies in. This folder lies in none.",
    todo: "Change to the folder of the module, or make one with `go mod init`.",
  },
  GO_SUM_INCOMPLETE: {
    title: "go.sum lacks a hash",
    said: "{file} has no hash of a module that the build needs.",
    why: "go.sum says which bytes each module version has, and the go command adds nothing to it by itself. A requirement was added without `go mod tidy`, or a merge lost lines.",
    todo: "Run `go mod tidy` where modules can be fetched, and commit go.sum.",
  },
} as const satisfies Partial<CauseTexts>;
