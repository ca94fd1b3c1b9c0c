import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  chmodSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome, type Layout } from "../state/index.ts";
import { requires } from "../../test/support/requirements.ts";
import { createNodePorts } from "../core/node-ports.ts";
import { hostExchange } from "./exchange.ts";
import { restoreSystem, useForSystem } from "./system.ts";
import type { StoredToolchain } from "./types.ts";

const { env } = process;
const quiet = { emit: (): void => undefined };
const ports = createNodePorts({ env, cwd: "/", signal: new AbortController().signal, offline: true, progress: quiet });
const exchange = hostExchange(ports);
/** A host without a program that can. */
const never = async (): Promise<boolean> => false;

let root = "";
let layout: Layout;
let stored: StoredToolchain;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "medkit-system-"));
  chmodSync(root, 0o755);
  layout = await openHome(join(root, "home"));
  const name = "go1.22.5.linux-amd64";
  const goroot = join(layout.toolchain(name), "goroot");
  mkdirSync(goroot, { recursive: true });
  mkdirSync(join(root, "bin"));
  stored = { name, version: "1.22.5", platform: { os: "linux", arch: "amd64" }, goroot, record: undefined };
});
afterEach(() => rmSync(root, { recursive: true }));

test.each(["link", "folder", "nothing"])("takes back the first place (%s) where the second one fails", async (kind) => {
  const goroot = join(root, "go");
  if (kind === "link") symlinkSync("elsewhere", goroot);
  if (kind === "folder") mkdirSync(join(goroot, "old"), { recursive: true });
  // A file with a name so long that nothing can be appended to it: it cannot be moved aside.
  const command = join(root, "bin", "x".repeat(250));
  writeFileSync(command, "the old go");
  await expect(useForSystem(layout, stored, { goroot, command }, exchange)).rejects.toMatchObject({
    code: "SYSTEM_GO_UNDONE",
  });
  if (kind === "link") expect(readlinkSync(goroot)).toBe("elsewhere");
  else if (kind === "folder") expect(readdirSync(goroot)).toEqual(["old"]);
  else expect(existsSync(goroot)).toBe(false);
  expect(readFileSync(command, "utf8")).toBe("the old go");
  expect(existsSync(layout.system)).toBe(false);
  expect(readdirSync(root).filter((name) => name.includes("medkit"))).toEqual([]);
});

/** Counts, in a process of its own, how often a path cannot be looked at until it is told to end. */
async function watch(path: string, during: () => Promise<void>): Promise<number> {
  const script = `
    const { statSync } = require("node:fs");
    let missed = 0, looked = 0;
    process.on("SIGTERM", () => { console.log(missed, looked); process.exit(); });
    console.log("ready");
    const look = () => {
      for (let n = 0; n < 500; n++, looked++) try { statSync(process.argv[1]); } catch { missed++; }
      setImmediate(look);
    };
    look();`;
  const child = spawn(process.execPath, ["-e", script, path], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  await new Promise<void>((resolve) => child.stdout.on("data", (data) => ((said += String(data)), resolve())));
  await during();
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  await ended;
  const [missed = Number.NaN, looked = 0] = (said.split("\n")[1] ?? "").split(" ").map(Number);
  expect(looked).toBeGreaterThan(1000);
  return missed;
}

async function demandExchange(): Promise<void> {
  const [one, other] = [join(root, "one"), join(root, "other")];
  mkdirSync(one);
  symlinkSync("x", other);
  expect(await exchange(other, one)).toBe(true);
  expect(readlinkSync(one)).toBe("x");
  expect(lstatSync(other).isDirectory()).toBe(true);
  rmSync(one);
  rmSync(other, { recursive: true });
}

requires({ commands: ["perl"] }).it(
  "the system's folder becomes a link and a folder again, and is never missing",
  async () => {
    await demandExchange();
    const places = { goroot: join(root, "go"), command: join(root, "bin", "go") };
    mkdirSync(join(places.goroot, "bin"), { recursive: true });
    writeFileSync(places.command, "the old go");
    const switchBothWays = async (): Promise<void> => {
      for (let count = 0; count < 20; count++) {
        await useForSystem(layout, stored, places, exchange);
        expect(readlinkSync(places.goroot)).toBe(stored.goroot);
        expect(readdirSync(`${places.goroot}.before-medkit`)).toEqual(["bin"]);
        await restoreSystem(layout, exchange);
        expect(readdirSync(places.goroot)).toEqual(["bin"]);
      }
    };
    mkdirSync(join(stored.goroot, "bin"));
    writeFileSync(join(stored.goroot, "bin", "go"), "the new go");
    expect(await watch(places.goroot, async () => expect(await watch(places.command, switchBothWays)).toBe(0))).toBe(0);
    expect(readFileSync(places.command, "utf8")).toBe("the old go");
    expect(readdirSync(root).toSorted()).toEqual(["bin", "go", "home"]);
    expect(readdirSync(join(root, "bin"))).toEqual(["go"]);
  },
);

test("a host that cannot exchange names comes to the same end", async () => {
  const places = { goroot: join(root, "go"), command: join(root, "bin", "go") };
  mkdirSync(join(places.goroot, "old"), { recursive: true });
  await useForSystem(layout, stored, places, never);
  expect(readlinkSync(places.goroot)).toBe(stored.goroot);
  expect(readdirSync(`${places.goroot}.before-medkit`)).toEqual(["old"]);
  await restoreSystem(layout, never);
  expect(readdirSync(places.goroot)).toEqual(["old"]);
  expect(readdirSync(root).toSorted()).toEqual(["bin", "go", "home"]);
});

test("a switch that was killed before its one step is gone on with, and restored, without a trace", async () => {
  const places = { goroot: join(root, "go"), command: join(root, "bin", "go") };
  const [aside, second] = [`${places.goroot}.before-medkit`, `${places.command}.before-medkit`];
  mkdirSync(join(places.goroot, "old"), { recursive: true });
  writeFileSync(places.command, "the old go");
  const killed = async (): Promise<boolean> => {
    // The record and the link are there, and the folder is where it was.
    copyFileSync(layout.system, join(root, "record"));
    throw new Error("killed");
  };
  const kill = async (): Promise<void> => {
    await expect(useForSystem(layout, stored, places, killed)).rejects.toMatchObject({ code: "SYSTEM_GO_UNDONE" });
    renameSync(join(root, "record"), layout.system);
    symlinkSync(stored.goroot, aside);
    linkSync(places.command, second);
  };
  await kill();
  await restoreSystem(layout, exchange);
  expect(readdirSync(root).toSorted()).toEqual(["bin", "go", "home"]);
  expect(readdirSync(places.goroot)).toEqual(["old"]);
  await kill();
  await useForSystem(layout, stored, places, exchange);
  expect(readdirSync(aside)).toEqual(["old"]);
  await restoreSystem(layout, exchange);
  expect(readdirSync(places.goroot)).toEqual(["old"]);
  expect(readdirSync(root).toSorted()).toEqual(["bin", "go", "home"]);
  expect(readdirSync(join(root, "bin"))).toEqual(["go"]);
});
