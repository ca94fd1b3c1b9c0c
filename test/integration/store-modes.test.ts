import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "../support/medkit.ts";
import { createToolchainWorld, type ToolchainWorld } from "../support/toolchain-world.ts";

/** What others may do with what medkit makes, under a umask that lets them do everything. */

let world: ToolchainWorld;
beforeEach(() => {
  world = createToolchainWorld();
  world.publish("1.22.5");
});
afterEach(() => world.close());

function medkit(umask: string, ...args: readonly string[]): string {
  const run = spawnSync("/bin/sh", ["-c", `umask ${umask}; exec "$0" "$@"`, `${root}medkit`, ...args], {
    cwd: world.root,
    env: world.env,
    encoding: "utf8",
  });
  expect({ status: run.status, stderr: run.stderr }).toMatchObject({ status: 0 });
  return run.stdout;
}

/** Files and folders, links left out, with their permission bits. */
function modes(folder: string): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (path: string): void => {
    const facts = lstatSync(path);
    if (!facts.isSymbolicLink()) found.set(path, facts.mode & 0o7777);
    if (facts.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  };
  visit(folder);
  return found;
}

test("under umask 000 nobody else may write anything in medkit's home, and the store stays read-only", () => {
  world.publish("1.21.13");
  medkit("000", "toolchain", "install", "1.22.5");
  medkit("000", "toolchain", "install", "1.21.13");
  medkit("000", "toolchain", "use", "1.22.5");
  medkit("000", "toolchain", "verify", "1.22.5");
  medkit("000", "toolchain", "remove", "1.21.13");

  const found = modes(world.home);
  expect([...found].filter(([, mode]) => (mode & 0o022) !== 0)).toEqual([]);
  const store = join(world.home, "toolchains", "go1.22.5.linux-amd64");
  expect(found.get(store)).toBe(0o755);
  expect(found.get(join(store, "toolchain.json"))).toBe(0o644);
  expect(found.get(join(store, "goroot"))).toBe(0o555);
  expect(found.get(join(store, "goroot", "bin", "go"))).toBe(0o555);
  expect(found.get(join(store, "goroot", "VERSION"))).toBe(0o444);
  expect(found.get(join(world.home, "work"))).toBe(0o700);
});

test("a umask that keeps more to oneself is kept, and a program that medkit runs has the caller's own", () => {
  medkit("077", "toolchain", "install", "1.22.5");
  const found = modes(world.home);
  const own = [...found].filter(([path]) => !path.includes("goroot"));
  expect(own.filter(([, mode]) => (mode & 0o077) !== 0)).toEqual([]);
  expect(medkit("000", "toolchain", "exec", "1.22.5", "--", "sh", "-c", "umask").trim()).toMatch(/^0+$/);
});
