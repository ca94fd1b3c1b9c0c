import type { Cause } from "../../types.ts";
import { compiling, main, mainText, runs } from "./common.ts";

/** What compiler, assembler and linker refuse. */
export const compile: readonly Cause[] = [
  {
    id: "type-mismatch",
    fault: "a string is assigned to an int",
    files: main(`var count int = "three"\nfmt.Println(count)`),
    runs: compiling,
  },
  {
    id: "unused-variable",
    fault: "a variable is declared and not used",
    files: main(`count := 3\nfmt.Println("hello")`),
    runs: compiling,
  },
  {
    id: "unused-import",
    fault: "a package is imported and not used",
    files: main(`fmt.Println("hello")`, ["fmt", "os"]),
    runs: compiling,
  },
  {
    id: "undefined-name",
    fault: "a function that nobody declares is called",
    files: main(`fmt.Println(greeting())`),
    runs: compiling,
  },
  {
    id: "undefined-member",
    fault: "a function that a standard package does not have is called",
    files: main(`fmt.Printline("hello")`),
    runs,
  },
  {
    id: "missing-method",
    fault: "a type lacks a method of the interface that it is used as",
    files: mainText(
      `import "fmt"\n\ntype clock struct{}\n\nfunc main() {\n\tvar s fmt.Stringer = clock{}\n\tfmt.Println(s)\n}\n`,
    ),
    runs,
  },
  {
    id: "wrong-arguments",
    fault: "a function is called with too few arguments",
    files: mainText(`func add(a, b int) int { return a + b }\n\nfunc main() {\n\tprintln(add(1))\n}\n`),
    runs,
  },
  {
    id: "missing-return",
    fault: "a function with a result ends without return",
    files: mainText(`func one() int {\n}\n\nfunc main() {\n\tprintln(one())\n}\n`),
    runs,
  },
  {
    id: "many-errors",
    fault: "a file has more than ten type errors",
    files: main(Array.from({ length: 12 }, (_, n) => `fmt.Println(missing${n})`).join("\n")),
    runs,
  },
  {
    id: "syntax-error",
    fault: "a file is not Go",
    files: mainText(`func main() {\n\tif true {\n\t\tprintln("hello"\n\t}\n}\n`),
    runs: { ...compiling, list: "go list ./...", tidy: "go mod tidy" },
  },
  {
    id: "truncated-source",
    fault: "a file ends in the middle of a function",
    files: mainText(`func main() {\n\tprintln("hello")\n`),
    runs,
  },
  {
    id: "no-package-clause",
    fault: "a file has no package clause",
    files: { "main.go": "func main() {}\n" },
    runs: { ...runs, list: "go list ./..." },
  },
  {
    id: "duplicate-declaration",
    fault: "two files declare the same function",
    files: { ...main(`fmt.Println("hello")`), "more.go": "package main\n\nfunc main() {}\n" },
    runs,
  },
  {
    id: "no-inference",
    fault: "a type argument cannot be inferred",
    files: mainText(`func zero[T any]() T {\n\tvar z T\n\treturn z\n}\n\nfunc main() {\n\tprintln(zero())\n}\n`),
    runs,
  },
  {
    id: "constraint-unsatisfied",
    fault: "a type argument does not satisfy its constraint",
    files: mainText(
      `func less[T int | string](a, b T) bool { return a < b }\n\nfunc main() {\n\tprintln(less([]int{1}, []int{2}))\n}\n`,
    ),
    runs,
  },
  {
    id: "missing-body",
    fault: "a function has no body and there is no assembly",
    files: mainText("func add(a, b int) int\n\nfunc main() {\n\tprintln(add(1, 2))\n}\n"),
    runs,
  },
  {
    id: "link-undefined",
    fault: "a function without a body is not in the package's assembly either",
    files: { ...mainText("func add(a, b int) int\n\nfunc main() {\n\tprintln(add(1, 2))\n}\n"), "empty.s": "" },
    runs: { build: "go build -o service .", run: "go run .", test: "go test ./..." },
  },
  {
    id: "assembly-error",
    fault: "an assembly file holds an instruction that does not exist",
    files: { "broken.s": "TEXT ·add(SB), $0\n\tNOSUCH AX\n\tRET\n" },
    runs,
  },
  {
    id: "newer-std-function",
    fault: "functions of later releases are called: min (1.21), errors.AsType (1.26)",
    until: "1.25",
    files: mainText(`import "errors"\n\nfunc main() {\n\tprintln(min(1, 2))\n\t_, _ = errors.AsType[error](nil)\n}\n`),
    runs: { build: "go build ./...", vet: "go vet ./..." },
  },
  {
    id: "newer-language",
    fault: "go.mod says go 1.20, and the code ranges over an integer, as Go 1.22 can",
    files: mainText("func main() {\n\tfor i := range 3 {\n\t\tprintln(i)\n\t}\n}\n"),
    runs: { build: "go build ./...", vet: "go vet ./..." },
  },
  {
    id: "older-language",
    fault: "go.mod says go 1.17, and the code has a type parameter",
    files: {
      "go.mod": "module example.com/service\n\ngo 1.17\n",
      ...mainText("func id[T any](x T) T { return x }\n\nfunc main() {\n\tprintln(id[int](1))\n}\n"),
    },
    runs,
  },
  {
    id: "cgo-c-error",
    fault: "the C code in a package does not compile",
    files: {
      "native/native.go": `package native\n\n// int answer(void) { return missing; }\nimport "C"\n\nvar Answer = C.answer()\n`,
    },
    runs,
  },
  {
    id: "cgo-undefined",
    fault: "a C function that no file defines is called",
    files: {
      "native/native.go": `package native\n\n// int answer(void);\nimport "C"\n\nvar Answer = C.answer()\n`,
      ...mainText(`import _ "example.com/service/native"\n\nfunc main() {}\n`),
    },
    runs: { build: "go build -o service ." },
  },
];
