/** A project that rescue has to leave alone: healthy, or broken by its own code. Files are laid over the drill's module (`example.org/drill`). */
export interface Program {
  /** Kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly [string, ...string[]];
  /** True: the command passes. */
  readonly healthy?: true;
}

const build = ["go", "build", "-o", "/dev/null", "."] as const;
const test = ["go", "test", "./..."] as const;
const vet = ["go", "vet", "./..."] as const;
const run = ["go", "run", "."] as const;

function broken(id: string, title: string, source: string, command: Program["command"] = build): Program {
  return { id: `code-${id}`, title, files: { "bad.go": `package main\n\n${source}\n` }, command };
}

function brokenTest(id: string, title: string, source: string): Program {
  const text = `package main\n\nimport "testing"\n\nfunc TestBad(t *testing.T) { ${source} }\n`;
  return { id: `code-${id}`, title, files: { "bad_test.go": text }, command: test };
}

function program(id: string, title: string, main: string): Program {
  return { id: `code-${id}`, title, files: { "main.go": `package main\n\n${main}\n` }, command: run };
}

function healthy(id: string, title: string, command: Program["command"]): Program {
  return { id: `healthy-${id}`, title, files: {}, command, healthy: true };
}

export const PROGRAMS: readonly Program[] = [
  healthy("build", "A build that passes", build),
  healthy("test", "Tests that pass", test),
  healthy("vet", "Nothing for vet to find", vet),
  healthy("run", "A program that runs", run),
  healthy("list", "A list of packages", ["go", "list", "./..."]),
  broken("type", "A type error", 'func bad() int { return "x" }'),
  broken("syntax", "A syntax error", "func bad( {"),
  broken("unused-import", "An unused import", 'import "os"'),
  broken("unused-variable", "An unused variable", "func bad() { x := 1 }"),
  broken("undefined", "An undefined name", "var x = nowhere"),
  broken("twice", "A name declared twice", "func main() {}"),
  broken("return", "A missing return", "func bad() int {}"),
  broken("arguments", "A call with too few arguments", "var x = copy([]int{})"),
  broken("library-package", "A package of the library that does not exist", 'import _ "fmt/nowhere"'),
  broken("own-package", "A package of the module that does not exist", 'import _ "example.org/drill/nowhere"'),
  broken("other-module", "A package of a module that truly does not exist", 'import _ "example.org/nowhere/at/all"'),
  broken("embed", "An embed pattern without files", 'import _ "embed"\n\n//go:embed nowhere.txt\nvar s string'),
  broken("vet", "A vet finding", 'import "fmt"\n\nfunc bad() { fmt.Printf("%d", "x") }', vet),
  {
    id: "code-mixed",
    title: "Two packages in one folder",
    files: { "bad.go": "package other\n" },
    command: build,
  },
  {
    id: "code-cycle",
    title: "An import cycle",
    files: {
      "internal/greet/cycle.go": 'package greet\n\nimport _ "example.org/drill/internal/two"\n',
      "internal/two/two.go": 'package two\n\nimport _ "example.org/drill/internal/greet"\n',
    },
    command: build,
  },
  {
    id: "code-excluded",
    title: "A package whose files are all excluded",
    files: {
      "bad.go": 'package main\n\nimport _ "example.org/drill/none"\n',
      "none/none.go": "//go:build never\n\npackage none\n",
    },
    command: build,
  },
  {
    id: "code-internal",
    title: "An internal package of somebody else",
    files: {
      "bad.go": 'package main\n\nimport _ "example.org/drill/other/internal/x"\n',
      "other/internal/x/x.go": "package x\n",
    },
    command: build,
  },
  {
    id: "code-test-compile",
    title: "A test that does not compile",
    files: { "bad_test.go": "package main\n\nvar x int = nowhere\n" },
    command: test,
  },
  brokenTest("failing-test", "A failing test", 't.Fatal("no")'),
  brokenTest("panicking-test", "A panicking test", 'panic("no")'),
  brokenTest("test-denied", "A test that says permission denied", 't.Fatal("open /x: permission denied")'),
  brokenTest("test-network", "A test that cannot reach a server", 't.Fatal("dial tcp 127.0.0.1:1: connect: connection refused")'), // prettier-ignore
  brokenTest("test-disk", "A test that says the disk is full", 't.Fatal("write /x: no space left on device")'),
  program("exit", "A program that ends with status 1", 'import "os"\n\nfunc main() { os.Exit(1) }'),
  program("panic", "A program that panics", 'func main() { panic("connection refused") }'),
  program("deadlock", "A program that waits for itself", "func main() { select {} }"),
];
