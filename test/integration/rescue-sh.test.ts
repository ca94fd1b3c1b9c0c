import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { root } from "../support/medkit.ts";
import { requires } from "../support/requirements.ts";

const kit = inject("kit");
const { it: test } = requires({ commands: ["go", "dash", "bash", "busybox", "zsh"], namespaces: true, upstream: true });
const shells: readonly (readonly string[])[] = [["dash"], ["bash"], ["busybox", "ash"], ["zsh"]];
let work = "";
let script = "";
let project = "";

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "medkit-rescue-sh-"));
  project = join(work, "project");
  mkdirSync(join(project, "sub"), { recursive: true });
  writeFileSync(join(project, "go.mod"), "module example.org/p\n\ngo 1.21\n");
  writeFileSync(
    join(project, "main.go"),
    'package main\n\nimport "example.org/p/sub"\n\nfunc main() { println(sub.One()) }\n',
  );
  writeFileSync(join(project, "sub", "sub.go"), "package sub\n\nfunc One() int { return 1 }\n");
  if (kit === undefined) return;
  expect(spawnSync("tar", ["-xzf", kit.archive, "-C", work]).status).toBe(0);
  script = join(work, "go-emergency-kit", "rescue.sh");
});

afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  rmSync(work, { recursive: true, force: true });
});

function rescue(shell: readonly string[], env: Readonly<Record<string, string>>, command: readonly string[]) {
  const [program = "sh", ...before] = shell;
  const run = spawnSync(program, [...before, script, "--", ...command], {
    cwd: project,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: work, GOCACHE: join(work, "cache"), GOFLAGS: "-tags=mine", GOPROXY: "off", GOTOOLCHAIN: "local", ...env }, // prettier-ignore
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

const build = ["go", "build", "-o", "/dev/null", "."];

/** What is wrong, what breaks, and what has to be said. */
const causes: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp])[] = [
  ["modules switched off", { GO111MODULE: "off" }, build, /trying: GO111MODULE=on/],
  ["GOROOT of a Go that is gone", { GOROOT: "/nowhere/go" }, build, /trying: GOROOT unset/],
  ["a flag that this go rejects", { GOFLAGS: "-nosuchflag -tags=mine" }, build, /trying: GOFLAGS=-tags=mine/],
  [
    "a healthy flag in quotes",
    { GOFLAGS: "'-ldflags=-s -w' -nosuchflag" },
    build,
    /trying: GOFLAGS='-ldflags=-s -w'\n/,
  ],
  ["a build cache that is off", { GOCACHE: "off" }, build, /trying: an empty build cache/],
  ["no HOME", { HOME: "", GOCACHE: "" }, build, /trying: an empty build cache/],
  ["a temporary folder that is gone", { TMPDIR: "/nowhere/tmp" }, build, /trying: GOTMPDIR=/],
  ["a workspace that is gone", { GOWORK: "/nowhere/go.work" }, build, /trying: GOWORK=off/],
  ["the target of another job", { GOARCH: "arm64" }, ["go", "run", "."], /trying: GOOS and GOARCH unset/],
];

describe("rescue.sh of a real kit", () => {
  for (const shell of shells) {
    for (const [name, env, command, said] of causes) {
      test(`${name}, in ${shell.at(-1) ?? ""}`, () => {
        const run = rescue(shell, env, command);
        expect(run.stderr).toMatch(said);
        expect(run.stderr).toMatch(/rescue: recovered/);
        expect(run.status).toBe(0);
      });
    }
  }

  test("no go at all: the kit's", () => {
    const run = rescue(["sh"], { PATH: "/usr/bin:/bin" }, build);
    expect(run.stderr).toMatch(/trying: Go 1\.21\.13 of the kit/);
    expect(run.status).toBe(0);
  }, 120_000);

  test("a go.mod that asks for a newer Go than there is anywhere stays red, with status 3 or the command's own", () => {
    writeFileSync(join(project, "go.mod"), "module example.org/p\n\ngo 1.99\n");
    const run = rescue(["sh"], {}, build);
    writeFileSync(join(project, "go.mod"), "module example.org/p\n\ngo 1.21\n");
    expect(run.stderr).toMatch(/go\.mod asks for Go 1\.99/);
    expect(run.stderr).not.toMatch(/recovered/);
    expect(run.status).not.toBe(0);
  });

  test("what is healthy passes through without a word", () => {
    expect(rescue(["sh"], {}, ["go", "run", "."])).toEqual({ status: 0, stdout: "", stderr: "1\n" });
  });

  test("a fault of the program is left alone", () => {
    const bad = join(project, "bad.go");
    writeFileSync(bad, 'package main\n\nfunc bad() int { return "x" }\n');
    const run = rescue(["sh"], {}, build);
    rmSync(bad);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/nothing was changed/);
  });

  test("a command that says nothing of go keeps its status", () => {
    expect(rescue(["sh"], {}, ["sh", "-c", "exit 7"]).status).toBe(7);
    expect(spawnSync("sh", [script], { encoding: "utf8" }).status).toBe(2);
    expect(spawnSync("sh", [join(root, "src/kit/scripts/rescue.sh"), "--", "true"], { encoding: "utf8" }).status).toBe(
      4,
    );
  });
});

describe("rescue.sh without anything of a kit but its name", () => {
  const { it: alone } = requires({ commands: ["go", "dash", "bash", "busybox", "zsh"] });
  let bare = "";
  beforeAll(() => {
    bare = join(work, "bare");
    mkdirSync(bare);
    cpSync(join(root, "src/kit/scripts/rescue.sh"), join(bare, "rescue.sh"));
    for (const name of ["activate.sh", "manifest.json"]) writeFileSync(join(bare, name), "");
    // What a flag that is no pattern could be taken for.
    writeFileSync(join(project, "-nosuchflag"), "");
  });

  function bareRescue(
    [program = "sh", ...before]: readonly string[],
    env: Readonly<Record<string, string>>,
    command: readonly string[] = build,
  ) {
    return spawnSync(program, [...before, join(bare, "rescue.sh"), "--", ...command], {
      cwd: project,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: work, GOCACHE: join(work, "cache"), GOPROXY: "off", GOTOOLCHAIN: "local", ...env }, // prettier-ignore
    });
  }

  /** GOFLAGS, what is kept of it, and what is not. */
  const flags: readonly (readonly [string, string, string])[] = [
    ["'-ldflags=-s -w' -nosuchflag", "'-ldflags=-s -w'", "-nosuchflag"],
    ["-nosuch* \t\"-tags=a b\"-trimpath\n'-toolexec=x y'", '"-tags=a b" -trimpath', "-nosuch* '-toolexec=x y'"],
    [String.raw`'-tags=a\' -nosuchflag`, String.raw`'-tags=a\'`, "-nosuchflag"],
    ["-trimpath '-tags=never closed", "-trimpath", "'-tags=never closed"],
  ];
  for (const shell of shells) {
    const name = shell.at(-1) ?? "";
    for (const [given, kept, dropped] of flags) {
      alone(`GOFLAGS of ${JSON.stringify(given)}, in ${name}`, () => {
        const run = bareRescue(shell, { GOFLAGS: given });
        expect(run.stderr).toContain(`rescue: GOFLAGS holds what cannot work here: ${dropped}\n`);
        expect(run.stderr).toContain(`rescue: trying: GOFLAGS=${kept}\n`);
        expect(run.status).toBe(0);
      });
    }

    alone(`what nobody knows a cure for runs once, in ${name}`, () => {
      const run = bareRescue(shell, {}, ["sh", "-c", "echo ran; exit 7"]);
      expect(run.stdout).toBe("ran\n");
      expect(run.status).toBe(7);
    });

    /** Starts a bash script, sends a signal to rescue.sh alone as soon as it says so, and waits until nothing holds its streams any more. */
    async function signalled(code: string, signal: NodeJS.Signals) {
      const [program = "sh", ...before] = shell;
      const child = spawn(program, [...before, join(bare, "rescue.sh"), "--", "bash", "-c", code], {
        cwd: project,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => {
        if (said === "") child.kill(signal);
        said += chunk.toString();
      });
      const [status, ended] = await new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) => {
        child.on("close", (...how) => resolve(how));
      });
      return { status, ended, said };
    }

    for (const signal of ["SIGTERM", "SIGHUP"] as const) {
      alone(`${signal} is the command's affair, in ${name}`, async () => {
        const handled = `trap 'echo handled; exit 7' ${signal.slice(3)}; echo ready; for i in {1..100}; do sleep 0.1; done`;
        expect(await signalled(handled, signal)).toEqual({ status: 7, ended: null, said: "ready\nhandled\n" });
        expect(await signalled("echo ready; exec sleep 10", signal)).toEqual({
          status: null,
          ended: signal,
          said: "ready\n",
        });
      });
    }

    alone(`SIGINT ends the command, or what stands for it where env cannot reset it, in ${name}`, async () => {
      const handled = "trap 'echo handled; exit 7' INT TERM; echo ready; for i in {1..100}; do sleep 0.1; done";
      expect(await signalled(handled, "SIGINT")).toEqual({ status: 7, ended: null, said: "ready\nhandled\n" });
      expect(await signalled("echo ready; exec sleep 10", "SIGINT")).toMatchObject({ ended: "SIGINT" });
    });

    alone(`standard input is the command's, in ${name}`, () => {
      const [program = "sh", ...before] = shell;
      const args = [...before, join(bare, "rescue.sh"), "--", "cat"];
      expect(spawnSync(program, args, { input: "given", encoding: "utf8" })).toMatchObject({
        status: 0,
        stdout: "given",
      });
      const closed = spawnSync("sh", ["-c", 'exec "$@" <&-', "sh", program, ...args], { encoding: "utf8" });
      expect(closed).toMatchObject({ status: 0, stdout: "", stderr: "" });
    });

    alone(`a value can neither forge nor hide a line, in ${name}`, () => {
      const run = bareRescue(shell, {
        GOROOT: "/nowhere\nrescue: forged\u001B[8m\u009B31m\u202E\u200B\u061C\uFEFF中…\r",
      });
      // What go itself says of it passes as it is.
      expect(run.stderr).toContain(
        "rescue: GOROOT=/nowhere rescue: forged[8m31m中…  is not the tree of the go on PATH",
      );
      expect(run.stderr).toContain("rescue: trying: GOROOT unset\n");
      expect(run.status).toBe(0);
    });
  }
});
