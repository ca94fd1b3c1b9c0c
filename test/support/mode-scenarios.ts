/** A folder with files and variables, in which the go command has a mode. */
export interface ModeScenario {
  readonly name: string;
  /** Text by path from the scenario's root; `ROOT` stands for it. A path that ends in `/` is a folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Where one stands, from the root; default `p`. */
  readonly dir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What `go env -w` wrote. */
  readonly goenv?: string;
  /** Modules of the module cache, such as `example.org/d@v1.0.0`, with their files. */
  readonly modules?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Modules whose lines go.sum has; default all. The file is written beside `sumsIn`, default `p/go.mod`. */
  readonly sums?: readonly string[];
  readonly sumsIn?: string;
}

const main = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n';
const one = { "p/go.mod": "module example.org/p\n\ngo 1.20\n", "p/p.go": main } as const;
const vendored = {
  "p/go.mod": "module example.org/p\n\ngo 1.20\n\nrequire example.org/d v1.0.0\n",
  "p/p.go": 'package main\n\nimport _ "example.org/d/sub"\n\nfunc main() {}\n',
  "p/vendor/modules.txt": "# example.org/d v1.0.0\n## explicit\nexample.org/d/sub\n",
  "p/vendor/example.org/d/sub/d.go": "package sub\n",
} as const;
const work = {
  "go.work": "go 1.20\n\nuse (\n\t./p\n\t./q // the other\n)\n",
  "p/go.mod": "module example.org/p\n\ngo 1.20\n",
  "p/p.go": 'package main\n\nimport _ "example.org/q/sub"\n\nfunc main() {}\n',
  "q/go.mod": "module example.org/q\n\ngo 1.20\n",
  "q/sub/q.go": "package sub\n",
} as const;

/** What can decide the mode, each by itself and some together. */
export const MODE_SCENARIOS: readonly ModeScenario[] = [
  { name: "a module", files: one },
  { name: "a folder below a module", files: { ...one, "p/a/b/b.go": "package b\n" }, dir: "p/a/b" },
  { name: "no module", files: { "p/p.go": main } },
  { name: "a folder called go.mod", files: { "p/go.mod/x": "", "p/p.go": main } },
  { name: "GOPATH/src without go.mod", files: { "gopath/src/example.org/p/p.go": main }, dir: "gopath/src/example.org/p" },
  { name: "GOPATH/src with go.mod", files: { "gopath/src/example.org/p/p.go": main, "gopath/src/example.org/p/go.mod": "module example.org/p\n\ngo 1.20\n" }, dir: "gopath/src/example.org/p" },
  { name: "a go.mod in GOPATH itself", files: { ...one, "gopath/go.mod": "module gopath\n" } },
  { name: "a go.mod in the temporary folder", files: { "tmp/go.mod": "module tmp\n", "tmp/p/p.go": main }, dir: "tmp/p" },
  { name: "a bad GO111MODULE", files: one, env: { GO111MODULE: "yes" } },
  { name: "GO111MODULE by go env -w", files: one, goenv: "# comment\nGO111MODULE=off\n" },
  { name: "an empty GO111MODULE over go env -w", files: one, goenv: "GO111MODULE=off\n", env: { GO111MODULE: "" } },
  { name: "a word in GOFLAGS that is no flag", files: one, env: { GOFLAGS: "mod=mod" } },
  { name: "a workspace", files: work },
  { name: "a workspace without go.mod where one stands", files: { ...work, "r/r.go": "package r\n" }, dir: "r" },
  { name: "a module beside the workspace's", files: { ...work, "r/go.mod": "module example.org/r\n", "r/r.go": "package r\n" }, dir: "r" },
  { name: "GOWORK=off", files: work, env: { GOWORK: "off" } },
  { name: "GOWORK=auto", files: work, env: { GOWORK: "auto" } },
  { name: "GOWORK names a file", files: { ...work, "other.work": "go 1.20\n\nuse ./q\n" }, env: { GOWORK: "ROOT/other.work" } },
  { name: "GOWORK names no file", files: work, env: { GOWORK: "ROOT/none.work" } },
  { name: "a relative GOWORK", files: work, env: { GOWORK: "go.work" } },
  { name: "a workspace that uses nothing", files: { ...one, "go.work": "go 1.20\n" } },
  { name: "a workspace that uses a folder twice", files: { ...work, "go.work": "go 1.20\n\nuse ./p\nuse ./p/../p\n" } },
  { name: "a workspace that uses a folder without go.mod", files: { ...work, "go.work": "go 1.20\nuse (\n\t./p\n\t./none\n)\n" } },
  { name: "a workspace with one module path twice", files: { ...work, "q/go.mod": "module example.org/p\n\ngo 1.20\n" } },
  { name: "a workspace older than its module", files: { ...work, "q/go.mod": "module example.org/q\n\ngo 1.21\n" } },
  { name: "a workspace without go line", files: { ...work, "go.work": "use (\n\t./p\n\t./q\n)\n" } },
  { name: "a workspace with an unknown directive", files: { ...work, "go.work": "go 1.20\nuses ./p\n" } },
  { name: "-mod=mod in a workspace", files: work, env: { GOFLAGS: "-mod=mod" } },
  { name: "-mod=vendor in a workspace", files: work, env: { GOFLAGS: "-mod=vendor" } },
  { name: "-mod=readonly in a workspace", files: work, env: { GOFLAGS: "-mod=readonly" } },
  { name: "-modfile in a workspace", files: { ...work, "p/alt.mod": "module example.org/p\n" }, env: { GOFLAGS: "-modfile=ROOT/p/alt.mod" } },
  { name: "-modfile in a workspace of one", files: { ...work, "go.work": "go 1.20\nuse ./p\n", "p/alt.mod": "module example.org/p\n" }, env: { GOFLAGS: "-modfile=ROOT/p/alt.mod" } },
  { name: "-modfile", files: { ...one, "p/alt.mod": "module example.org/alt\n\ngo 1.20\n" }, env: { GOFLAGS: "-modfile=ROOT/p/alt.mod" } },
  { name: "-modfile that is not there", files: one, env: { GOFLAGS: "-modfile=ROOT/p/alt.mod" } },
  { name: "-modfile of another name", files: { ...one, "p/alt.txt": "module example.org/alt\n" }, env: { GOFLAGS: "-modfile=ROOT/p/alt.txt" } },
  { name: "-modfile without a module", files: { "p/p.go": main, "alt.mod": "module example.org/alt\n" }, env: { GOFLAGS: "-modfile=ROOT/alt.mod" } },
  { name: "-mod with another word", files: one, env: { GOFLAGS: "-mod=none" } },
  { name: "vendor", files: vendored },
  { name: "vendor of go 1.13", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.13\n", "p/vendor/x/x.go": "package x\n" } },
  { name: "vendor without go line", files: { ...one, "p/go.mod": "module example.org/p\n", "p/vendor/x/x.go": "package x\n" } },
  { name: "-mod=mod with vendor", files: vendored, env: { GOFLAGS: "-mod=mod" } },
  { name: "-mod=vendor without vendor", files: one, env: { GOFLAGS: "-mod=vendor" } },
  { name: "-mod=vendor without vendor, and a requirement", files: { ...one, "p/go.mod": vendored["p/go.mod"] }, env: { GOFLAGS: "-mod=vendor" } },
  { name: "-mod=vendor of go 1.13 with another version", files: { ...vendored, "p/go.mod": "module example.org/p\n\ngo 1.13\n\nrequire example.org/d v1.1.0\n" }, env: { GOFLAGS: "-mod=vendor" } },
  { name: "vendor with another version", files: { ...vendored, "p/go.mod": "module example.org/p\n\ngo 1.20\n\nrequire example.org/d v1.1.0\n" } },
  { name: "vendor not explicit", files: { ...vendored, "p/vendor/modules.txt": "# example.org/d v1.0.0\nexample.org/d/sub\n" } },
  { name: "vendor without modules.txt", files: { ...one, "p/vendor/x/x.go": "package x\n" } },
  { name: "vendor with a module that is not required", files: { ...vendored, "p/go.mod": one["p/go.mod"] } },
  { name: "vendor without a replacement", files: { ...vendored, "p/go.mod": `${vendored["p/go.mod"]}\nreplace example.org/d => ../d\n` } },
  { name: "vendor with a replacement", files: { ...vendored, "p/go.mod": `${vendored["p/go.mod"]}\nreplace example.org/d v1.0.0 => ../d\n`, "p/vendor/modules.txt": "# example.org/d v1.0.0 => ../d\n## explicit\nexample.org/d/sub\n" } },
  { name: "vendor with a wildcard replacement", files: { ...vendored, "p/go.mod": `${vendored["p/go.mod"]}\nreplace example.org/d => ../d\n`, "p/vendor/modules.txt": "# example.org/d v1.0.0 => ../d\n## explicit\nexample.org/d/sub\n# example.org/d => ../d\n" } },
  { name: "vendor with another replacement", files: { ...vendored, "p/go.mod": `${vendored["p/go.mod"]}\nreplace example.org/d v1.0.0 => ../e\n`, "p/vendor/modules.txt": "# example.org/d v1.0.0 => ../d\n## explicit\nexample.org/d/sub\n" } },
  { name: "vendor with a replacement that is none", files: { ...vendored, "p/vendor/modules.txt": "# example.org/d v1.0.0 => ../d\n## explicit\nexample.org/d/sub\n" } },
  { name: "vendor of a workspace beside a module", files: { ...vendored, "p/vendor/modules.txt": "## workspace\n# example.org/d v1.0.0\n## explicit\nexample.org/d/sub\n" } },
  { name: "vendor of a workspace", files: { ...work, "go.work": "go 1.20\nuse (\n\t./p\n\t./q\n)\n", "vendor/modules.txt": "## workspace\n" } },
  { name: "vendor of no workspace beside one", files: { ...work, "vendor/modules.txt": "# example.org/d v1.0.0\n" } },
  { name: "vendor of a workspace that disagrees", files: { ...work, "p/go.mod": vendored["p/go.mod"], "vendor/modules.txt": "## workspace\n" } },
  { name: "vendor of a workspace with a replacement", files: { ...work, "p/go.mod": `${vendored["p/go.mod"]}\nreplace example.org/d => ./d\n`, "vendor/modules.txt": "## workspace\n# example.org/d v1.0.0 => ./p/d\n## explicit\nexample.org/d/sub\n# example.org/d => ./p/d\n", "vendor/example.org/d/sub/d.go": "package sub\n" } },
  { name: "a go line of the future", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.999\n" } },
  { name: "a go line with a patch", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.20.3\n" } },
  { name: "a toolchain line", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.20\n\ntoolchain go1.21.0\n" } },
  { name: "a godebug line", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.20\n\ngodebug default=go1.20\n" } },
  { name: "a tool line", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.20\n\ntool example.org/p\n" } },
  { name: "an ignore line", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.20\n\nignore ./none\n" } },
  { name: "a go.mod that cannot be read", files: { ...one, "p/go.mod": "module example.org/p\n\nrequires x\n" } },
  { name: "a bad GOTOOLCHAIN", files: one, env: { GOTOOLCHAIN: "latest" } },
  { name: "a GOTOOLCHAIN with a bad end", files: one, env: { GOTOOLCHAIN: "local+x" } },
  { name: "a bad toolchain line", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.20\n\ntoolchain go1.x\n" }, env: { GOTOOLCHAIN: "local+auto" } },
  { name: "GOTOOLCHAIN=path to a version that is not there", files: { ...one, "p/go.mod": "module example.org/p\n\ngo 1.999\n" }, env: { GOTOOLCHAIN: "path" } },
]; // prettier-ignore

/** What the go command says on stderr, where it refuses for a reason that we have a code for. */
export const GO_SAYS: Readonly<Record<string, RegExp>> = {
  modulesBad: /unknown environment setting GO111MODULE=/,
  workRelative: /GOWORK must be an absolute path|invalid GOWORK: not an absolute path/,
  workAbsent: /none\.work: no such file/,
  useAbsent: /none\/go\.mod: no such file/,
  useTwice: /appears multiple times in workspace/,
  useTooNew: /listed in go\.work file requires go >= /,
  sameModule: /module example\.org\/p appears multiple times in workspace/,
  fileInvalid: /(?:errors parsing|reading) [\s\S]*(?:unknown directive|invalid toolchain version)/,
  goLineTooNew: /requires go >= \S+ \(running go /,
  directiveTooNew: /unknown directive: (?:toolchain|godebug|tool|ignore)/,
  goVersionForm: /invalid go version '.*': must match format/,
  modInWorkspace: /-mod may only be set to readonly/,
  modBad: /-mod=none not supported/,
  modfileInGopath: /-modfile only valid when using modules/,
  modfileInWorkspace: /-modfile cannot be used in workspace mode/,
  modfileOutside: /cannot find main module, but -modfile was set/,
  modfileName: /file does not have \.mod extension/,
  modfileAbsent: /alt\.mod: no such file/,
  flagsBad: /parsing \$GOFLAGS: non-flag/,
  vendorInconsistent: /inconsistent vendoring/,
  toolchainBad: /invalid GOTOOLCHAIN/,
  toolchainName: /invalid toolchain/,
  toolchainAbsent: /cannot find "go1\.999(?:\.0)?" in PATH/,
  gopathMod: /\$GOPATH\/go\.mod exists but should not/,
};
