import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findGoroots, type FoundGos } from "./found.ts";

let root: string;
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), "medkit-found-")))));
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function makeGo(path: string, version: string, tools = "linux_amd64"): void {
  write(join(path, "VERSION"), `${version}\ntime 2024-01-01T00:00:00Z\n`);
  write(join(path, "pkg", "tool", tools, "compile"), "");
}

/** What is found below the test's folder: this host's own Gos are no part of the test. */
function find(env: Record<string, string> = {}, hostRoot = "/"): FoundGos {
  const { found, unusable, leftOff } = findGoroots({
    env: { HOME: root, PATH: "", ...env },
    root: hostRoot,
    moduleCache: join(root, "mod"),
    host: { os: "linux", arch: "amd64" },
    store: join(root, "home", "toolchains"),
  });
  const below = (each: { path: string }): boolean => each.path.startsWith(root);
  return { found: found.filter(below), unusable: unusable.filter(below), leftOff };
}

test("knows the default places of each manager", () => {
  const places = {
    "golang.org/dl": "sdk/go1.22.1",
    "go command": "mod/golang.org/toolchain@v0.0.1-go1.22.2.linux-amd64",
    mise: ".local/share/mise/installs/go/1.22.3",
    asdf: ".asdf/installs/golang/1.22.4/go",
    goenv: ".goenv/versions/1.22.5",
    gvm: ".gvm/gos/go1.22.6",
    g: ".g/versions/1.22.7",
  };
  for (const [index, path] of Object.values(places).entries()) makeGo(path, `go1.22.${index + 1}`);
  expect(find().found.map((each) => [each.makers.join(), each.version, each.path])).toEqual(
    Object.entries(places)
      .map(([maker, path], index) => [maker, `1.22.${index + 1}`, join(root, path)])
      .toReversed(),
  );
});

function linkTo(target: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

/** What each packager lays down on a host, with its links and what lies beside. `found`: path and other names. */
const packaged: readonly [
  name: string,
  maker: string,
  lay: () => void,
  found: string,
  alsoAt: string[],
  path?: string,
][] = [
  [
    "the archive of go.dev",
    "archive",
    () => makeGo("usr/local/go", "go1.22.5"),
    "usr/local/go",
    [],
    "usr/local/go/bin",
  ],
  [
    "Debian and Ubuntu",
    "distribution",
    () => {
      makeGo("usr/lib/go-1.22", "go1.22.5");
      linkTo("go-1.22", "usr/lib/go");
      // Sources lie apart, and are no GOROOT.
      write("usr/share/go-1.22/src/fmt/print.go", "");
      linkTo("../../share/go-1.22/src", "usr/lib/go-1.22/src");
      linkTo("../lib/go-1.22/bin/go", "usr/bin/go");
    },
    "usr/lib/go",
    ["usr/lib/go-1.22"],
    "usr/bin",
  ],
  [
    "Fedora",
    "distribution",
    () => {
      makeGo("usr/lib/golang", "go1.22.5");
      linkTo("/etc/alternatives/go", "usr/bin/go");
    },
    "usr/lib/golang",
    [],
  ],
  [
    "Arch and Alpine",
    "distribution",
    () => {
      makeGo("usr/lib/go", "go1.22.5");
      linkTo("../lib/go/bin/go", "usr/bin/go");
    },
    "usr/lib/go",
    [],
    "usr/bin",
  ],
  ["openSUSE", "distribution", () => makeGo("usr/lib64/go/1.22", "go1.22.5"), "usr/lib64/go/1.22", []],
  ["MacPorts", "distribution", () => makeGo("opt/local/lib/go", "go1.22.5"), "opt/local/lib/go", []],
  [
    "snap",
    "snap",
    () => {
      makeGo("snap/go/10660", "go1.22.5");
      linkTo("10660", "snap/go/current");
      // The command is snapd's own, whatever its name.
      write("usr/bin/snap", "");
      linkTo("../../usr/bin/snap", "snap/bin/go");
    },
    "snap/go/10660",
    ["snap/go/current"],
  ],
  [
    "snap on Fedora and Arch",
    "snap",
    () => {
      makeGo("var/lib/snapd/snap/go/10660", "go1.22.5");
      linkTo("10660", "var/lib/snapd/snap/go/current");
      linkTo("/var/lib/snapd/snap", "snap");
    },
    "var/lib/snapd/snap/go/10660",
    ["var/lib/snapd/snap/go/current"],
  ],
  ...["opt/homebrew", "usr/local", "home/linuxbrew/.linuxbrew"].map((prefix): (typeof packaged)[number] => [
    `Homebrew in ${prefix}`,
    "Homebrew",
    () => {
      makeGo(`${prefix}/Cellar/go/1.22.5/libexec`, "go1.22.5");
      linkTo("../Cellar/go/1.22.5", `${prefix}/opt/go`);
      linkTo("../libexec/bin/go", `${prefix}/Cellar/go/1.22.5/bin/go`);
      linkTo("../Cellar/go/1.22.5/bin/go", `${prefix}/bin/go`);
      // Another formula whose name begins like it.
      write(`${prefix}/Cellar/goreleaser/2.0.0/libexec/x`, "");
      linkTo("../Cellar/goreleaser/2.0.0", `${prefix}/opt/goreleaser`);
    },
    `${prefix}/opt/go/libexec`,
    [`${prefix}/Cellar/go/1.22.5/libexec`],
    `${prefix}/bin`,
  ]),
  [
    "Homebrew's older formula",
    "Homebrew",
    () => {
      makeGo("opt/homebrew/Cellar/go@1.22/1.22.5/libexec", "go1.22.5");
      linkTo("../Cellar/go@1.22/1.22.5", "opt/homebrew/opt/go@1.22");
    },
    "opt/homebrew/opt/go@1.22/libexec",
    ["opt/homebrew/Cellar/go@1.22/1.22.5/libexec"],
  ],
  [
    "GitHub's images",
    "tool cache",
    () => makeGo("opt/hostedtoolcache/go/1.22.5/x64", "go1.22.5"),
    "opt/hostedtoolcache/go/1.22.5/x64",
    [],
  ],
];

test.each(packaged)("finds the Go of %s, and takes nothing else for one", (_, maker, lay, found, alsoAt, bin) => {
  lay();
  if (bin !== undefined) write(join(found, "bin", "go"), "");
  const path = bin === undefined ? join(root, "snap", "bin") : join(root, bin);
  const gos = find({ PATH: path }, root);
  expect(gos.unusable).toEqual([]);
  expect(gos.found).toMatchObject([
    {
      path: join(root, found),
      version: "1.22.5",
      makers: bin === undefined ? [maker] : [maker, "PATH"],
    },
  ]);
  const real = gos.found[0]?.realPath ?? "";
  const names = [...(gos.found[0]?.alsoAt ?? []), ...(real === join(root, found) ? [] : [real])];
  expect([...new Set(names)]).toEqual(alsoAt.map((each) => join(root, each)));
});

test("finds each revision and version that is still there", () => {
  makeGo("snap/go/1", "go1.21.1");
  makeGo("snap/go/2", "go1.22.2");
  makeGo("usr/lib/go-1.23", "go1.23.3");
  makeGo("usr/lib/go-1.24", "go1.24.4");
  makeGo("opt/homebrew/Cellar/go/1.25.5/libexec", "go1.25.5");
  makeGo("opt/homebrew/Cellar/go/1.26.0/libexec", "go1.26.0");
  expect(find({}, root).found.map((each) => [each.version, each.makers.join()])).toEqual([
    ["1.26.0", "Homebrew"],
    ["1.25.5", "Homebrew"],
    ["1.24.4", "distribution"],
    ["1.23.3", "distribution"],
    ["1.22.2", "snap"],
    ["1.21.1", "snap"],
  ]);
});

test("heeds each manager's variable, and ignores a relative one", () => {
  const places: Record<string, string> = {
    GOROOT: "a",
    HOMEBREW_PREFIX: "b/opt/go@1.22/libexec",
    MISE_DATA_DIR: "c/installs/go/x",
    ASDF_DATA_DIR: "d/installs/golang/x/go",
    GOENV_ROOT: "e/versions/x",
    GVM_ROOT: "f/gos/x",
    RUNNER_TOOL_CACHE: "g/go/1.22.5/x64",
  };
  const env: Record<string, string> = {};
  for (const [name, path] of Object.entries(places)) {
    makeGo(path, "go1.22.5");
    env[name] = join(root, path.split("/", 1)[0] ?? "");
  }
  expect(find(env).found.map((each) => each.path)).toEqual(Object.values(places).map((path) => join(root, path)));
  expect(find(Object.fromEntries(Object.keys(env).map((name) => [name, "a"]))).found).toEqual([]);
});

test("lists a tree once, with all its names and makers", () => {
  makeGo("sdk/go1.22.5", "go1.22.5", "darwin_arm64");
  mkdirSync(join(root, ".goenv", "versions"), { recursive: true });
  symlinkSync(join(root, "sdk", "go1.22.5"), join(root, ".goenv", "versions", "1.22.5"));
  write("sdk/go1.22.5/bin/go", "");
  mkdirSync(join(root, "bin"));
  symlinkSync(join(root, "sdk", "go1.22.5", "bin", "go"), join(root, "bin", "go"));
  const path = join(root, "sdk", "go1.22.5");
  expect(find({ PATH: `${join(root, "bin")}:relative` }).found).toEqual([
    {
      path,
      realPath: path,
      alsoAt: [join(root, ".goenv", "versions", "1.22.5")],
      makers: ["golang.org/dl", "goenv", "PATH"],
      version: "1.22.5",
      platform: { os: "darwin", arch: "arm64" },
    },
  ]);
});

test("does not find what is in medkit's own store", () => {
  makeGo("home/toolchains/go1.22.5.linux-amd64/goroot", "go1.22.5");
  const bin = join(root, "home", "toolchains", "go1.22.5.linux-amd64", "goroot", "bin");
  write("home/toolchains/go1.22.5.linux-amd64/goroot/bin/go", "");
  expect(find({ PATH: bin, GOROOT: dirname(bin) }).found).toEqual([]);
});

test("says what is broken and goes on", () => {
  const versions = join(root, ".goenv", "versions");
  makeGo(".goenv/versions/good", "go1.22.5");
  makeGo(".goenv/versions/devel", "devel go1.23-abcdef");
  makeGo(".goenv/versions/vendor", "go1.22.5-vendor");
  write(".goenv/versions/empty/README", "");
  write(".goenv/versions/toolless/VERSION", "go1.22.5\n");
  write(".goenv/versions/a-file", "");
  write(".goenv/versions/folder/VERSION/file", "");
  mkdirSync(join(versions, "pipe"));
  expect(spawnSync("mkfifo", [join(versions, "pipe", "VERSION")]).status).toBe(0);
  symlinkSync(join(versions, "loop"), join(versions, "loop"));
  symlinkSync("/nowhere", join(versions, "gone"));
  mkdirSync(join(versions, "looped"));
  symlinkSync("VERSION", join(versions, "looped", "VERSION"));
  const { found, unusable } = find();
  expect(found.map((each) => each.path)).toEqual([join(versions, "good")]);
  expect(Object.fromEntries(unusable.map((each) => [each.path.slice(versions.length + 1), each.problem]))).toEqual({
    devel: "unreleased",
    vendor: "unreleased",
    empty: "no-version",
    toolless: "no-tools",
    folder: "no-version",
    pipe: "no-version",
    loop: "link-loop",
    gone: "link-to-nothing",
    looped: "link-loop",
  });
});

test("looks at some hundred of ten thousand entries, and says how many it left off", () => {
  const versions = join(root, ".goenv", "versions");
  mkdirSync(versions, { recursive: true });
  for (let index = 0; index < 10_000; index++) writeFileSync(join(versions, `${index}`), "");
  const started = performance.now();
  expect(find()).toEqual({ found: [], unusable: [], leftOff: 9500 });
  expect(performance.now() - started).toBeLessThan(2000);
});
