import { must } from "../../namespace.ts";
import type { Sandbox } from "../../sandbox.ts";
import type { Cause, Files } from "../../types.ts";

const withTest = { "main_test.go": `package main\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n` };
const native = (lines: string): Files => ({
  "native/native.go": `package native\n\n${lines}\nimport "C"\n\n// Answer asks C.\nfunc Answer() int { return int(C.answer()) }\n`,
  "main.go": `package main\n\nimport "example.com/service/native"\n\nfunc main() { println(native.Answer()) }\n`,
});
const c = native("// static int answer(void) { return 42; }");
const compiling = { build: "go build ./...", test: "go test ./...", vet: "go vet ./...", run: "go run ." } as const;
const on = { CGO_ENABLED: "1" } as const;

/** A PATH with go, and no C compiler. */
function withoutCompiler(box: Sandbox): void {
  box.onlyPrograms("sh", "dash", "git");
}
const noCompilerPath = "/opt/go/bin:/home/dev/bin";

/** The folder is dev's, and git refuses one of another user's. */
const git = "git -c safe.directory='*'";

function repository(box: Sandbox): void {
  must(
    "sh",
    "-c",
    `cd ${box.project} && git init -q . && ${git} add . && ${git} -c user.name=dev -c user.email=dev@example.com commit -q -m one`,
  );
}

/** Variables that another task left behind, C compilers, and version control. */
export const leaks: readonly Cause[] = [
  {
    id: "goos-leaked",
    fault: "GOOS is of another system",
    env: { GOOS: "windows" },
    files: withTest,
    runs: {
      run: "go run .",
      test: "go test ./...",
      excluded: {
        command: "go build ./...",
        files: { "main.go": "//go:build linux\n\npackage main\n\nfunc main() {}\n" },
      },
      "excluded-import": {
        command: "go build ./...",
        files: {
          "unix/unix_linux.go": "package unix\n",
          "main.go": `package main\n\nimport _ "example.com/service/unix"\n\nfunc main() {}\n`,
        },
      },
    },
  },
  {
    id: "goarch-leaked",
    fault: "GOARCH is of another processor",
    env: { GOARCH: "arm64" },
    files: withTest,
    runs: {
      run: "go run .",
      test: "go test ./...",
      generate: { command: "go generate ./...", files: { "gen.go": "package main\n\n//go:generate go run .\n" } },
      tool: "go tool vet -V",
    },
  },
  {
    id: "cgo-disabled",
    fault: "CGO_ENABLED=0, and a package is in C only",
    env: { CGO_ENABLED: "0" },
    files: c,
    runs: {
      ...compiling,
      list: "go list ./...",
      undefined: {
        command: "go build ./...",
        files: { "native/other.go": "package native\n\nvar double = 2 * Answer()\n" },
      },
      race: {
        command: "go test -race ./...",
        files: { ...withTest, "native/native.go": "package native\n\nfunc Answer() int { return 1 }\n" },
      },
    },
  },
  {
    id: "no-c-compiler",
    fault: "CGO_ENABLED=1, and there is no gcc on PATH",
    env: { ...on, PATH: noCompilerPath },
    files: c,
    prepare: withoutCompiler,
    runs: {
      ...compiling,
      race: {
        command: "go test -race ./...",
        files: { "native/native.go": "package native\n\nfunc Answer() int { return 1 }\n", ...withTest },
      },
      external: {
        command: "go build -ldflags=-linkmode=external -o service .",
        files: { "native/native.go": "package native\n\nfunc Answer() int { return 1 }\n" },
      },
    },
  },
  {
    id: "no-c-compiler-default",
    fault: "CGO_ENABLED is not set, and there is no gcc on PATH",
    env: { PATH: noCompilerPath },
    files: c,
    prepare: withoutCompiler,
    runs: compiling,
  },
  {
    id: "cc-missing",
    fault: "CC names a compiler that does not exist",
    env: { ...on, CC: "aarch64-linux-gnu-gcc" },
    files: c,
    runs: {
      ...compiling,
      path: { command: "go build ./...", env: { CC: "/opt/cross/bin/gcc" } },
      clang: { command: "go build ./...", env: { CC: "clang" } },
    },
  },
  {
    id: "cc-fails",
    fault: "CC is a program that fails",
    env: { ...on, CC: "/home/dev/bin/cc" },
    files: c,
    prepare: (box) => void box.write("/home/dev/bin/cc", "#!/bin/sh\necho 'cc: no licence left' >&2\nexit 1\n", 0o755),
    runs: {
      build: "go build ./...",
      "not-executable": {
        command: "go build ./...",
        env: { CC: "/home/dev/service/cc" },
        files: { cc: "#!/bin/sh\n" },
      },
    },
  },
  {
    id: "cgo-flags-bad",
    fault: "CGO_CFLAGS or CGO_LDFLAGS has what the compiler does not know",
    env: on,
    files: c,
    runs: {
      cflags: { command: "go build ./...", env: { CGO_CFLAGS: "-nosuch" } },
      ldflags: { command: "go build -o service .", env: { CGO_LDFLAGS: "-lnosuch" } },
      quote: { command: "go build ./...", env: { CGO_CFLAGS: "-DNAME='x" } },
      forbidden: {
        command: "go build ./...",
        files: native("// #cgo CFLAGS: -fplugin=evil.so\n// static int answer(void) { return 42; }"),
      },
    },
  },
  {
    id: "cgo-for-other-processor",
    fault: "CGO_ENABLED=1 and GOARCH of another processor, with the host's own gcc",
    env: { ...on, GOARCH: "arm64" },
    files: c,
    runs: {
      build: { command: "go build -p=1 ./...", cut: /gcc_arm64\.S:(?!2[0-9]:)/ },
      "386": { command: "go build -p=1 ./...", env: { GOARCH: "386" } },
    },
  },
  {
    id: "c-header-missing",
    fault: "a C header is not installed",
    env: on,
    files: native("// #include <nosuch/nosuch.h>\n// static int answer(void) { return 42; }"),
    runs: compiling,
  },
  {
    id: "c-library-missing",
    fault: "a C library is not installed",
    env: on,
    files: native("// #cgo LDFLAGS: -lnosuch\n// static int answer(void) { return 42; }"),
    runs: { build: "go build -o service .", test: "go test ./..." },
  },
  {
    id: "pkg-config-fails",
    fault: "pkg-config does not know a library, or is not there",
    env: on,
    files: native("// #cgo pkg-config: nosuchlib\n// static int answer(void) { return 42; }"),
    runs: {
      unknown: "go build ./...",
      missing: {
        command: "go build ./...",
        env: { PATH: "/opt/go/bin:/home/dev/bin" },
        prepare: (box) => void box.onlyPrograms("sh", "gcc", "as", "ld"),
      },
      named: { command: "go build ./...", env: { PKG_CONFIG: "/opt/missing/pkg-config" } },
      list: "go list ./...",
    },
  },
  {
    id: "linker-missing-on-path",
    fault: "gcc is there, and its assembler and linker are not",
    env: { ...on, PATH: noCompilerPath },
    files: c,
    prepare: (box) => void box.onlyPrograms("sh", "gcc"),
    runs: {
      build: { command: "go build -o service .", prepare: (box) => box.mount("/usr/bin/as", "--bind", "/dev/null") },
    },
  },
  {
    id: "exec-wrapper-missing",
    fault: "-exec names a program that does not exist",
    files: withTest,
    runs: { test: "go test -exec=/opt/missing/qemu ./...", run: "go run -exec=/opt/missing/qemu ." },
  },
  {
    id: "git-ownership",
    fault: "the checkout is of another user, and git does not trust it",
    prepare: (box) => {
      repository(box);
      must("chown", "-R", "0:0", `${box.project}/.git`, box.project);
    },
    runs: {
      build: "go build -o /home/dev/out .",
      all: "go build ./...",
      run: "go run .",
      test: "go test ./...",
      install: "go install .",
      list: "go list .",
      vet: "go vet ./...",
    },
  },
  {
    id: "git-broken",
    fault: "the checkout's .git is damaged",
    prepare: (box) => {
      repository(box);
      must("chown", "-R", "1000:1000", box.project);
    },
    runs: {
      head: { command: "go build -o /home/dev/out .", prepare: (box) => box.remove(".git/HEAD") },
      objects: { command: "go build -o /home/dev/out .", prepare: (box) => box.remove(".git/objects") },
      worktree: {
        command: "go build -o /home/dev/out .",
        prepare: (box) => (
          box.remove(".git"),
          void box.write(".git", "gitdir: /home/dev/gone/.git/worktrees/service\n")
        ),
      },
      empty: {
        command: "go build -o /home/dev/out .",
        prepare: (box) => (box.remove(".git"), void box.folder(".git")),
      },
      index: { command: "go build -o /home/dev/out .", prepare: (box) => void box.write(".git/index", "x") },
    },
  },
  {
    id: "git-without-commit",
    fault: "the checkout has no commit yet",
    prepare: (box) => {
      must("git", "-C", box.project, "init", "-q", ".");
      must("chown", "-R", "1000:1000", box.project);
    },
    runs: { build: "go build -o /home/dev/out .", required: "go build -buildvcs=true -o /home/dev/out ." },
  },
  {
    id: "git-missing",
    fault: "the project is a checkout, and git is not installed",
    env: { PATH: "/opt/go/bin:/home/dev/bin" },
    prepare: (box) => (
      repository(box),
      void must("chown", "-R", "1000:1000", box.project),
      void box.onlyPrograms("sh")
    ),
    runs: { required: "go build -buildvcs=true -o /home/dev/out ." },
  },
  {
    id: "hg-missing",
    fault: "the project is a Mercurial checkout, and hg is not installed",
    prepare: (box) => void box.folder(".hg"),
    runs: { build: "go build -buildvcs=true -o /home/dev/out ." },
  },
  {
    id: "two-repositories",
    fault: "a folder has both .git and .hg",
    prepare: (box) => {
      repository(box);
      box.folder(".hg");
      must("chown", "-R", "1000:1000", box.project);
    },
    runs: { build: "go build -o /home/dev/out ." },
  },
];
