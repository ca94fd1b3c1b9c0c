import type { Answer } from "../../../test/support/in-process.ts";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createToolchainWorld, toolchainFiles, type ToolchainWorld } from "../../../test/support/toolchain-world.ts";

let world: ToolchainWorld;
let goroot = "";
beforeEach(() => {
  world = createToolchainWorld();
  world.publish("1.22.5");
  goroot = join(world.root, "go");
  // As a published archive unpacks: with what the module form leaves out.
  const files = { ...toolchainFiles("1.22.5", "linux/amd64"), "test/a.go": "package a\n", "doc/x.html": "" };
  for (const [path, text] of Object.entries(files)) put(path, text);
});
afterEach(() => world.close());

function put(path: string, text: string): void {
  mkdirSync(dirname(join(goroot, path)), { recursive: true });
  writeFileSync(join(goroot, path), text);
}

const verify = (...more: readonly string[]): Promise<Answer> =>
  world.medkit("toolchain", "verify", goroot, "--json", ...more);

test("a published tree is proven, and what the proof leaves out is counted", async () => {
  expect(await verify()).toMatchObject({
    exit: 0,
    data: {
      verified: true,
      version: "1.22.5",
      platform: "linux/amd64",
      files: 6,
      outsideModuleForm: 2,
      differences: [],
    },
  });
});

test("every changed, missing, extra and linked file is named", async () => {
  put("bin/go", "another go");
  put("src/fmt/extra.go", "package fmt\n");
  rmSync(join(goroot, "VERSION"));
  writeFileSync(join(goroot, "VERSION"), "go1.22.5\n");
  renameSync(join(goroot, "src/go.mod"), join(goroot, "go.mod.real"));
  symlinkSync("../go.mod.real", join(goroot, "src/go.mod"));
  rmSync(join(goroot, "src/fmt/print.go"));
  expect(await verify()).toMatchObject({
    exit: 4,
    code: "INTEGRITY",
    data: {
      verified: false,
      differences: [
        { path: "VERSION", kind: "changed" },
        { path: "bin/go", kind: "changed" },
        { path: "go.mod.real", kind: "extra" },
        { path: "src/fmt/extra.go", kind: "extra" },
        { path: "src/fmt/print.go", kind: "missing" },
        { path: "src/go.mod", kind: "link" },
      ],
    },
  });
});

test("a link that is added is a difference, though the hash does not see it", async () => {
  symlinkSync("/etc/passwd", join(goroot, "src/fmt/other.go"));
  expect(await verify()).toMatchObject({
    exit: 4,
    data: { differences: [{ path: "src/fmt/other.go", kind: "link" }] },
  });
});

test("a distribution's go.env is shown as such, and judged by the policy", async () => {
  put("go.env", "GOPROXY=https://goproxy.internal,direct\nGOTOOLCHAIN=local\n");
  const difference = { path: "go.env", kind: "local-go-env" };
  expect(await verify("--offline")).toMatchObject({
    exit: 4,
    data: { differences: [{ ...difference, accepted: false }] },
  });
  expect(await verify("--accept", "local-go-env")).toMatchObject({
    exit: 0,
    data: { verified: true, differences: [{ ...difference, accepted: true }] },
  });
  put("bin/go", "another go");
  expect((await verify("--accept", "local-go-env")).exit).toBe(4);
  put("go.env", "GOPROXY=https://evil.example.org\nGOTOOLCHAIN=local\n");
  expect((await verify()).data["differences"]).toMatchObject([
    { path: "bin/go", kind: "changed" },
    { path: "go.env", kind: "changed" },
  ]);
});

test("without a published copy it says no, and that the files are not named", async () => {
  put("bin/go", "another go");
  rmSync(join(world.proxy, "golang.org"), { recursive: true });
  expect(await verify("--offline")).toMatchObject({
    exit: 4,
    data: { verified: false, differencesNamed: false, differences: [] },
  });
});

test("an installed version is named by its version, and found out when it was changed", async () => {
  await world.medkit("toolchain", "install", "1.22.5");
  expect(await world.medkit("toolchain", "verify", "1.22", "--json")).toMatchObject({
    exit: 0,
    data: { verified: true },
  });
  const go = join(world.home, "toolchains/go1.22.5.linux-amd64/goroot/bin/go");
  chmodSync(go, 0o755);
  writeFileSync(go, "another go");
  expect(await world.medkit("toolchain", "verify", "1.22.5", "--json")).toMatchObject({
    exit: 4,
    data: { differences: [{ path: "bin/go", kind: "changed" }] },
  });
});

test("what is no GOROOT, or no release, is refused", async () => {
  expect(await world.medkit("toolchain", "verify", world.root, "--json")).toMatchObject({
    exit: 2,
    code: "GOROOT_NOT_FOUND",
  });
  expect(await world.medkit("toolchain", "verify", "./absent", "--json")).toMatchObject({
    exit: 2,
    code: "PATH_NOT_FOUND",
  });
  put("VERSION", "devel go1.24-abcdef\n");
  expect(await verify()).toMatchObject({ exit: 5, code: "GOROOT_UNRELEASED" });
});
