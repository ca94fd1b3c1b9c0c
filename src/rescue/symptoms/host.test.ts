import { expect, test } from "vitest";
import { readSymptoms } from "./registry.ts";

function symptomsOf(text: string): readonly { readonly kind: string; readonly fields: object }[] {
  return readSymptoms({ argv: ["go"], status: 1, signal: undefined, startError: undefined, stdout: "", stderr: text, milliseconds: 0 }); // prettier-ignore
}

/** Lines of Go 1.21.13 and 1.25.5, of git, gcc and glibc, with shorter paths. */
test.each([
  ["go: error obtaining buildID for go tool compile: fork/exec /opt/go/pkg/tool/linux_amd64/compile: permission denied", "tool-missing", { path: "/opt/go/pkg/tool/linux_amd64/compile" }],
  ["go: can't execute /opt/go/pkg/tool/linux_amd64/vet -flags: fork/exec /opt/go/pkg/tool/linux_amd64/vet: permission denied", "program-denied", { path: "/opt/go/pkg/tool/linux_amd64/vet" }],
  ["fork/exec /tmp/go-build616096779/b001/exe/p: permission denied", "fork-denied", { path: "/tmp/go-build616096779/b001/exe/p" }],
  ["go: error obtaining buildID for go tool compile: pipe2: too many open files", "open-files", {}],
  ["runtime: epollcreate failed with 24", "open-files", {}],
  ["runtime: pipe failed with 24", "open-files", {}],
  ["fatal error: failed to reserve page summary memory", "out-of-memory", {}],
  ["fatal error: out of memory allocating heap arena map", "out-of-memory", {}],
  ["error obtaining VCS status: exit status 128", "vcs-status", { what: "exit status 128" }],
  ["example.org/p: go build example.org/p: copying /tmp/go-build644481578/b001/exe/a.out to /small/p: write /small/p: no space left on device", "output", { path: "/small/p" }],
  ["example.org/p: go build example.org/p: copying /tmp/go-build417469944/b001/exe/a.out: open p: read-only file system", "output", { path: "p" }],
  ["example.org/p: go build example.org/p: mkdir bin/: read-only file system", "output", { path: "bin/" }],
  ["go: updating go.mod: open /srv/p/go.mod: read-only file system", "project-file", { path: "/srv/p/go.mod" }],
  ["./main.go:3:11: fatal error: nosuch/nosuch.h: No such file or directory", "c-header", { header: "nosuch/nosuch.h" }],
  ["Package nosuchlib was not found in the pkg-config search path.", "pkg-config", { library: "nosuchlib" }],
  ["/nope/pkg-config: fork/exec /nope/pkg-config: no such file or directory", "pkg-config", { program: "/nope/pkg-config" }],
  ['cgo: C compiler "/nope/cc" not found: exec: "/nope/cc": stat /nope/cc: no such file or directory', "no-compiler", { compiler: "/nope/cc" }],
  ["failed to initialize build cache at /small: mkdir /small/01: no space left on device", "build-cache", {}],
  ["/usr/bin/go: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_9.34' not found (required by /usr/bin/go)", "libc-too-old", { version: "GLIBC_9.34" }],
  ["go: unsupported GOOS/GOARCH pair windows/riscv64", "port-unknown", { pair: "windows/riscv64" }],
  ['go: invalid GOTOOLCHAIN "1.21"', "setting-invalid", { name: "GOTOOLCHAIN", value: "1.21" }],
  ["go: invalid GOFIPS140: must be off, latest, inprocess, certified, or vX.Y.Z", "setting-invalid", { name: "GOFIPS140" }],
  ['go: GOPATH entry is relative; must be absolute path: "go".', "setting-invalid", { name: "GOPATH", value: "go" }],
  ["panic: fips140: unknown GODEBUG setting fips140=maybe", "setting-invalid", { name: "GODEBUG", value: "fips140=maybe" }],
  ["-mod=local not supported (can be '', 'mod', 'readonly', or 'vendor')", "goflags", {}],
  ["buildmode=nosuch not supported", "goflags", {}],
  ["go: reading overlay file: open missing.json: no such file or directory", "goflags", {}],
  ["go: reading overlay: open missing.json: no such file or directory", "goflags", {}],
  ['go: parsing $GOFLAGS: non-flag "b"', "goflags", {}],
])("%s", (line, kind, fields) => {
  const found = symptomsOf(`before\n${line}\nafter`).find((each) => each.kind === kind);
  expect(found?.fields).toMatchObject(fields);
}); // prettier-ignore

test("what a program of one's own says is none of these", () => {
  const kinds = symptomsOf("panic: boom\nexit status 2\n").map((each) => each.kind);
  expect(kinds.filter((kind) => !kind.startsWith("code."))).toEqual([]);
});
