import { LIST_DEPS, goMain } from "../projects.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Files, Prepare } from "../types.ts";

const code = goMain(`fmt.Println(greet.Hello("world"))`, ["example.com/greet", "fmt"]);

/** A project with one direct and one indirect dependency, both in the proxy; nothing is downloaded yet. */
export const needsGreet: Files = {
  "go.mod":
    "module example.com/service\n\ngo 1.20\n\nrequire example.com/greet v1.2.0\n\nrequire example.com/color v1.0.0 // indirect\n",
  "main.go": code,
};

/** The same, but go.mod does not know of the dependency. */
export const importsGreet: Files = { "main.go": code };

/** One preparation after another. */
export function steps(...prepares: readonly Prepare[]): Prepare {
  return async (box) => {
    for (const prepare of prepares) await prepare(box);
  };
}

/** go.sum as `go mod tidy` would leave it for `needsGreet`. */
export function writeGoSum(box: Sandbox, change = (sum: string): string => sum): void {
  const sum = box.servers.goSum("example.com/color@v1.0.0", "example.com/greet@v1.2.0");
  box.write("go.sum", change(sum));
}

/** go.sum is in place and both modules are in the module cache. */
export async function downloadGreet(box: Sandbox): Promise<void> {
  writeGoSum(box);
  await box.asDev("go mod download");
}

/** Commands that load packages, each with a text of its own. */
export const loading = {
  build: "go build ./...",
  test: "go test ./...",
  vet: "go vet ./...",
  run: "go run .",
  list: LIST_DEPS,
} as const;

/** The same, and those that load modules only. */
export const all = {
  ...loading,
  tidy: "go mod tidy",
  download: "go mod download",
  modules: "go list -m all",
} as const;

export const cache = "/home/dev/go/pkg/mod";
export const greetIn = `${cache}/cache/download/example.com/greet/@v`;
