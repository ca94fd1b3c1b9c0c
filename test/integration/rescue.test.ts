import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import { root } from "../support/medkit.ts";
import { requires } from "../support/requirements.ts";

const { it: test } = requires({ commands: ["go", "script"] });
let work = "";
let home = "";
let project = "";

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "medkit-rescue-"));
  home = join(work, "home");
  mkdirSync(home);
});
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  rmSync(work, { recursive: true, force: true });
});

let count = 0;
beforeEach(() => {
  project = join(work, `project-${count++}`);
  write({
    "go.mod": "module example.org/p\n\ngo 1.21\n",
    "main.go": 'package main\n\nimport "example.org/p/sub"\n\nfunc main() { println(sub.One()) }\n',
    "main_test.go": 'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {}\n',
    "sub/sub.go": "package sub\n\nfunc One() int { return 1 }\n",
  });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(project, name, ".."), { recursive: true });
    writeFileSync(join(project, name), text);
  }
}

interface Report {
  readonly recovered: boolean;
  readonly exit: number;
  readonly causes: readonly { readonly code: string; readonly remedy: { readonly kind: string } | null }[];
  readonly changes: readonly { readonly name: string; readonly after?: string }[];
  readonly undo: string | null;
  readonly verdict: string;
  readonly bundle: string | null;
  readonly overheadMilliseconds: number;
}

interface Rescued {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: Report;
}

function rescue(
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  flags: readonly string[] = [],
): Rescued {
  const file = join(work, "report.json");
  rmSync(file, { force: true });
  const laid: Record<string, string | undefined> = {
    PATH: process.env["PATH"],
    HOME: home,
    GOCACHE: join(work, "cache"),
    GOFLAGS: "-tags=mine",
    GOPROXY: "off",
    GOTOOLCHAIN: "local",
    ...env,
  };
  const run = spawnSync(join(root, "medkit"), ["rescue", "--report", file, ...flags, "--", ...command], {
    cwd: project,
    encoding: "utf8",
    env: Object.fromEntries(Object.entries(laid).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
  return {
    status: run.status,
    stdout: run.stdout,
    stderr: run.stderr,
    report: JSON.parse(readFileSync(file, "utf8")) as Report,
  };
}

const build = ["go", "build", "-o", "/dev/null", "."];

const mended = [
  ["GO111MODULE=off", { GO111MODULE: "off" }, build, "MODULE_MODE_OFF"],
  ["a stale GOROOT", { GOROOT: "/nowhere/go" }, build, "GOROOT_STALE"],
  ["an unknown experiment", { GOEXPERIMENT: "nosuchexperiment" }, build, "GOEXPERIMENT_UNKNOWN"],
  ["a flag that go rejects", { GOFLAGS: "-nosuchflag -tags=mine" }, build, "GOFLAGS_INVALID"],
  ["a workspace that is gone", { GOWORK: "/nowhere/go.work" }, build, "WORKSPACE_UNFIT"],
  ["a build cache that is off", { GOCACHE: "off" }, build, "BUILD_CACHE_UNUSABLE"],
  ["a temporary folder that is gone", { TMPDIR: "/nowhere/tmp" }, build, "TEMPORARY_FOLDER_UNUSABLE"],
  ["the target of another job", { GOARCH: "arm64" }, ["go", "run", "."], "TARGET_LEAKED"],
] as const;

describe("medkit rescue", () => {
  test("is not noticed where nothing is wrong", () => {
    const run = rescue(["go", "run", "."]);
    expect(run).toMatchObject({ status: 0, stdout: "", stderr: "1\n", report: { verdict: "healthy", changes: [] } });
    expect(existsSync(join(home, ".local"))).toBe(false);
  });

  for (const [name, env, command, code] of mended) {
    test(`mends ${name}`, () => {
      const { status, report } = rescue(command, env);
      expect(report).toMatchObject({ recovered: true, causes: [{ code }] });
      expect(status).toBe(0);
      // What was the user's own stays.
      expect(report.changes.find((change) => change.name === "GOFLAGS")?.after ?? "-tags=mine").toBe("-tags=mine");
    });
  }

  test("undoes what it left on disk", () => {
    const own = join(work, "own home");
    mkdirSync(own);
    expect(rescue(build, { GOCACHE: "off", HOME: own }).report.undo).toBe("medkit rescue --undo");
    expect(readdirSync(join(own, ".local/share/medkit/rescue"))).toHaveLength(1);
    const env = { PATH: process.env["PATH"] ?? "", HOME: own };
    expect(spawnSync(join(root, "medkit"), ["rescue", "--undo"], { env }).status).toBe(0);
    expect(existsSync(join(own, ".local/share/medkit"))).toBe(false);
    expect(spawnSync(join(root, "medkit"), ["rescue", "--undo"], { env }).status).toBe(2);
  });

  test("mends a file of the user's with --fix-files only, and gives it back", () => {
    const file = join(work, "goenv");
    const text = "GO111MODULE=off\nGOPRIVATE=git.example.org\n";
    writeFileSync(file, text);
    expect(rescue(build, { GOENV: file }).report).toMatchObject({
      recovered: true,
      causes: [{ code: "MODULE_MODE_OFF" }],
    });
    expect(readFileSync(file, "utf8")).toBe(text);
    const { report } = rescue(build, { GOENV: file }, ["--fix-files"]);
    expect(report.causes[0]?.remedy?.kind).toBe("goenv-line-gone");
    expect(readFileSync(file, "utf8")).toBe("GOPRIVATE=git.example.org\n");
    const env = { PATH: process.env["PATH"] ?? "", HOME: home };
    expect(spawnSync(join(root, "medkit"), ["rescue", "--undo"], { env }).status).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("names a replacement that is gone, and changes nothing", () => {
    write({
      "go.mod":
        "module example.org/p\n\ngo 1.21\n\nrequire example.org/x v1.0.0\n\nreplace example.org/x => ../nowhere\n",
      "x.go": 'package main\n\nimport _ "example.org/x"\n',
    });
    const before = readFileSync(join(project, "go.mod"), "utf8");
    expect(rescue(build)).toMatchObject({
      status: 3,
      report: { recovered: false, changes: [], causes: [{ code: "REPLACE_MISSING", remedy: null }] },
    });
    expect(readFileSync(join(project, "go.mod"), "utf8")).toBe(before);
  });

  test("two faults at once are mended one after the other", () => {
    const { status, report } = rescue(build, { GO111MODULE: "off", GOEXPERIMENT: "nosuchexperiment" });
    expect(status).toBe(0);
    expect(report.causes.map((cause) => cause.code).toSorted()).toEqual(["GOEXPERIMENT_UNKNOWN", "MODULE_MODE_OFF"]);
  });

  test("--dry-run finds the cause and tries nothing", () => {
    const { status, report } = rescue(build, { GO111MODULE: "off" }, ["--dry-run"]);
    expect(status).toBe(3);
    expect(report).toMatchObject({
      recovered: false,
      changes: [],
      causes: [{ code: "MODULE_MODE_OFF", remedy: { kind: "unset-variable" } }],
    });
  });

  test("a failure that nobody knows gets a private bundle without secrets", () => {
    const { status, report } = rescue(["sh", "-c", "echo the password is hunter2secret >&2; exit 9"], {
      GOPROXY: "https://bob:hunter2secret@goproxy.internal",
      API_TOKEN: "tok3ntok3n",
    });
    expect(status).toBe(9);
    const text = readFileSync(report.bundle ?? "", "utf8");
    expect(text).not.toMatch(/hunter2secret|tok3ntok3n/);
    expect(statSync(report.bundle ?? "").mode & 0o777).toBe(0o600);
  });

  test("--offline: go commands that look for the cause ask nobody", async () => {
    const asked = join(work, "asked.log");
    const program = `const {appendFileSync} = require("node:fs"); const server = require("node:http").createServer((request, answer) => {
      appendFileSync(${JSON.stringify(asked)}, request.url + "\\n"); answer.writeHead(404); answer.end(); });
      server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
    const server = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const port = await new Promise<string>(
        (resolve) => void server.stdout.once("data", (text) => resolve(String(text).trim())),
      );
      write({
        "go.mod": "module example.org/p\n\ngo 1.21\n\nrequire golang.org/x/text v0.3.0\n",
        "main.go": 'package main\n\nimport _ "golang.org/x/text/language"\n\nfunc main() {}\n',
      });
      // The wrapped command itself asks nobody: whatever is asked, a probe asked it.
      const quiet = ["env", "GOPROXY=off", ...build];
      const env = { GOPROXY: `http://127.0.0.1:${port}`, GOFLAGS: undefined, GOMODCACHE: join(work, "empty-cache") };
      expect(rescue(quiet, env, ["--offline"]).report.recovered).toBe(false);
      expect(existsSync(asked)).toBe(false);
      rescue(quiet, env);
      expect(readFileSync(asked, "utf8")).toContain("/golang.org/x/text/@v/");
    } finally {
      server.kill();
    }
  });

  test("a terminal stays a terminal", () => {
    const command = `${join(root, "medkit")} rescue -- sh -c 'test -t 0 && test -t 1 && test -t 2'`;
    expect(
      spawnSync("script", ["-qec", command, "/dev/null"], { env: { PATH: process.env["PATH"] ?? "", HOME: home } })
        .status,
    ).toBe(0);
  });
});

/** Faults of the program: left alone, whatever they say. */
const programs: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ["a type error", { "bad.go": 'package main\n\nfunc bad() int { return "x" }\n' }, build],
  ["a syntax error", { "bad.go": "package main\n\nfunc bad( {\n" }, build],
  ["an unused import", { "bad.go": 'package main\n\nimport "os"\n' }, build],
  ["an unused variable", { "bad.go": "package main\n\nfunc bad() { x := 1 }\n" }, build],
  ["an undefined name", { "bad.go": "package main\n\nvar x = nowhere\n" }, build],
  ["a name declared twice", { "bad.go": "package main\n\nfunc main() {}\n" }, build],
  ["a missing return", { "bad.go": "package main\n\nfunc bad() int {}\n" }, build],
  ["two packages in a folder", { "bad.go": "package other\n" }, build],
  [
    "an import cycle",
    {
      "sub/sub.go": 'package sub\n\nimport _ "example.org/p/two"\n\nfunc One() int { return 1 }\n',
      "two/two.go": 'package two\n\nimport _ "example.org/p/sub"\n',
    },
    build,
  ],
  [
    "a package of the module that does not exist",
    { "bad.go": 'package main\n\nimport _ "example.org/p/nowhere"\n' },
    build,
  ],
  ["a package of the library that does not exist", { "bad.go": 'package main\n\nimport _ "fmt/nowhere"\n' }, build],
  [
    "an embed pattern without files",
    { "bad.go": 'package main\n\nimport _ "embed"\n\n//go:embed nowhere.txt\nvar s string\n' },
    build,
  ],
  [
    "a failing test",
    { "main_test.go": 'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { t.Fatal("no") }\n' },
    ["go", "test", "./..."],
  ],
  [
    "a panicking test",
    { "main_test.go": 'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { panic("no") }\n' },
    ["go", "test", "./..."],
  ],
  [
    "a test that says permission denied",
    {
      "main_test.go":
        'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { t.Fatal("open /x: permission denied") }\n',
    },
    ["go", "test", "./..."],
  ],
  [
    "a vet finding",
    { "bad.go": 'package main\n\nimport "fmt"\n\nfunc bad() { fmt.Printf("%d", "x") }\n' },
    ["go", "vet", "./..."],
  ],
  [
    "a program that ends with status 1",
    { "main.go": 'package main\n\nimport "os"\n\nfunc main() { os.Exit(1) }\n' },
    ["go", "run", "."],
  ],
  [
    "a program that panics",
    { "main.go": 'package main\n\nfunc main() { panic("connection refused") }\n' },
    ["go", "run", "."],
  ],
];

describe("a fault of the program", () => {
  for (const [name, files, command] of programs)
    test(`${name} is left alone`, () => {
      write(files);
      const run = rescue(command);
      expect(run.report, run.stderr).toMatchObject({
        recovered: false,
        causes: [],
        changes: [],
        undo: null,
        verdict: "code",
      });
      expect(run.status).toBe(run.report.exit);
      expect(run.status).not.toBe(0);
    });
});
