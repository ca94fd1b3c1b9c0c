import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createToolchainWorld, toolchainFiles, type ToolchainWorld } from "../../../test/support/toolchain-world.ts";

let world: ToolchainWorld;
beforeEach(() => {
  world = createToolchainWorld();
  for (const version of ["1.21.13", "1.22.4", "1.22.5"]) world.publish(version);
  world.publish("1.22.5", "darwin/arm64");
});
afterEach(() => world.close());

const goroot = (name: string): string => join(world.home, "toolchains", name, "goroot");

test("installs what a language version means, read-only, and says what that is", async () => {
  const answer = await world.medkit("toolchain", "install", "1.22", "--json");
  expect(answer).toMatchObject({
    exit: 0,
    data: { version: "1.22.5", trust: "checksum-database", alreadyInstalled: false },
  });
  const root = goroot("go1.22.5.linux-amd64");
  expect(statSync(join(root, "bin", "go")).mode & 0o777).toBe(0o555);
  expect(statSync(join(root, "src", "go.mod")).mode & 0o777).toBe(0o444);
  expect(statSync(join(root, "src")).mode & 0o777).toBe(0o555);
  expect(readdirSync(join(world.home, "work"))).toEqual([]);
  expect((await world.medkit("toolchain", "install", "1.22")).stdout).toContain("1.22 is 1.22.5 here");
});

test("installs nothing that the database contradicts", async () => {
  world.publish("1.23.0", "linux/amd64", (files) => (files["bin/go"] = "#!/bin/sh\nevil\n"));
  const answer = await world.medkit("toolchain", "install", "1.23.0", "--source", "proxy", "--json");
  expect(answer).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
  expect(readdirSync(join(world.home, "toolchains"))).toEqual([]);
});

test("another platform lies beside this one's, and is not what `use` takes", async () => {
  await world.medkit("toolchain", "install", "1.22.5", "--platform", "darwin/arm64");
  expect(await world.medkit("toolchain", "use", "1.22.5", "--json")).toMatchObject({
    exit: 5,
    code: "TOOLCHAIN_NOT_INSTALLED",
  });
  await world.medkit("toolchain", "install", "1.22.5");
  expect((await world.medkit("toolchain", "list", "--json")).data["installed"]).toMatchObject([
    { name: "go1.22.5.darwin-arm64", current: false },
    { name: "go1.22.5.linux-amd64", current: false },
  ]);
});

test("switches by one link, and current says so", async () => {
  await world.medkit("toolchain", "install", "1.21.13");
  await world.medkit("toolchain", "install", "1.22.5");
  expect(await world.medkit("toolchain", "current", "--json")).toMatchObject({
    exit: 3,
    code: "TOOLCHAIN_NONE_CHOSEN",
  });
  expect(await world.medkit("toolchain", "use", "latest", "--json")).toMatchObject({
    exit: 0,
    data: { version: "1.22.5", onPath: false },
  });
  expect(readlinkSync(join(world.home, "current"))).toBe("toolchains/go1.22.5.linux-amd64/goroot");
  await world.medkit("toolchain", "use", "1.21");
  expect(lstatSync(join(world.home, "current")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(world.home, "current", "VERSION"), "utf8")).toContain("go1.21.13");
  expect((await world.medkit("toolchain", "current", "--json")).data).toMatchObject({
    version: "1.21.13",
    place: "current",
  });
});

test("current takes the project's pin, and says that it is not installed", async () => {
  const project = join(world.root, "project");
  mkdirSync(project);
  writeFileSync(join(project, "go.mod"), "module m\n\ngo 1.21\n\ntoolchain go1.22.4\n");
  world.env["PWD"] = project;
  expect(await world.medkit("toolchain", "current", "--explain", "--json")).toMatchObject({
    exit: 5,
    code: "TOOLCHAIN_NOT_INSTALLED",
    data: { version: "1.22.4", place: "toolchain", installed: false },
  });
  await world.medkit("toolchain", "install", "1.22.4");
  expect(await world.medkit("toolchain", "current", "--json")).toMatchObject({
    exit: 0,
    data: { version: "1.22.4", installed: true },
  });
});

test("several installs at once end with one toolchain, and none fails", async () => {
  const answers = await Promise.all([1, 2, 3].map(() => world.medkit("toolchain", "install", "1.22.5")));
  expect(answers.map((each) => each.exit)).toEqual([0, 0, 0]);
  expect(readdirSync(join(world.home, "toolchains"))).toEqual(["go1.22.5.linux-amd64"]);
  expect(readdirSync(join(world.home, "work"))).toEqual([]);
});

test("--dry-run writes nothing", async () => {
  expect((await world.medkit("toolchain", "install", "1.22.5", "--dry-run")).stdout).toContain("go1.22.5.linux-amd64");
  expect(existsSync(world.home)).toBe(false);
});

test("what is left of a command that died is gone after the next one", async () => {
  await world.medkit("toolchain", "install", "1.22.5");
  const left = join(world.home, "work", "toolchain-0123456789abcdef0123");
  mkdirSync(left);
  writeFileSync(join(left, "half"), "");
  writeFileSync(join(world.home, ".current.999999-aabbccddeeff.tmp"), "");
  await world.medkit("toolchain", "use", "1.22.5");
  expect(existsSync(left)).toBe(false);
  expect(readdirSync(world.home).filter((name) => name.startsWith("."))).toEqual([]);
});

test("lists what the proxy has", async () => {
  expect((await world.medkit("toolchain", "list", "--remote", "--json")).data["available"]).toEqual([
    { version: "1.22.5", from: "proxy" },
    { version: "1.22.4", from: "proxy" },
    { version: "1.21.13", from: "proxy" },
  ]);
});

test.each([
  [["install", "v1.22.5"], 2, "TOOLCHAIN_VERSION_INVALID"],
  [["install", "1.99"], 5, "TOOLCHAIN_VERSION_UNKNOWN"],
  [["install", "1.99.0", "--source", "proxy"], 5, "TOOLCHAIN_UNAVAILABLE"],
  [["install", "1.22.5", "--platform", "linux"], 2, "TOOLCHAIN_PLATFORM_INVALID"],
  [["install", "1.22.5", "--trust", "rebuilt"], 4, "TOOLCHAIN_TRUST_MISSING"],
  [["install", "1.22.5", "--source", "somewhere"], 2, "TOOLCHAIN_SOURCE_INVALID"],
  [["install", "1.22.5", "--source", "./absent"], 2, "PATH_NOT_FOUND"],
  [["use", "1.22.5"], 5, "TOOLCHAIN_NOT_INSTALLED"],
])("medkit toolchain %j is refused with %i %s", async (argv, exit, code) => {
  expect(await world.medkit("toolchain", ...argv, "--json")).toMatchObject({ exit, code });
});

test("a GOROOT of this machine is taken by --source, without the links and the leavings in it", async () => {
  const local = join(world.root, "go");
  for (const [path, text] of Object.entries(toolchainFiles("1.22.5", "linux/amd64"))) {
    mkdirSync(dirname(join(local, path)), { recursive: true });
    writeFileSync(join(local, path), text);
  }
  writeFileSync(join(world.root, "evil.go"), "package fmt\n");
  symlinkSync(join(world.root, "evil.go"), join(local, "src", "fmt", "evil.go"));
  mkdirSync(join(local, "pkg", "linux_amd64"));
  writeFileSync(join(local, "pkg", "linux_amd64", "fmt.a"), "");
  const answer = await world.medkit("toolchain", "install", "1.22.5", "--source", local, "--json");
  expect(answer).toMatchObject({ exit: 0, data: { source: "local GOROOT" } });
  expect(readdirSync(join(goroot("go1.22.5.linux-amd64"), "src", "fmt"))).toEqual(["print.go"]);
});

test("a link that was put into the store is found, and the toolchain fetched again", async () => {
  await world.medkit("toolchain", "install", "1.22.5");
  const folder = join(goroot("go1.22.5.linux-amd64"), "src", "fmt");
  chmodSync(folder, 0o755);
  symlinkSync("/etc/hostname", join(folder, "evil.go"));
  expect((await world.medkit("toolchain", "verify", "1.22.5")).exit).toBe(4);
  await world.medkit("toolchain", "install", "1.22.5");
  expect(readdirSync(folder)).toEqual(["print.go"]);
  expect((await world.medkit("toolchain", "verify", "1.22.5")).exit).toBe(0);
});

test("a module zip and an archive are taken by --source, whatever their names", async () => {
  const zip = join(world.root, "any.zip");
  copyFileSync(join(world.proxy, "golang.org/toolchain/@v/v0.0.1-go1.22.5.linux-amd64.zip"), zip);
  expect(await world.medkit("toolchain", "install", "1.22.5", "--source", zip, "--json")).toMatchObject({
    exit: 0,
    data: { source: "any.zip" },
  });
  expect(await world.medkit("toolchain", "install", "1.22.4", "--source", zip, "--json")).toMatchObject({
    exit: 4,
    code: "ZIP_PREFIX",
  });
});
