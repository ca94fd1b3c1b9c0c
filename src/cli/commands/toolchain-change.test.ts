import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createToolchainWorld, type ToolchainWorld } from "../../../test/support/toolchain-world.ts";

let world: ToolchainWorld;
beforeEach(async () => {
  world = createToolchainWorld();
  for (const version of ["1.21.12", "1.21.13", "1.22.5"]) {
    world.publish(version);
    await world.medkit("toolchain", "install", version);
  }
  // Each is brought to the disk, which others may be using.
}, 60_000);
afterEach(() => world.close());

const installed = (): readonly string[] => readdirSync(join(world.home, "toolchains")).toSorted();

describe("remove and prune", () => {
  test("takes one out, leaving nothing", async () => {
    expect((await world.medkit("toolchain", "remove", "1.21.12", "--json")).data).toMatchObject({
      name: "go1.21.12.linux-amd64",
    });
    expect(installed()).toEqual(["go1.21.13.linux-amd64", "go1.22.5.linux-amd64"]);
    expect(readdirSync(join(world.home, "work"))).toEqual([]);
  });

  test("refuses what current leads to", async () => {
    await world.medkit("toolchain", "use", "1.22.5");
    expect(await world.medkit("toolchain", "remove", "1.22.5", "--json")).toMatchObject({
      exit: 2,
      code: "TOOLCHAIN_IN_USE",
    });
    expect(installed()).toContain("go1.22.5.linux-amd64");
  });

  test("prune drops what is kept of interrupted downloads", async () => {
    const folder = join(world.home, "partial", "0".repeat(64));
    mkdirSync(folder, { recursive: true });
    for (const name of ["data", "map.json"]) writeFileSync(join(folder, name), "x");
    expect((await world.medkit("toolchain", "prune", "--dry-run", "--json")).data).toMatchObject({ downloads: 1 });
    expect(existsSync(folder)).toBe(true);
    const { stdout } = await world.medkit("toolchain", "prune");
    expect(stdout).toContain("interrupted downloads that are removed: 1");
    expect(existsSync(folder)).toBe(false);
    expect((await world.medkit("toolchain", "prune", "--json")).data).toMatchObject({ downloads: 0 });
  });

  test("prune takes the superseded patch, but not one that is in use, kept or pinned", async () => {
    expect((await world.medkit("toolchain", "prune", "--dry-run", "--json")).data).toMatchObject({
      plan: ["go1.21.12.linux-amd64"],
    });
    expect((await world.medkit("toolchain", "prune", "--keep", "1.21.12", "--json")).data).toMatchObject({
      removed: [],
    });
    writeFileSync(join(world.root, ".go-version"), "1.21.12\n");
    expect((await world.medkit("toolchain", "prune", "--json")).data).toMatchObject({ removed: [] });
    writeFileSync(join(world.root, ".go-version"), "1.22.5\n");
    await world.medkit("toolchain", "use", "1.21.12");
    expect((await world.medkit("toolchain", "prune", "--json")).data).toMatchObject({ removed: [] });
    await world.medkit("toolchain", "use", "1.22.5");
    expect((await world.medkit("toolchain", "prune", "--json")).data).toMatchObject({
      removed: ["go1.21.12.linux-amd64"],
    });
  });
});

describe("use --system", () => {
  let prefix = "";
  beforeEach(() => {
    prefix = join(world.root, "local");
    mkdirSync(join(prefix, "bin"), { recursive: true });
    chmodSync(world.root, 0o755);
    world.env["MEDKIT_SYSTEM_PREFIX"] = prefix;
  });

  test("leads both places to it, keeps what stood there, and puts it back", async () => {
    mkdirSync(join(prefix, "go", "bin"), { recursive: true });
    writeFileSync(join(prefix, "go", "bin", "go"), "the old go");
    symlinkSync("../go/bin/go", join(prefix, "bin", "go"));
    expect((await world.medkit("toolchain", "use", "1.22.5", "--system")).exit).toBe(0);
    const says = (): string => spawnSync(join(prefix, "bin", "go"), { encoding: "utf8" }).stdout;
    expect(says()).toContain("go1.22.5");
    await world.medkit("toolchain", "use", "1.21.13", "--system");
    expect(says()).toContain("go1.21.13");
    expect(await world.medkit("toolchain", "remove", "1.21.13", "--json")).toMatchObject({ code: "TOOLCHAIN_IN_USE" });
    expect((await world.medkit("toolchain", "use", "--restore")).exit).toBe(0);
    expect(lstatSync(join(prefix, "go")).isDirectory()).toBe(true);
    expect(readFileSync(join(prefix, "go", "bin", "go"), "utf8")).toBe("the old go");
    expect(readlinkSync(join(prefix, "bin", "go"))).toBe("../go/bin/go");
    expect(readdirSync(prefix).toSorted()).toEqual(["bin", "go"]);
    expect(await world.medkit("toolchain", "use", "--restore", "--json")).toMatchObject({
      exit: 2,
      code: "SYSTEM_GO_NOTHING",
    });
  });

  test("makes the places where nothing stood, and removes them again", async () => {
    await world.medkit("toolchain", "use", "1.22.5", "--system");
    await world.medkit("toolchain", "use", "--restore");
    expect(readdirSync(prefix)).toEqual(["bin"]);
    expect(readdirSync(join(prefix, "bin"))).toEqual([]);
  });

  test("refuses a store that other users cannot enter, before anything changes", async () => {
    mkdirSync(join(prefix, "go"));
    chmodSync(world.root, 0o700);
    const answer = await world.medkit("toolchain", "use", "1.22.5", "--system", "--json");
    expect(answer).toMatchObject({ exit: 6, code: "SYSTEM_GO_PRIVATE" });
    expect(lstatSync(join(prefix, "go")).isDirectory()).toBe(true);
    expect(existsSync(join(world.home, "current"))).toBe(false);
  });
});

describe("pin", () => {
  const goMod = (): string => readFileSync(join(world.root, "go.mod"), "utf8");

  test("writes and replaces go.mod's toolchain line, and nothing else of it", async () => {
    writeFileSync(
      join(world.root, "go.mod"),
      "module example.org/m // ours\n\ngo 1.21\n\nrequire a.example/b v1.0.0\n",
    );
    await world.medkit("toolchain", "pin", "1.22.5");
    expect(goMod()).toBe(
      "module example.org/m // ours\n\ngo 1.21\n\ntoolchain go1.22.5\n\nrequire a.example/b v1.0.0\n",
    );
    await world.medkit("toolchain", "pin", "1.21");
    expect(goMod()).toContain("\n\ntoolchain go1.21.13\n\n");
    expect((await world.medkit("toolchain", "current", "--json")).data).toMatchObject({
      version: "1.21.13",
      place: "toolchain",
    });
  });

  test.each([
    ["1.20.14", "go 1.19"],
    ["1.21.13", "go 1.22"],
  ])("refuses %s beside `%s`", async (version, line) => {
    writeFileSync(join(world.root, "go.mod"), `module m\n${line}\n`);
    expect(await world.medkit("toolchain", "pin", version, "--json")).toMatchObject({
      exit: 2,
      code: "TOOLCHAIN_PIN_UNFIT",
    });
    expect(goMod()).toBe(`module m\n${line}\n`);
  });

  test("there has to be a go.mod", async () => {
    expect(await world.medkit("toolchain", "pin", "1.22.5", "--json")).toMatchObject({
      exit: 2,
      code: "TOOLCHAIN_PIN_UNFIT",
    });
  });

  test.each([
    [".go-version", "1.20.1\n", "1.22.5\n"],
    [".tool-versions", "nodejs 20\ngolang 1.20.1 # ours\n", "nodejs 20\ngolang 1.22.5 # ours\n"],
    [".tool-versions", "nodejs 20", "nodejs 20\ngolang 1.22.5\n"],
    [
      "mise.toml",
      '[env]\nA = "b"\n\n[tools]\nnode = "20"\n',
      '[env]\nA = "b"\n\n[tools]\ngo = "1.22.5"\nnode = "20"\n',
    ],
    ["mise.toml", '[tools]\ngo = "1.20"\n', '[tools]\ngo = "1.22.5"\n'],
    ["mise.toml", '[env]\nA = "b"\n', '[env]\nA = "b"\n[tools]\ngo = "1.22.5"\n'],
  ])("%s: %j becomes %j", async (file, before, after) => {
    writeFileSync(join(world.root, file), before);
    await world.medkit("toolchain", "pin", "1.22.5", "--in", file);
    expect(readFileSync(join(world.root, file), "utf8")).toBe(after);
  });
});

describe("lock", () => {
  const lockFile = (): string => readFileSync(join(world.root, "medkit.lock"), "utf8");

  test("has version and proven hash of every platform, and takes a new version over for all", async () => {
    for (const version of ["1.21.13", "1.22.5"]) world.publish(version, "darwin/arm64");
    writeFileSync(join(world.root, ".go-version"), "1.21\n");
    const first = await world.medkit("toolchain", "lock", "--platform", "linux/amd64,darwin/arm64", "--json");
    const [mac, linux] = ["darwin/arm64", "linux/amd64"].map((platform) => ({ version: "1.21.13", platform }));
    expect(first.data["toolchains"]).toMatchObject([linux, mac]);
    expect(JSON.parse(lockFile())).toMatchObject({ schema: "medkit/lock/v1", toolchains: [mac, linux] });
    expect((await world.medkit("toolchain", "lock", "--json")).data["changed"]).toBe(false);
    await world.medkit("toolchain", "lock", "1.22.5");
    expect(JSON.parse(lockFile())).toMatchObject({ toolchains: [{ version: "1.22.5" }, { version: "1.22.5" }] });
  });

  test("another hash than the locked one is refused, and so is a lock that cannot be read", async () => {
    await world.medkit("toolchain", "lock", "1.22.5");
    expect((await world.medkit("toolchain", "install", "1.22.5")).exit).toBe(0);
    writeFileSync(join(world.root, "medkit.lock"), lockFile().replace(/h1:.{4}/, "h1:AAAA"));
    expect(await world.medkit("toolchain", "install", "1.22.5", "--json")).toMatchObject({
      exit: 4,
      code: "TOOLCHAIN_MISMATCH",
    });
    expect(await world.medkit("toolchain", "lock", "1.22.5", "--json")).toMatchObject({
      exit: 4,
      code: "TOOLCHAIN_MISMATCH",
    });
    // What is not in the lock is not its affair.
    expect((await world.medkit("toolchain", "install", "1.21.13")).exit).toBe(0);
    writeFileSync(join(world.root, "medkit.lock"), "{}");
    expect(await world.medkit("toolchain", "install", "1.22.5", "--json")).toMatchObject({
      exit: 2,
      code: "CONFIG_INVALID",
    });
  });
});

test("env and exec agree on what is used", async () => {
  const { data } = await world.medkit("toolchain", "env", "1.21", "--json");
  const goroot = join(world.home, "toolchains/go1.21.13.linux-amd64/goroot");
  expect(data["variables"]).toMatchObject({ GOROOT: goroot, GOTOOLCHAIN: "local" });
  const lines = (await world.medkit("toolchain", "env", "1.21")).stdout;
  const shell = spawnSync("sh", ["-euc", `${lines}\ngo; echo "$GOROOT $GOTOOLCHAIN"`], {
    env: { PATH: "/usr/bin:/bin" },
    encoding: "utf8",
  });
  expect(shell.stdout).toBe(`go version go1.21.13 linux/amd64\n${goroot} local\n`);
  expect(
    (
      await world.medkit(
        "toolchain",
        "exec",
        "1.21",
        "--",
        "sh",
        "-c",
        'test "$(command -v go)" = "$GOROOT/bin/go" || exit 9; exit 5',
      )
    ).exit,
  ).toBe(5);
  expect((await world.medkit("toolchain", "exec", "1.21", "--", "./absent")).exit).toBe(127);
});

test.each(["bash", "zsh", "fish"])(
  "shell-init: %s finds the switched go, also one that it had found elsewhere before",
  async (shell) => {
    if (spawnSync(shell, ["-c", "exit 0"]).status !== 0) return;
    const script = join(world.root, "init");
    writeFileSync(script, (await world.medkit("shell-init", shell)).stdout);
    const other = join(world.root, "other");
    mkdirSync(other);
    writeFileSync(join(other, "go"), "#!/bin/sh\necho other\n", { mode: 0o755 });
    writeFileSync(
      join(other, "medkit"),
      `#!/bin/sh\nln -s toolchains/go1.22.5.linux-amd64/goroot '${world.home}/current'\nexit 4\n`,
      { mode: 0o755 },
    );
    const lines =
      shell === "fish"
        ? `source ${script}; source ${script}; go; medkit toolchain use 1.22.5; echo $status; go`
        : `set -u; . ${script}; . ${script}; go; medkit toolchain use 1.22.5; echo $?; go`;
    const run = spawnSync(shell, ["-c", lines], {
      env: { PATH: `${other}:/usr/bin:/bin`, HOME: world.root },
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(run.stdout).toBe("other\n4\ngo version go1.22.5 linux/amd64\n");
  },
);
