/** `module explain`: which mode the go command is in, and why. */
export const modeMessages = {
  "mode.title": "The go command in {folder}",
  "mode.kind.module": "module mode, in the module {module}",
  "mode.kind.workspace": "module mode, in the workspace of {count} modules",
  "mode.kind.outside": "module mode, but in no module",
  "mode.kind.gopath": "GOPATH mode",
  "mode.kind.refused": "none: go stops before",
  "mode.row.mode": "mode",
  "mode.row.go": "go",
  "mode.row.goUnknown": "not known",
  "mode.row.gomod": "go.mod",
  "mode.row.gowork": "go.work",
  "mode.row.mod": "-mod",
  "mode.row.vendor": "vendor",
  "mode.row.refused": "go stops",
  "mode.why": "Why",
  "mode.default": "Go's default",
  "mode.environment": "environment",
  "mode.stops": "Here go stops",
  "mode.warns": "go warns, and goes on",
  "mode.byVersion": "By the version of Go",
  "mode.changes": "What GO111MODULE would change",
  "mode.now": "now",

  "mode.step.go.found": "`go` is version {version}: {program}",
  "mode.step.go.none": "There is no go on PATH: what follows is read by the rules of Go's newest version",
  "mode.step.go.unknown":
    "`go` is {program}, and its version is not known: what follows is read by the rules of Go's newest version",
  "mode.step.go.assumed": "`go` is taken to be version {version}",
  "mode.step.toolchain.local": "GOTOOLCHAIN keeps the go command at version {version}: it does not switch",
  "mode.step.toolchain.kept":
    "Version {version} is as new as the go and toolchain lines ask: the go command does not switch",
  "mode.step.toolchain.none": "Go {version} does not switch toolchains; that came with 1.21",
  "mode.step.toolchain.chosen": "GOTOOLCHAIN makes the go command switch to {name} ({state})",
  "mode.step.toolchain.raised": "A newer Go is asked for than {version}: the go command switches to {name} ({state})",
  "mode.there.here": "it lies in the module cache",
  "mode.there.download": "it would be downloaded",
  "mode.step.modules.unset": "GO111MODULE is not set: {setting} is the default",
  "mode.step.modules.on": "GO111MODULE is on: module mode, whether or not there is a go.mod",
  "mode.step.modules.auto": "GO111MODULE is auto: module mode only where there is a go.mod or go.work",
  "mode.step.modules.off": "GO111MODULE is off: GOPATH mode, go.mod and go.work do not count",
  "mode.step.work.off": "GOWORK is off: no go.work counts",
  "mode.step.work.named": "GOWORK names the workspace file {path}",
  "mode.step.work.found": "The nearest go.work upwards is {path}: workspace mode",
  "mode.step.work.none": "There is no go.work in this folder or above",
  "mode.step.work.unused": "{path} does not count",
  "mode.step.use.module": "The workspace uses the module {module} in {folder}",
  "mode.step.use.outside":
    "The module of this folder, {folder}, is not one of the workspace: `./...` finds nothing here. `go work use {folder}` adds it",
  "mode.step.mod.found": "The nearest go.mod upwards is that of the module {module}: {path}",
  "mode.step.mod.none": "There is no go.mod in {folder} or above",
  "mode.step.mod.tempRoot": "A go.mod in the temporary folder itself ({folder}) is passed over",
  "mode.step.mod.autoGopath": "So it is GOPATH mode",
  "mode.step.mod.unused": "{path} does not count",
  "mode.step.gopath.inside":
    "This folder is in GOPATH ({gopath}): its import path is {path}, and vendor folders from here up to src count",
  "mode.step.gopath.outside":
    "This folder is below no src of GOPATH ({gopath}): its packages have no import path, and no vendor folder counts",
  "mode.step.flags.mod": "GOFLAGS says -mod={mod}",
  "mode.step.flags.modfile": "GOFLAGS says to read {file} in the place of go.mod",
  "mode.step.flags.overlay":
    "GOFLAGS has {flag}: go may see other files than lie here, and this explanation does not look at them",
  "mode.step.flags.unused": "{flags} of GOFLAGS means nothing in GOPATH mode",
  "mode.step.vendor.none":
    "There is no vendor folder: packages come from the module cache, and go.mod may not change (-mod=readonly)",
  "mode.step.vendor.used":
    "There is a vendor folder, and the go line is 1.14 or newer ({go}): packages come from vendor only (-mod=vendor)",
  "mode.step.vendor.old": "The vendor folder does not count: the go line is older than 1.14 ({go})",
  "mode.step.vendor.noGoLine": "The vendor folder does not count: there is no go line",
  "mode.step.vendor.forWorkspace": "The vendor folder does not count: it was made for a workspace, and this is none",
  "mode.step.vendor.notForWorkspace":
    "The vendor folder does not count: it was not made by `go work vendor`, and this is a workspace",
  "mode.step.vendor.noWorkspaces":
    "The vendor folder does not count: Go {version} knows none for a workspace; that came with 1.22",
  "mode.step.vendor.overruled": "So the vendor folder does not count",

  "mode.refusal.modulesBad":
    "GO111MODULE={value} is not on, off or auto. Unset it: `go env -u GO111MODULE`, or `unset GO111MODULE`",
  "mode.refusal.workRelative": "GOWORK={value} is not an absolute path. Write the whole path, or `off`",
  "mode.refusal.workAbsent": "GOWORK names {path}, which is not there. Unset it, or make the file with `go work init`",
  "mode.refusal.workEmpty": "{work} uses no module: only the standard library is found. `go work use .` adds this one",
  "mode.refusal.useAbsent":
    "go.work uses {folder}, where there is no go.mod. Take it out: `go work edit -dropuse={folder}`",
  "mode.refusal.useTwice": "go.work uses {folder} twice. Delete one of the lines",
  "mode.refusal.useTooNew": "The module in {folder} needs go {wanted}, but go.work says {go}. `go work use` raises it",
  "mode.refusal.sameModule":
    "Two modules of the workspace are called {path}: {first} and {second}. Rename one, or use only one",
  "mode.refusal.fileInvalid": "{file} cannot be read: {problem}",
  "mode.refusal.goLineTooNew":
    "{file} needs go {wanted}, and {version} runs. GOTOOLCHAIN=auto lets go fetch it; `medkit toolchain install {wanted}` brings it",
  "mode.refusal.directiveTooNew":
    "{file} has the directive `{directive}`, which Go knows since {since}, and {version} runs. Use a newer Go",
  "mode.refusal.goVersionForm":
    "{file} says go {value}, and Go {version} knows only the form 1.N. Use Go 1.21 or newer, or leave the patch off",
  "mode.refusal.modInWorkspace": "-mod={mod} is not allowed in a workspace. Take it out of GOFLAGS, or set GOWORK=off",
  "mode.refusal.modBad": "-mod={mod} is not mod, readonly or vendor",
  "mode.refusal.modfileInWorkspace":
    "-modfile={file} is not allowed in a workspace. Take it out of GOFLAGS, or set GOWORK=off",
  "mode.refusal.modfileInGopath": "-modfile={file} is not allowed in GOPATH mode. Take it out of GOFLAGS",
  "mode.refusal.modfileOutside": "-modfile={file} is there, but no go.mod that says where the module begins",
  "mode.refusal.modfileName": "The name in -modfile={file} does not end in .mod",
  "mode.refusal.modfileAbsent": "-modfile={file} names no file",
  "mode.refusal.flagsBad": "GOFLAGS has {word}, which is no flag: each word begins with `-`",
  "mode.refusal.vendorInconsistent":
    "{folder} is not what go.mod says ({count} differences). `go mod vendor` (in a workspace `go work vendor`) makes it anew; -mod=mod passes over it",
  "mode.refusal.toolchainBad": "GOTOOLCHAIN={value} is no toolchain, and neither local, auto nor path",
  "mode.refusal.toolchainName": "The toolchain line names {name}, which is no toolchain",
  "mode.refusal.toolchainAbsent": "{name} is needed, and GOTOOLCHAIN says path: there is no program {name} on PATH",
  "mode.refusal.gopathMod": "{path} lies in GOPATH itself, where no module may be. Delete it",

  "mode.vendor.notExplicit": "{module} is required, but modules.txt does not mark it as explicit",
  "mode.vendor.otherVersion": "{module} is required, but modules.txt has {other}",
  "mode.vendor.notReplaced": "{module} is replaced, but not in modules.txt",
  "mode.vendor.otherReplacement": "{module} is replaced otherwise in modules.txt: by {other}",
  "mode.vendor.notRequired": "{module} is explicit in modules.txt, but not required",
  "mode.vendor.notReplacedHere": "{module} is replaced in modules.txt, but nowhere else",
} as const;
