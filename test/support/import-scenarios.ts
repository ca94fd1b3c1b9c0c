import type { ModeScenario } from "./mode-scenarios.ts";

const imports = (...paths: readonly string[]): string =>
  `package main\n\nimport (\n${paths.map((each) => `\t_ "${each}"\n`).join("")})\n\nfunc main() {}\n`;
const goMod = (path: string, go: string, ...more: readonly string[]): string =>
  `module ${path}\n\ngo ${go}\n\n${more.join("\n")}\n`;
const code = (path: string): string => `package ${path}\n`;

/** Modules of a small world: `d` needs `e`, which is of before graph pruning and needs `f`. */
const d = {
  "go.mod": goMod("example.org/d", "1.20", "require example.org/e v1.0.0"),
  "d.go": 'package d\n\nimport _ "example.org/e"\n',
  "sub/s.go": code("sub"),
  "internal/i/i.go": code("i"),
};
const e = {
  "go.mod": goMod("example.org/e", "1.15", "require example.org/f v1.0.0"),
  "e.go": 'package e\n\nimport _ "example.org/f"\n',
};
const e2 = { ...e, "go.mod": goMod("example.org/e", "1.20", "require example.org/f v1.1.0"), "new/n.go": code("n") };
const f = { "go.mod": goMod("example.org/f", "1.20"), "f.go": code("f"), "deep/g/g.go": code("g") };
const nested = { "go.mod": goMod("example.org/d/sub", "1.20"), "s.go": code("sub"), "only/o.go": code("o") };
const upper = { "go.mod": goMod("example.org/Upper/v2", "1.20"), "u.go": code("u") };
const modules = { "example.org/d@v1.0.0": d, "example.org/e@v1.0.0": e, "example.org/f@v1.0.0": f };
const all = [
  "require example.org/d v1.0.0",
  "require example.org/e v1.0.0 // indirect",
  "require example.org/f v1.0.0 // indirect",
];
const p = goMod("example.org/p", "1.20", ...all);

/** What can decide where an import leads. */
export const IMPORT_SCENARIOS: readonly ModeScenario[] = [
  { name: "the standard library, the module itself and the cache", files: { "p/go.mod": p, "p/p.go": imports("fmt", "errors", "example.org/p/own", "example.org/d", "example.org/d/sub"), "p/own/o.go": code("own") }, modules },
  { name: "what is not there", files: { "p/go.mod": p, "p/p.go": imports("nothing", "net/nothing", "example.org/p/none", "example.org/d/none", "example.com/x") }, modules },
  { name: "paths that are none", files: { "p/go.mod": p, "p/p.go": imports("./own", "../q", "example.org/d@v1", "a//b"), "p/own/o.go": code("own") }, modules },
  { name: "internal packages", files: { "p/go.mod": p, "p/p.go": imports("example.org/d/internal/i", "example.org/p/internal/x"), "p/internal/x/x.go": code("x") }, modules },
  { name: "an internal package of the standard library", files: { "p/go.mod": p, "p/p.go": imports("internal/testenv"), "gopath/src/example.org/o/o.go": imports("internal/testenv") }, modules },
  { name: "a module in between", files: { "p/go.mod": p, "p/p.go": imports("example.org/p/other", "example.org/p/other/deep"), "p/other/go.mod": goMod("example.org/p/other", "1.20"), "p/other/o.go": code("other"), "p/other/deep/d.go": code("deep") }, modules },
  { name: "a package of two modules", files: { "p/go.mod": goMod("example.org/p", "1.20", ...all, "require example.org/d/sub v1.0.0"), "p/p.go": imports("example.org/d/sub", "example.org/d/sub/only") }, modules: { ...modules, "example.org/d/sub@v1.0.0": nested } },
  { name: "a path with capitals and a major version", files: { "p/go.mod": goMod("example.org/p", "1.20", "require example.org/Upper/v2 v2.3.0"), "p/p.go": imports("example.org/Upper/v2", "example.org/Upper") }, modules: { "example.org/Upper/v2@v2.3.0": upper } },
  { name: "only what is there counts: build constraints", files: { "p/go.mod": p, "p/p.go": imports("fmt"), "p/x_windows.go": 'package main\n\nimport _ "example.org/windows"\n', "p/y.go": '//go:build plan9 || (linux && !special)\n\npackage main\n\nimport _ "strings"\n', "p/z.go": '//go:build ignore\n\npackage main\n\nimport _ "os"\n', "p/v.go": '//go:build go1.999\n\npackage main\n\nimport _ "sort"\n', "p/w_test.go": 'package main\n\nimport _ "testing"\n', "p/_h.go": 'package main\n\nimport _ "errors"\n', "p/c.go": 'package main\n\nimport "C"\nimport _ "bytes"\n' }, modules },
  { name: "imports written in every way", files: { "p/go.mod": p, "p/p.go": '// comment "not/this"\n/* import "nor/this" */\npackage main; import ("fmt"; s "strings"\n. "math" // why\n_ `sort`)\nimport "os"\nvar x = "import (\\"no\\")"\nfunc main() { fmt.Println(s.Title(""), Pi, os.Args, x) }\n' }, modules },
  { name: "-tags", files: { "p/go.mod": p, "p/p.go": imports("fmt"), "p/y.go": '//go:build special\n\npackage main\n\nimport _ "strings"\n' }, env: { GOFLAGS: "-tags=special,other" }, modules },
  { name: "a package without files for here", files: { "p/go.mod": p, "p/p.go": imports("example.org/p/win"), "p/win/w_windows.go": code("win") }, modules },
  { name: "a replaced folder", files: { "p/go.mod": goMod("example.org/p", "1.20", ...all, "replace example.org/d => ../mine"), "p/p.go": imports("example.org/d", "example.org/d/extra", "example.org/d/sub"), "mine/go.mod": d["go.mod"], "mine/d.go": code("d"), "mine/extra/x.go": code("extra") }, modules },
  { name: "a replaced version", files: { "p/go.mod": goMod("example.org/p", "1.20", ...all, "replace example.org/d v1.0.0 => ../mine", "replace example.org/d => ../other"), "p/p.go": imports("example.org/d"), "mine/go.mod": d["go.mod"], "mine/d.go": code("d") }, modules },
  { name: "a folder that replaces and is not there", files: { "p/go.mod": goMod("example.org/p", "1.20", ...all, "replace example.org/d => ../none"), "p/p.go": imports("example.org/d") }, modules },
  { name: "a module that replaces", files: { "p/go.mod": goMod("example.org/p", "1.20", ...all, "replace example.org/d => example.org/fork v1.1.0"), "p/p.go": imports("example.org/d", "example.org/d/forked") }, modules: { ...modules, "example.org/fork@v1.1.0": { ...d, "forked/f.go": code("forked") } } },
  { name: "a line of go.sum is missing", files: { "p/go.mod": p, "p/p.go": imports("example.org/d", "example.org/e") }, modules, sums: ["example.org/e@v1.0.0", "example.org/f@v1.0.0"] },
  { name: "a module that is not in the cache", files: { "p/go.mod": goMod("example.org/p", "1.20", ...all, "require example.org/far v1.0.0"), "p/go.sum": "example.org/far v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nexample.org/far v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "p/p.go": imports("example.org/far", "fmt") } },
  { name: "of the graph, but not in go.mod", files: { "p/go.mod": goMod("example.org/p", "1.20", "require example.org/d v1.0.0"), "p/p.go": imports("example.org/d", "example.org/e") }, modules },
  { name: "go.mod behind what it requires", files: { "p/go.mod": goMod("example.org/p", "1.20", "require example.org/d v1.0.0", "require example.org/e v0.9.0", "require example.org/f v1.0.0"), "p/p.go": imports("example.org/d") }, modules: { ...modules, "example.org/e@v0.9.0": e } },
  { name: "the whole graph of others, before go 1.17", files: { "p/go.mod": goMod("example.org/p", "1.16", "require example.org/d v1.0.0"), "p/p.go": imports("example.org/d") }, modules },
  { name: "the whole graph, before go 1.17", files: { "p/go.mod": goMod("example.org/p", "1.16", "require example.org/d v1.0.0"), "p/p.go": imports("example.org/d", "example.org/e", "example.org/f") }, modules },
  { name: "the newest version wins", files: { "p/go.mod": goMod("example.org/p", "1.16", "require example.org/d v1.0.0", "require example.org/e v1.1.0"), "p/p.go": imports("example.org/e", "example.org/e/new", "example.org/f/deep/g") }, modules: { ...modules, "example.org/e@v1.1.0": e2, "example.org/f@v1.1.0": f } },
  { name: "an excluded version", files: { "p/go.mod": goMod("example.org/p", "1.16", "require example.org/d v1.0.0", "exclude example.org/e v1.0.0", "require example.org/e v1.1.0"), "p/p.go": imports("example.org/e/new") }, modules: { ...modules, "example.org/e@v1.1.0": e2, "example.org/f@v1.1.0": f } },
  { name: "vendor", files: { "p/go.mod": p, "p/p.go": imports("fmt", "example.org/p/own", "example.org/d", "example.org/d/sub"), "p/own/o.go": code("own"), "p/vendor/modules.txt": "# example.org/d v1.0.0\n## explicit; go 1.20\nexample.org/d\n# example.org/e v1.0.0\n## explicit; go 1.15\n# example.org/f v1.0.0\n## explicit; go 1.20\n", "p/vendor/example.org/d/d.go": code("d") }, modules },
  { name: "vendor with a folder that modules.txt does not name", files: { "p/go.mod": goMod("example.org/p", "1.20"), "p/p.go": imports("example.org/stray"), "p/vendor/example.org/stray/s.go": code("stray"), "p/vendor/modules.txt": "" } },
  { name: "the same, go 1.23", files: { "p/go.mod": goMod("example.org/p", "1.23"), "p/p.go": imports("example.org/stray"), "p/vendor/example.org/stray/s.go": code("stray"), "p/vendor/modules.txt": "" } },
  { name: "a workspace", files: { "go.work": "go 1.20\n\nuse (\n\t./p\n\t./q\n)\n", "p/go.mod": p, "p/p.go": imports("example.org/q/sub", "example.org/d", "example.org/e", "example.org/f"), "q/go.mod": goMod("example.org/q", "1.20", "require example.org/e v1.1.0"), "q/sub/q.go": code("sub") }, modules: { ...modules, "example.org/e@v1.1.0": e2, "example.org/f@v1.1.0": f } },
  { name: "a replacement of the workspace", files: { "go.work": "go 1.20\n\nuse ./p\n\nreplace example.org/d => ./mine\n", "p/go.mod": p, "p/p.go": imports("example.org/d", "example.org/d/sub"), "mine/go.mod": d["go.mod"], "mine/d.go": code("d") }, modules },
  { name: "vendor of a workspace", files: { "go.work": "go 1.22\n\nuse (\n\t./p\n\t./q\n)\n", "p/go.mod": p, "p/p.go": imports("example.org/q/sub", "example.org/d"), "q/go.mod": goMod("example.org/q", "1.20"), "q/sub/q.go": code("sub"), "vendor/modules.txt": "## workspace\n# example.org/d v1.0.0\n## explicit; go 1.20\nexample.org/d\n# example.org/e v1.0.0\n## explicit; go 1.15\n# example.org/f v1.0.0\n## explicit; go 1.20\n", "vendor/example.org/d/d.go": code("d") }, modules },
  { name: "-mod=mod without a proxy", files: { "p/go.mod": goMod("example.org/p", "1.20", ...all), "p/p.go": imports("example.org/d", "example.org/d/none", "example.com/x") }, env: { GOFLAGS: "-mod=mod" }, modules },
  { name: "outside any module", files: { "p/p.go": imports("fmt", "example.org/d", "nothing") }, modules },
  { name: "GOPATH", files: { "gopath/src/example.org/p/p.go": imports("fmt", "example.org/q", "example.org/none", "nothing"), "gopath/src/example.org/q/q.go": code("q") }, dir: "gopath/src/example.org/p" },
  { name: "vendor folders of GOPATH", files: { "gopath/src/example.org/p/cmd/x/x.go": imports("example.org/q", "example.org/r", "example.org/s"), "gopath/src/example.org/p/cmd/vendor/example.org/q/q.go": code("q"), "gopath/src/example.org/p/vendor/example.org/q/q.go": code("q"), "gopath/src/example.org/p/vendor/example.org/r/r.go": 'package r\n\nimport _ "example.org/s"\n', "gopath/src/example.org/p/vendor/example.org/s/README": "", "gopath/src/example.org/s/s.go": code("s") }, dir: "gopath/src/example.org/p/cmd/x" },
  { name: "internal in GOPATH", files: { "gopath/src/example.org/p/p.go": imports("example.org/p/internal/x", "example.org/q/internal/y"), "gopath/src/example.org/p/internal/x/x.go": code("x"), "gopath/src/example.org/q/internal/y/y.go": code("y") }, dir: "gopath/src/example.org/p" },
  { name: "a major version in GOPATH", files: { "gopath/src/example.org/p/go.mod": goMod("example.org/p", "1.20"), "gopath/src/example.org/p/p.go": imports("example.org/q/v2/sub", "example.org/r/v2"), "gopath/src/example.org/q/go.mod": goMod("example.org/q/v2", "1.20"), "gopath/src/example.org/q/sub/s.go": code("sub"), "gopath/src/example.org/r/r.go": code("r") }, dir: "gopath/src/example.org/p" },
  { name: "a folder outside GOPATH", files: { "p/p.go": imports("fmt", "example.org/q", "example.org/v"), "p/vendor/example.org/v/v.go": code("v"), "gopath/src/example.org/q/q.go": code("q") } },
  { name: "two folders of GOPATH", files: { "second/src/example.org/q/q.go": code("q"), "second/src/example.org/p/p.go": imports("example.org/q", "example.org/r"), "gopath/src/example.org/q/q.go": code("q"), "second/src/example.org/r/r.go": code("r") }, dir: "second/src/example.org/p", env: { GOPATH: "ROOT/gopath:ROOT/second" } },
]; // prettier-ignore
