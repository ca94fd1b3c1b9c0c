import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  chmodSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome, type Layout } from "../state/index.ts";
import { useForSystem } from "./system.ts";
import type { StoredToolchain } from "./types.ts";

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
  await expect(useForSystem(layout, stored, { goroot, command })).rejects.toMatchObject({ code: "SYSTEM_GO_UNDONE" });
  if (kind === "link") expect(readlinkSync(goroot)).toBe("elsewhere");
  else if (kind === "folder") expect(readdirSync(goroot)).toEqual(["old"]);
  else expect(existsSync(goroot)).toBe(false);
  expect(readFileSync(command, "utf8")).toBe("the old go");
  expect(existsSync(layout.system)).toBe(false);
  expect(readdirSync(root).filter((name) => name.includes("medkit"))).toEqual([]);
});
