import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../../../test/support/in-process.ts";
import { createToolchainWorld, toolchainFiles, type ToolchainWorld } from "../../../test/support/toolchain-world.ts";

let world: ToolchainWorld;
let goroot = "";
const name = "go1.22.5.linux-amd64";

function put(path: string, text: string): void {
  mkdirSync(dirname(join(goroot, path)), { recursive: true });
  writeFileSync(join(goroot, path), text, { mode: path.startsWith("bin/") ? 0o755 : 0o644 });
}

beforeEach(() => {
  world = createToolchainWorld();
  world.publish("1.22.5");
  goroot = join(world.root, "user", "sdk", "go1.22.5");
  const files = { ...toolchainFiles("1.22.5", "linux/amd64"), "test/a.go": "package a\n", "doc/x.html": "" };
  for (const [path, text] of Object.entries(files)) put(path, text);
});
afterEach(() => world.close());

const adopt = (...more: readonly string[]): Promise<Answer> =>
  world.medkit("toolchain", "adopt", goroot, "--json", ...more);
const stored = (): string => join(world.home, "toolchains", name);
const says = (program: string): string => spawnSync(program, { encoding: "utf8" }).stdout;

/** Every path of a tree with its content, or what it links to. */
function snapshot(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    const mode = lstatSync(path).mode.toString(8);
    if (entry.isSymbolicLink()) return [path, `${mode} ${readlinkSync(path)}`];
    return [path, entry.isFile() ? `${mode} ${readFileSync(path, "utf8")}` : mode];
  });
  return Object.fromEntries(entries);
}

describe("by copy", () => {
  test("is a read-only store entry of its own, proven, with the module form's files only", async () => {
    expect(await adopt()).toMatchObject({ exit: 0, data: { name, mode: "copy", adopted: true, differences: [] } });
    expect(readdirSync(join(stored(), "goroot")).toSorted()).toEqual(["VERSION", "bin", "go.env", "pkg", "src"]);
    expect(lstatSync(join(stored(), "goroot", "bin", "go")).mode & 0o777).toBe(0o555);
    rmSync(goroot, { recursive: true });
    expect((await world.medkit("toolchain", "verify", "1.22.5")).exit).toBe(0);
    expect((await world.medkit("toolchain", "use", "1.22.5")).exit).toBe(0);
    expect(says(join(world.home, "current", "bin", "go"))).toContain("go1.22.5");
    expect(readdirSync(join(world.home, "work"))).toEqual([]);
  });

  test("by version finds it in ~/sdk; one that nobody has is not found", async () => {
    expect((await world.medkit("toolchain", "adopt", "1.22.5", "--json")).data).toMatchObject({ from: goroot });
    expect(await world.medkit("toolchain", "adopt", "1.4.1", "--json")).toMatchObject({
      exit: 5,
      code: "TOOLCHAIN_NOT_FOUND",
    });
  });

  test("from GOMODCACHE, where the go command leaves _go.mod beside go.mod; one of other content is extra", async () => {
    put("src/_go.mod", "module std\n");
    expect(await adopt("--dry-run")).toMatchObject({ exit: 0, data: { differences: [] } });
    put("src/_go.mod", "module other\n");
    expect(await adopt()).toMatchObject({ exit: 4, data: { differences: [{ path: "src/_go.mod", kind: "extra" }] } });
    put("src/_go.mod", "module std\n");
    expect((await adopt()).exit).toBe(0);
    expect(readdirSync(join(stored(), "goroot", "src")).toSorted()).toEqual(["fmt", "go.mod"]);
  });

  test("a distribution's folder that is a link is one difference, not one for each file in it", async () => {
    renameSync(join(goroot, "src"), join(world.root, "share"));
    symlinkSync(join(world.root, "share"), join(goroot, "src"));
    expect(await adopt()).toMatchObject({ exit: 4, data: { differences: [{ path: "src", kind: "link" }] } });
  });

  test("where it is installed already nothing is done", async () => {
    await world.medkit("toolchain", "install", "1.22.5");
    expect((await adopt("--link")).data).toMatchObject({ alreadyInstalled: true, adopted: false });
    expect(lstatSync(join(stored(), "goroot")).isDirectory()).toBe(true);
  });

  test("a distributor's go.env has to be accepted, and the copy has the published one", async () => {
    put("go.env", toolchainFiles("1.22.5", "linux/amd64")["go.env"]?.replace("=auto", "=local") ?? "");
    expect(await adopt()).toMatchObject({ exit: 4, code: "TOOLCHAIN_ADOPT_REFUSED" });
    expect(existsSync(stored())).toBe(false);
    expect((await adopt("--accept", "local-go-env")).exit).toBe(0);
    expect(readFileSync(join(stored(), "goroot", "go.env"), "utf8")).toContain("GOTOOLCHAIN=auto");
    expect(readFileSync(join(goroot, "go.env"), "utf8")).toContain("GOTOOLCHAIN=local");
    expect((await world.medkit("toolchain", "verify", "1.22.5")).exit).toBe(0);
  });

  test("files beyond the published ones have to be accepted, and are left behind", async () => {
    put("pkg/linux_amd64/fmt.a", "built");
    expect(await adopt()).toMatchObject({ exit: 4, data: { differences: [{ kind: "extra", accepted: false }] } });
    expect((await adopt("--accept", "extra")).exit).toBe(0);
    expect(existsSync(join(stored(), "goroot", "pkg", "linux_amd64", "fmt.a"))).toBe(false);
  });
});

describe("refusals", () => {
  test.each([["--copy"], ["--link"]])("a changed file is refused with %s, whatever is accepted", async (mode) => {
    put("src/fmt/print.go", "package evil\n");
    const before = snapshot(goroot);
    expect(await adopt(mode, "--accept", "local-go-env")).toMatchObject({
      exit: 4,
      code: "TOOLCHAIN_ADOPT_REFUSED",
      data: { adopted: false, trust: null, differences: [{ path: "src/fmt/print.go", kind: "changed" }] },
    });
    expect(existsSync(stored())).toBe(false);
    expect(snapshot(goroot)).toEqual(before);
  });

  test("a higher trust, both modes, extra files in a link, no such path, no GOROOT, no record, the store itself", async () => {
    expect(await adopt("--trust", "rebuilt")).toMatchObject({ exit: 4, code: "TOOLCHAIN_TRUST_MISSING" });
    expect(await adopt("--link", "--copy")).toMatchObject({ exit: 2, code: "USAGE" });
    expect(await adopt("--link", "--accept", "extra")).toMatchObject({ exit: 2, code: "USAGE" });
    const at = (path: string): Promise<Answer> => world.medkit("toolchain", "adopt", path, "--json");
    expect(await at("./nowhere")).toMatchObject({ exit: 2, code: "PATH_NOT_FOUND" });
    expect(await at(world.root)).toMatchObject({ exit: 2, code: "GOROOT_NOT_FOUND" });
    put("VERSION", "go1.2.1\n");
    expect(await adopt()).toMatchObject({ exit: 5, code: "TOOLCHAIN_NO_RECORD" });
    put("VERSION", "devel +1234\n");
    expect(await adopt()).toMatchObject({ exit: 5, code: "GOROOT_UNRELEASED" });
    symlinkSync(join(world.root, "loop"), join(world.root, "loop"));
    expect(await at("./loop")).toMatchObject({ exit: 6, code: "FILE_UNREADABLE" });
    await world.medkit("toolchain", "install", "1.22.5");
    expect(await at(join(stored(), "goroot"))).toMatchObject({ exit: 2, code: "TOOLCHAIN_ADOPT_OWN" });
  });

  test("--dry-run says what would be done, and changes nothing", async () => {
    expect(await adopt("--dry-run")).toMatchObject({ exit: 0, data: { adopted: false, dryRun: true } });
    expect(existsSync(join(world.home, "toolchains"))).toBe(false);
  });

  test("another hash in medkit.lock is refused", async () => {
    const h1 = `h1:${"A".repeat(43)}=`;
    const lock = { schema: "medkit/lock/v1", toolchains: [{ version: "1.22.5", platform: "linux/amd64", h1 }] };
    writeFileSync(join(world.root, "medkit.lock"), JSON.stringify(lock));
    expect(await adopt("--link")).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
  });
});

describe("by link", () => {
  test("is listed with its target, used, proven anew, and removed without touching the tree", async () => {
    const before = snapshot(goroot);
    expect(await adopt("--link")).toMatchObject({ exit: 0, data: { mode: "link", goroot } });
    expect(readlinkSync(join(stored(), "goroot"))).toBe(goroot);
    expect((await world.medkit("toolchain", "list", "--json")).data).toMatchObject({ installed: [{ linked: goroot }] });
    expect((await world.medkit("toolchain", "use", "1.22.5")).exit).toBe(0);
    expect(says(join(world.home, "current", "bin", "go"))).toContain("go1.22.5");
    expect((await world.medkit("toolchain", "env", "1.22.5", "--json")).data).toMatchObject({ goroot });
    expect((await world.medkit("toolchain", "verify", "1.22.5")).exit).toBe(0);
    expect(await world.medkit("toolchain", "remove", "1.22.5", "--json")).toMatchObject({ code: "TOOLCHAIN_IN_USE" });
    rmSync(join(world.home, "current"));
    expect((await world.medkit("toolchain", "remove", "1.22.5")).exit).toBe(0);
    expect(existsSync(stored())).toBe(false);
    expect(snapshot(goroot)).toEqual(before);
  });

  test("a changed program is refused by use, exec, env and current, and named by verify", async () => {
    await adopt("--link");
    const { atime, mtime } = lstatSync(join(goroot, "bin", "go"));
    const text = readFileSync(join(goroot, "bin", "go"), "utf8");
    // As long as before, and as old.
    put("bin/go", text.replace("1.22.5", "1.66.6"));
    utimesSync(join(goroot, "bin", "go"), atime, mtime);
    const changed = { exit: 4, code: "TOOLCHAIN_LINK_CHANGED" };
    expect(await world.medkit("toolchain", "use", "1.22.5", "--json")).toMatchObject(changed);
    expect(await world.medkit("toolchain", "env", "1.22.5", "--json")).toMatchObject(changed);
    expect((await world.medkit("toolchain", "exec", "1.22.5", "--", "true")).exit).toBe(4);
    writeFileSync(join(world.root, ".go-version"), "1.22.5\n");
    expect(await world.medkit("toolchain", "current", "--json")).toMatchObject(changed);
    expect(existsSync(join(world.home, "current"))).toBe(false);
    expect((await world.medkit("toolchain", "verify", "1.22.5", "--json")).data).toMatchObject({
      differences: [{ path: "bin/go", kind: "changed" }],
    });
    put("bin/go", text);
    expect((await world.medkit("toolchain", "use", "1.22.5")).exit).toBe(0);
  });

  test("a tree that vanished is said to be gone, and can be removed or installed", async () => {
    await adopt("--link");
    renameSync(goroot, `${goroot}.away`);
    expect(await world.medkit("toolchain", "use", "1.22.5", "--json")).toMatchObject({
      exit: 5,
      code: "TOOLCHAIN_LINK_GONE",
    });
    expect((await world.medkit("toolchain", "list", "--json")).data).toMatchObject({ installed: [{ linked: goroot }] });
    expect((await world.medkit("toolchain", "remove", "1.22.5")).exit).toBe(0);
    renameSync(`${goroot}.away`, goroot);
    await adopt("--link");
    rmSync(goroot, { recursive: true });
    expect((await world.medkit("toolchain", "install", "1.22.5")).exit).toBe(0);
    expect(lstatSync(join(stored(), "goroot")).isDirectory()).toBe(true);
  });

  test("install makes medkit's own copy of it, without any other source", async () => {
    await adopt("--link");
    rmSync(join(world.proxy, "golang.org"), { recursive: true });
    const answer = await world.medkit("toolchain", "install", "1.22.5", "--json");
    expect(answer).toMatchObject({ exit: 0, data: { alreadyInstalled: false, source: "local GOROOT" } });
    expect(lstatSync(join(stored(), "goroot")).isDirectory()).toBe(true);
    expect(existsSync(join(goroot, "test", "a.go"))).toBe(true);
  });

  test("has the database's evidence, and less than MEDKIT_TRUST demands is neither run nor adopted", async () => {
    await adopt("--link");
    const [listed] = (await world.medkit("toolchain", "list", "--json")).data["installed"] as [Record<string, unknown>];
    expect(listed).toMatchObject({ linked: goroot, evidence: [{ level: "checksum-database", h1: listed["h1"] }] });
    world.env["MEDKIT_TRUST"] = "rebuilt";
    const missing = { exit: 4, code: "TOOLCHAIN_TRUST_MISSING" };
    for (const command of ["use", "env"])
      expect(await world.medkit("toolchain", command, "1.22.5", "--json")).toMatchObject(missing);
    expect(await world.medkit("toolchain", "exec", "1.22.5", "--json", "--", "go", "version")).toMatchObject(missing);
    expect(await adopt("--copy")).toMatchObject(missing);
  });

  test("a second adoption takes over another tree, or renews what was noted", async () => {
    await adopt("--link");
    const other = `${goroot}.other`;
    spawnSync("cp", ["-r", goroot, other]);
    expect((await world.medkit("toolchain", "adopt", other, "--link")).exit).toBe(0);
    expect(readlinkSync(join(stored(), "goroot"))).toBe(other);
    expect((await world.medkit("toolchain", "adopt", other, "--link")).exit).toBe(0);
    expect((await world.medkit("toolchain", "adopt", other, "--copy")).exit).toBe(0);
    expect(lstatSync(join(stored(), "goroot")).isDirectory()).toBe(true);
    expect(existsSync(join(other, "bin", "go"))).toBe(true);
  });

  test("what was accepted stays accepted, and nothing else", async () => {
    put("go.env", toolchainFiles("1.22.5", "linux/amd64")["go.env"]?.replace("=auto", "=local") ?? "");
    expect((await adopt("--link", "--accept", "local-go-env")).exit).toBe(0);
    expect((await world.medkit("toolchain", "verify", "1.22.5")).exit).toBe(0);
    put("src/fmt/print.go", "package evil\n");
    expect((await world.medkit("toolchain", "verify", "1.22.5")).exit).toBe(4);
  });

  test("a store entry whose link or record was altered is refused", async () => {
    await adopt("--link");
    const record = join(stored(), "toolchain.json");
    const text = readFileSync(record, "utf8");
    const refused = { exit: 4, code: "TOOLCHAIN_LINK_CHANGED" };
    writeFileSync(record, text.replace(`"target":"${goroot}"`, '"target":"/elsewhere"'));
    expect(await world.medkit("toolchain", "use", "1.22.5", "--json")).toMatchObject(refused);
    writeFileSync(record, "{}\n");
    expect(await world.medkit("toolchain", "use", "1.22.5", "--json")).toMatchObject(refused);
    expect(await world.medkit("toolchain", "verify", "1.22.5", "--json")).toMatchObject(refused);
    writeFileSync(record, text);
    expect((await world.medkit("toolchain", "use", "1.22.5")).exit).toBe(0);
  });

  test("prune removes the link of a superseded one, and leaves its tree", async () => {
    await adopt("--link");
    world.publish("1.22.6");
    await world.medkit("toolchain", "install", "1.22.6");
    expect((await world.medkit("toolchain", "prune", "--json")).data).toMatchObject({ removed: [name] });
    expect(says(join(goroot, "bin", "go"))).toContain("go1.22.5");
  });

  test("--system refuses to move aside what is linked", async () => {
    const prefix = join(world.root, "local");
    mkdirSync(join(prefix, "bin"), { recursive: true });
    world.env["MEDKIT_SYSTEM_PREFIX"] = prefix;
    renameSync(goroot, join(prefix, "go"));
    await world.medkit("toolchain", "adopt", join(prefix, "go"), "--link");
    spawnSync("chmod", ["755", world.root]);
    expect(await world.medkit("toolchain", "use", "1.22.5", "--system", "--json")).toMatchObject({
      exit: 2,
      code: "SYSTEM_GO_LINKED",
    });
    expect(lstatSync(join(prefix, "go")).isDirectory()).toBe(true);
  });
});

test("`lock --dry-run` and `adopt --dry-run` make no home", async () => {
  expect((await world.medkit("toolchain", "lock", "1.22.5", "--dry-run", "--json")).exit).toBe(0);
  expect((await adopt("--link", "--dry-run")).exit).toBe(0);
  expect(existsSync(join(world.home, "version"))).toBe(false);
});
