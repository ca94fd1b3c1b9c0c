import type { Command, Environment, Files } from "./types.ts";

/** The project that every cause starts from: it builds, tests and runs. */
export const base: Files = {
  "go.mod": "module example.com/service\n\ngo 1.20\n",
  "main.go": goMain(`fmt.Println("hello")`),
};

/** Loads all that is imported, and names what is not of the standard library. */
export const LIST_DEPS = "go list -deps ./...";

/** A main package with this body of main(). */
export function goMain(body: string, imports: readonly string[] = ["fmt"]): string {
  return `package main\n\n${imports.map((name) => `import "${name}"\n`).join("")}\nfunc main() {\n${indent(body)}}\n`;
}

/** A file with tests that have this body of TestService(). */
export function goTest(body: string, imports: readonly string[] = []): string {
  const all = ["testing", ...imports].toSorted();
  return `package main\n\nimport (\n${all.map((name) => `\t"${name}"\n`).join("")})\n\nfunc TestService(t *testing.T) {\n${indent(body)}}\n`;
}

function indent(body: string): string {
  return body
    .split("\n")
    .map((line) => (line === "" ? "\n" : `\t${line}\n`))
    .join("");
}

const cgoBody = `package native

// int answer(void) { return 42; }
import "C"

// Answer asks C.
func Answer() int { return int(C.answer()) }
`;

/** All that recorded commands compile of the standard library, with the settings that change the code. */
export const warmth: {
  readonly files: Files;
  readonly runs: readonly { readonly command: Command; readonly env?: Environment }[];
} = {
  files: {
    ...base,
    "main.go": goMain(`fmt.Println(errors.New("hello"), os.Args, strings.ToUpper("a"), time.Now())\n_ = embed.FS{}`, [
      "embed",
      "errors",
      "fmt",
      "os",
      "strings",
      "time",
    ]),
    "main_test.go": goTest("time.Sleep(1)", ["time"]),
    "native/native.go": cgoBody,
  },
  runs: [
    { command: "go build ./..." },
    { command: "go vet ./..." },
    { command: "go test ./..." },
    { command: "go test -race ." },
    { command: "go test .", env: { CGO_ENABLED: "0" } },
    ...["linux/arm64", "windows/amd64"].map((platform) => ({
      command: "go build .",
      env: { CGO_ENABLED: "0", GOOS: platform.split("/")[0], GOARCH: platform.split("/")[1] },
    })),
  ],
};
