import type { Cause } from "../../types.ts";
import { main, mainText, test } from "./common.ts";

/** Tests, vet, generators and programs that end badly by themselves. */
export const tests: readonly Cause[] = [
  {
    id: "failing-test",
    fault: "a test fails",
    files: test(`if got := 1 + 1; got != 3 {\n\tt.Errorf("got %d, want 3", got)\n}`),
    runs: {
      test: "go test ./...",
      verbose: "go test -v ./...",
      json: "go test -json ./...",
      parallel: "go test -failfast -count=1 ./...",
    },
  },
  {
    id: "failing-example",
    fault: "an example prints something else than its comment",
    files: {
      "main_test.go": `package main\n\nimport "fmt"\n\nfunc ExampleHello() {\n\tfmt.Println("hello")\n\t// Output: bye\n}\n`,
    },
    runs: { test: "go test -vet=off ./..." },
  },
  {
    id: "failing-fuzz-seed",
    fault: "a fuzz test fails with its seed",
    files: {
      "main_test.go": `package main\n\nimport "testing"\n\nfunc FuzzService(f *testing.F) {\n\tf.Add(1)\n\tf.Fuzz(func(t *testing.T, n int) {\n\t\tt.Fatal("unlucky", n)\n\t})\n}\n`,
    },
    runs: { test: "go test ./..." },
  },
  {
    id: "panicking-test",
    fault: "a test panics",
    files: test(`var m map[string]int\nm["a"] = 1`),
    runs: { test: "go test ./..." },
  },
  {
    id: "exiting-test",
    fault: "a test calls os.Exit(1)",
    files: test("os.Exit(1)", ["os"]),
    runs: { test: "go test ./..." },
  },
  {
    id: "hanging-test",
    fault: "a test takes longer than -timeout",
    files: test("time.Sleep(time.Hour)", ["time"]),
    runs: { test: "go test -timeout=1s ./..." },
  },
  {
    id: "test-does-not-compile",
    fault: "a test file has a type error",
    files: test(`var count int = "three"\n_ = count`),
    runs: { test: "go test ./...", vet: "go vet ./..." },
  },
  {
    id: "test-setup-failed",
    fault: "a test file imports a package of the module that does not exist",
    files: test("store.Open()", ["example.com/service/store"]),
    runs: { test: "go test ./...", vet: "go vet ./..." },
  },
  {
    id: "vet-printf",
    fault: "a format verb does not fit its argument",
    files: main(`fmt.Printf("%d\\n", "three")`),
    runs: { vet: "go vet ./...", test: "go test ./..." },
  },
  {
    id: "vet-printf-with-tests",
    fault: "a format verb does not fit its argument, in a package with tests",
    files: { ...main(`fmt.Printf("%d\\n", "three")`), ...test(`t.Log("fine")`) },
    runs: { test: "go test ./..." },
  },
  {
    id: "vet-copylocks",
    fault: "a lock is copied",
    files: mainText(`import "sync"\n\nfunc lock(m sync.Mutex) { m.Lock() }\n\nfunc main() { lock(sync.Mutex{}) }\n`),
    runs: { vet: "go vet ./..." },
  },
  {
    id: "data-race",
    fault: "two goroutines write a variable",
    files: test(
      `done := make(chan bool)\nn := 0\ngo func() {\n\ttime.Sleep(50 * time.Millisecond)\n\tn = 1\n\tdone <- true\n}()\nn = 2\n<-done\nt.Log(n)`,
      ["time"],
    ),
    runs: { test: "go test -race ./..." },
  },
  {
    id: "generate-fails",
    fault: "a go:generate command fails or does not exist",
    files: { "gen.go": "package main\n\n//go:generate false\n" },
    runs: {
      generate: "go generate ./...",
      absent: { command: "go generate ./...", files: { "gen.go": "package main\n\n//go:generate mockery --all\n" } },
    },
  },
  {
    id: "program-exits",
    fault: "the program that go run started ends with a status of its own",
    files: main("os.Exit(1)", ["os"]),
    runs: {
      one: "go run .",
      three: { command: "go run .", files: main("os.Exit(3)", ["os"]) },
      message: {
        command: "go run .",
        files: main(
          `fmt.Fprintln(os.Stderr, "config: open /etc/service.yaml: no such file or directory")\nos.Exit(1)`,
          ["fmt", "os"],
        ),
      },
    },
  },
  {
    id: "program-panics",
    fault: "the program that go run started panics",
    files: mainText(`func main() {\n\tvar list []int\n\tprintln(list[len(list)])\n}\n`),
    runs: { panic: "go run .", deadlock: { command: "go run .", files: mainText("func main() {\n\tselect {}\n}\n") } },
  },
  {
    id: "program-killed",
    fault: "the program that go run started dies of a signal",
    files: mainText(
      `import "syscall"\n\nfunc main() {\n\t_ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL)\n\tselect {}\n}\n`,
    ),
    runs: { run: "go run ." },
  },
];
