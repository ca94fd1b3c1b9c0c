import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, type Ran } from "../support/medkit.ts";
import { seeded } from "../support/mutations.ts";
import { createToolchainWorld, toolchainFiles, type ToolchainWorld } from "../support/toolchain-world.ts";

/** MEDKIT_TEST_ROUNDS makes it short. */
const rounds = Number(process.env["MEDKIT_TEST_ROUNDS"] ?? 1000);
const versions = ["1.21.13", "1.22.4", "1.22.5"] as const;

let world: ToolchainWorld;
beforeAll(async () => {
  world = createToolchainWorld();
  for (const version of versions) {
    world.publish(version);
    await world.medkit("toolchain", "install", version);
  }
});
afterAll(() => world.close());

function run(...argv: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(`${root}medkit`, argv, { env: world.env, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Starts medkit, kills it with SIGKILL after so many milliseconds, and waits for its end. */
function killAfter(milliseconds: number, ...argv: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(`${root}medkit`, argv, { env: world.env, stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("exit", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

test("no `go version` fails while `use` switches all the time, from two sides", async () => {
  await world.medkit("toolchain", "use", "1.22.5");
  const stop = join(world.root, "stop");
  const script = `while [ ! -e '${stop}' ]; do go version >/dev/null || echo failed; done; echo done`;
  const env = { PATH: `${join(world.home, "current", "bin")}:/usr/bin:/bin` };
  const loop = spawn("sh", ["-c", script], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  loop.stdout.on("data", (text: Buffer) => (said += text.toString()));
  const switching = async (from: number): Promise<void> => {
    for (let round = from; round < rounds; round += 2) {
      const { exit } = await world.medkit("toolchain", "use", versions[round % versions.length] ?? "");
      expect(exit).toBe(0);
    }
  };
  await Promise.all([switching(0), switching(1)]);
  writeFileSync(stop, "");
  await new Promise((resolve) => loop.on("close", resolve));
  expect(said).toBe("done\n");
});

test("after kill -9 at any moment, the store lists complete versions only, and the next command repairs the rest", async () => {
  const random = seeded(20240805);
  await world.medkit("toolchain", "use", "1.22.5");
  // Somebody else's tree: adopted in both ways, it must stay as it is.
  const foreign = join(world.root, "user", "sdk", "go1.22.4");
  const files = Object.entries(toolchainFiles("1.22.4", "linux/amd64"));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(foreign, path)), { recursive: true });
    writeFileSync(join(foreign, path), text, { mode: 0o755 });
  }
  const acts = [
    ["toolchain", "install", "1.22.4"],
    ["toolchain", "remove", "1.22.4"],
    ["toolchain", "remove", "1.22.4"],
    ["toolchain", "adopt", foreign, "--copy"],
    ["toolchain", "adopt", foreign, "--link"],
    ["toolchain", "use", "1.22.5"],
    ["toolchain", "use", "1.21.13"],
  ] as const;
  for (let round = 0; round < rounds; round++) {
    await killAfter(random(600), ...(acts[random(acts.length)] ?? acts[0]));
    // Whatever was left, each version that is listed is whole.
    const listed = JSON.parse(run("toolchain", "list", "--json").stdout) as {
      readonly data: { readonly installed: readonly { readonly version: string }[] };
    };
    for (const { version } of listed.data.installed) {
      if (version !== "1.22.4" && round % 20 !== 0) continue;
      expect(run("toolchain", "verify", version, "--offline").status, `round ${round}: ${version}`).toBe(0);
    }
    const go = spawnSync(join(world.home, "current", "bin", "go"), { encoding: "utf8" });
    expect(go.stdout, `round ${round}`).toMatch(/^go version go1\./);
  }
  expect(run("toolchain", "use", "1.22.5").status).toBe(0);
  expect(readdirSync(foreign, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())).toHaveLength(
    files.length,
  );
  for (const [path, text] of files) {
    expect(readFileSync(join(foreign, path), "utf8"), path).toBe(text);
    expect(statSync(join(foreign, path)).mode & 0o777, path).toBe(0o755);
  }
  expect(readdirSync(join(world.home, "work"))).toEqual([]);
  expect(readdirSync(world.home).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
