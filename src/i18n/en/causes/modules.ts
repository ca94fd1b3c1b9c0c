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
  MODULE_CACHE_MISMATCH: {
    title: "the module cache holds wrong bytes",
    said: "The module cache has other bytes of {module} than go.sum and the kit say.",
    why: "go.sum and the record in the kit agree on what the module is, and what lies in the module cache is something else: it was damaged or tampered with. medkit leaves go.sum and every check as they are, and tries a module cache of its own.",
    todo: "Find out who can write to the module cache. Then run `go clean -modcache`, and fetch the modules anew.",
  },
  MODULE_PROXY_MISMATCH: {
    title: "the proxy gives wrong bytes",
    said: "The proxy gave other bytes of {module} than go.sum and the kit say.",
    why: "go.sum and the record in the kit agree on what the module is, and the proxy that GOPROXY names gives something else: its copy is damaged, or somebody between here and there changes it. medkit leaves go.sum and every check as they are, and tries the kit's copy.",
    todo: "Tell whoever runs the proxy, with the hash that go printed. Take the module from another proxy until then.",
  },
  MODULE_CACHE_DAMAGED: {
    title: "the module cache is damaged",
    said: "{path} is not {module} any more.",
    why: "The go command trusts what it once unpacked, and does not look at it again. Files were edited, deleted or cut short since, by a full disk, a tool that cleans up, or somebody looking for an error.",
    todo: "`go mod verify` lists what was changed. Run `go clean -modcache`, and fetch the modules anew.",
  },
  MODULE_CACHE_UNUSABLE: {
    title: "the module cache cannot be used",
    said: "The module cache {path} cannot be used: {why}.",
    why: "Go unpacks modules in GOMODCACHE, by default below GOPATH, and locks files there while it does. It cannot where parts of it belong to another user, often root after a `sudo go`, or lie on a read-only mount.",
    todo: "Give the folder back to its user with `chown -R`, or set GOMODCACHE to a folder that this user may write to.",
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
  GO_MOD_UPDATES_NEEDED: {
    title: "go.mod is incomplete",
    said: "{file} does not say all that follows from its requirements.",
    why: "A module that is required requires others, and go.mod has to list these, at versions that are not older. One was changed without `go mod tidy`, or a merge lost lines, and go changes nothing by itself.",
    todo: "Run `go mod tidy`, and commit go.mod and go.sum together.",
  },
  VERSION_VANISHED: {
    title: "a module version is gone",
    said: "{proxy} does not have {module} {version} (any more): its answer is: {answer}.",
    why: "A tag was deleted or renamed, a proxy was emptied, or the version was never there. A version that is only retracted would still come.",
    todo: "Choose a version that exists: `go list -m -versions {module}`. Or have the proxy filled again from a copy whose hash is the one in go.sum.",
  },
  MODULE_PRIVATE: {
    title: "a module that the proxy does not know",
    said: "{proxy} knows no version of {module}, which go.mod requires at {version}: it is private, or its path is wrong.",
    why: "Without GOPRIVATE the go command asks the proxies that GOPROXY names for every module, and public ones cannot see private repositories.",
    todo: "If it is private: `go env -w GOPRIVATE={module}`, or the whole host of it, and see that git may read it. medkit does not set this, as it also takes the module out of the checksum database's sight. Else correct the path in go.mod.",
  },
  MODULE_PATH_MISMATCH: {
    title: "a module goes by another path",
    said: "{file}, line {line}: {required} calls itself {declared}.",
    why: "A module has one path, and the case of letters counts. This one was renamed, or is a fork that kept the old name.",
    todo: "Write {declared} in imports and go.mod, everywhere, or use a `replace` line for a fork.",
  },
} as const satisfies Partial<CauseTexts>;
