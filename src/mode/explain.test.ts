import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { removeTree } from "../state/index.ts";
import { decide } from "./decide.ts";
import { readFacts } from "./read-facts.ts";

// Beside real go commands all this is held in test/integration and test/long. Here is what needs a go that is not there.

let root: string;
let env: Record<string, string>;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "medkit-explain-")));
  env = { HOME: join(root, "home"), PATH: join(root, "bin"), GOPATH: join(root, "gopath"), TMPDIR: join(root, "tmp") };
  put("p/go.mod", "module example.org/p\n\ngo 1.20\n");
});
afterEach(() => removeTree(root));

function put(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A GOROOT whose `go` never has to run. */
function installGo(version: string, goEnv = "GOTOOLCHAIN=auto\n"): string {
  put("goroot/VERSION", `go${version}\ntime 2024-01-01T00:00:00Z\n`);
  if (goEnv !== "") put("goroot/go.env", goEnv);
  chmodSync(put("goroot/bin/go", "#!/bin/sh\nexit 9\n"), 0o755);
  mkdirSync(join(root, "bin"));
  symlinkSync(join(root, "goroot", "bin", "go"), join(root, "bin", "go"));
  return join(root, "goroot");
}

async function look(folder = "p") {
  return decide(await readFacts({ env, platform: { os: "linux", arch: "amd64" } }, join(root, folder)));
}

describe("which Go does the work", () => {
  test("the one of PATH, found through its link, and what says that it stays", async () => {
    const goroot = installGo("1.22.5");
    const { version, steps, goroot: used } = await look();
    expect(version?.text).toBe("1.22.5");
    expect(used).toBe(goroot);
    expect(steps.find((each) => each.code === "toolchain.kept")?.evidence).toEqual([
      { where: join(goroot, "go.env"), line: 1, text: "GOTOOLCHAIN=auto" },
    ]);
  });

  test.each<[string, string, string, string]>([
    ["auto", "go 1.23", "1.23.0", "toolchain.raised"],
    ["auto", "go 1.22.9\n\ntoolchain go1.24.1", "1.24.1", "toolchain.raised"],
    ["auto", "go 1.25.0\n\ntoolchain go1.24.1", "1.25.0", "toolchain.raised"],
    ["auto", "go 1.20\n\ntoolchain go1.21.0", "1.22.5", "toolchain.kept"],
    ["auto", "go 1.20\n\ntoolchain default", "1.22.5", "toolchain.kept"],
    ["go1.21.13", "go 1.20", "1.21.13", "toolchain.chosen"],
    ["go1.21.13+auto", "go 1.21.3", "1.21.13", "toolchain.chosen"],
    ["go1.21.13+auto", "go 1.23.4", "1.23.4", "toolchain.raised"],
    ["local", "go 1.20", "1.22.5", "toolchain.local"],
  ])("GOTOOLCHAIN=%s and %j: %s", async (GOTOOLCHAIN, lines, version, code) => {
    installGo("1.22.5");
    env["GOTOOLCHAIN"] = GOTOOLCHAIN;
    put("p/go.mod", `module example.org/p\n\n${lines}\n`);
    const decision = await look();
    expect(decision.version?.text).toBe(version);
    expect(decision.steps.map((each) => each.code)).toContain(code);
    expect(decision.refusal).toBeUndefined();
  });

  test("a switch finds the toolchain in the module cache, and happens in no GOPATH mode", async () => {
    installGo("1.22.5");
    put("p/go.mod", "module example.org/p\n\ngo 1.23.4\n");
    const there = "gopath/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.linux-amd64";
    put(`${there}/VERSION`, "go1.23.4\n");
    expect((await look()).goroot).toBe(join(root, there));
    env["GO111MODULE"] = "off";
    expect((await look()).version?.text).toBe("1.22.5");
  });

  test("before 1.21 nothing switches, and go.env is not read", async () => {
    installGo("1.20.14", "GO111MODULE=off\n");
    put("p/go.mod", "module example.org/p\n\ngo 1.25\n");
    const decision = await look();
    expect(decision).toMatchObject({ kind: "module", version: { text: "1.20.14" }, refusal: undefined });
  });

  test("a development version is taken for the newest, and so is none at all", async () => {
    expect((await look()).steps[0]).toMatchObject({ code: "go.none" });
    installGo("1.22.5");
    put("goroot/VERSION", "devel go1.27-abcdef\n");
    expect(await look()).toMatchObject({ version: undefined, kind: "module" });
  });
});

test("settings stand where they are said to: environment, then the user's file, then go.env", async () => {
  const goroot = installGo("1.22.5", "# comment\nGOTOOLCHAIN=local\nGOFLAGS=-mod=mod\n");
  const user = put("home/.config/go/env", "GOFLAGS=-mod=vendor\nGO111MODULE=on\nGO111MODULE=auto\n");
  const facts = await readFacts({ env, platform: { os: "linux", arch: "amd64" } }, join(root, "p"));
  expect(facts.settings.GO111MODULE).toEqual({ value: "auto", evidence: { where: user, line: 3, text: "GO111MODULE=auto" } }); // prettier-ignore
  expect(facts.settings.GOFLAGS).toMatchObject({ value: "-mod=vendor", evidence: { where: user, line: 1 } });
  expect(facts.settings.GOTOOLCHAIN.evidence).toMatchObject({ where: join(goroot, "go.env"), line: 2 });
  // What a flag may hold beyond the mode is nobody's business.
  env["GOFLAGS"] = "-mod=readonly -ldflags=-X=main.token=secret";
  const again = await readFacts({ env, platform: { os: "linux", arch: "amd64" } }, join(root, "p"));
  expect(again.settings.GOFLAGS.evidence).toEqual({ where: "environment", text: "GOFLAGS=-mod=readonly -ldflags=…" });
});

test("a go.mod that cannot be read is no missing one, and a file stands for its folder", async () => {
  const file = put("p/p.go", "package p\n");
  expect(await look("p/p.go")).toMatchObject({ kind: "module", gomod: join(root, "p", "go.mod") });
  expect(file).toContain("p.go");
  // Opened as go opens it, it would not answer at all.
  symlinkSync("/dev/null", join(root, "null.mod"));
  mkdirSync(join(root, "q"));
  symlinkSync("/dev/null", join(root, "q", "go.mod"));
  expect(await look("q")).toMatchObject({ kind: "module", refusal: { code: "fileInvalid" } });
});
