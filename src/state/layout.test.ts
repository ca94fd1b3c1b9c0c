import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { layoutAt, openHome, resolveHome } from "./layout.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-layout-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("where the home is", () => {
  const env = { MEDKIT_HOME: "/m", XDG_DATA_HOME: "/x", HOME: "/h" };
  test.each([
    [{ flag: "f", env, cwd: "/c" }, "/c/f"],
    [{ flag: "", env, cwd: "/c" }, "/m"],
    [{ env, cwd: "/c" }, "/m"],
    [{ env: { ...env, MEDKIT_HOME: "rel" }, cwd: "/c" }, "/c/rel"],
    [{ env: { ...env, MEDKIT_HOME: "" }, cwd: "/c" }, "/x/medkit"],
    [{ env: { XDG_DATA_HOME: "relative", HOME: "/h" }, cwd: "/c" }, "/h/.local/share/medkit"],
    [{ env: { HOME: "/h" }, cwd: "/c" }, "/h/.local/share/medkit"],
  ])("%j is %s", (sources, expected) => {
    expect(resolveHome(sources)).toBe(expected);
  });

  test.each([{}, { HOME: "" }, { HOME: "relative" }, { XDG_DATA_HOME: "x" }])(
    "nothing usable in %j is HOST_NO_HOME",
    (variables) => {
      expect(() => resolveHome({ env: variables, cwd: "/c" })).toThrow(
        expect.objectContaining({ code: "HOST_NO_HOME", exit: 6 }),
      );
    },
  );
});

test("names from outside cannot lead out of their folder", () => {
  const layout = layoutAt("/home");
  expect(layout.sumdb("sum.example.org")).toBe("/home/sumdb/sum.example.org");
  expect(layout.sumdb("sum.example.org/team/~a")).toBe("/home/sumdb/sum.example.org+team+=a");
  for (const name of [
    "a/",
    "a//b",
    "a/../b",
    "a/.",
    "a/.b",
    "/a",
    "~a",
    "a+b",
    "a=b",
    "a@b",
    "..",
    "",
    "x".repeat(300),
  ])
    expect(() => layout.sumdb(name)).toThrow(expect.objectContaining({ code: "STATE_NAME_UNSAFE" }));
  expect(layout.download("ab".repeat(32))).toBe(`/home/downloads/sha256/ab/${"ab".repeat(32)}`);
  for (const name of ["", ".", "..", "a/b", "../x", "a\n", ".hidden", "a\\b", "x".repeat(300)]) {
    for (const make of [layout.key, layout.lock, layout.toolchain, layout.download, layout.partial]) {
      expect(() => make(name)).toThrow(expect.objectContaining({ code: "STATE_NAME_UNSAFE" }));
    }
  }
});

test("opening makes the folders, twice is harmless, keys are private", async () => {
  const home = join(root, "deep", "home");
  const layout = await openHome(home);
  await openHome(home);
  expect(readFileSync(layout.versionFile, "utf8")).toBe("1\n");
  expect(statSync(layout.keys).mode & 0o777).toBe(0o700);
  expect(statSync(layout.work).mode & 0o777).toBe(0o700);
});

test("a newer layout is refused and left alone", async () => {
  writeFileSync(join(root, "version"), "2\n");
  await expect(openHome(root)).rejects.toMatchObject({
    code: "STATE_TOO_NEW",
    exit: 6,
    params: { found: 2, known: 1 },
  });
  expect(() => statSync(join(root, "downloads"))).toThrow("ENOENT");
});

test.each(["", "x\n", "1", "0\n", "-1\n"])("an unreadable version %j is refused", async (text) => {
  writeFileSync(join(root, "version"), text);
  await expect(openHome(root)).rejects.toMatchObject({ code: "STATE_VERSION_UNREADABLE" });
});

test("a home that cannot be made says so", async () => {
  writeFileSync(join(root, "file"), "");
  await expect(openHome(join(root, "file", "x"))).rejects.toThrow("ENOTDIR");
});

test.runIf(process.platform === "linux")("nor does a system that answers ENOENT for ever keep us waiting", async () => {
  await expect(openHome("/proc/medkit")).rejects.toMatchObject({ code: "HOST_READ_ONLY" });
});
