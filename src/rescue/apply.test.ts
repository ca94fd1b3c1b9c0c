import { spawnSync } from "node:child_process";
import { chmod, link, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256Hex } from "../core/digest.ts";
import { applyRemedy, restoreFile, takeBack, type Applied, type OnDisk } from "./apply.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "medkit-apply-"));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

test("a remedy that is taken back leaves no folder", async () => {
  const folder = join(root, "r-1", "scratch", "gocache");
  const remedy = {
    kind: "fresh-folder",
    params: {},
    reach: "state",
    cost: 0,
    environment: {},
    folders: [folder],
  } as const;
  const command = { argv: ["true"], cwd: "/", env: {}, limits: {} } as const;
  await takeBack(
    await applyRemedy(remedy, command, { copies: join(root, "r-1", "copies"), secrets: [], goenv: undefined }),
  );
  expect(await readdir(root)).toEqual([]);
});

const unset = {
  kind: "unset-variable",
  params: {},
  reach: "child",
  cost: 0,
  environment: { GOROOT: undefined },
} as const;

test("-toolexec is never kept, and every other flag is", async () => {
  const env = { GOFLAGS: "-tags=mine '-toolexec=/tmp/x y' -v", GOROOT: "/nowhere" };
  const options = { copies: join(root, "copies"), secrets: [], goenv: undefined };
  const { command, changes } = await applyRemedy(unset, { argv: ["go"], cwd: "/", env, limits: {} }, options);
  expect(command.env).toEqual({ GOFLAGS: "-tags=mine -v" });
  expect(changes.map(({ name }) => name)).toEqual(["GOROOT", "GOFLAGS"]);
});

test.each([
  ["-toolexec=/tmp/x -tags=mine", "-tags=mine"],
  // Something has to cover the file's line, and go reads no flag in a blank.
  ["-toolexec=/tmp/x", " "],
])("-toolexec of the go env file is covered: %s", async (flags, expected) => {
  const goenv = { path: "/home/dev/.config/go/env", lines: [`GOFLAGS=${flags}`] };
  const options = { copies: join(root, "copies"), secrets: [], goenv };
  const { command } = await applyRemedy(unset, { argv: ["go"], cwd: "/", env: {}, limits: {} }, options);
  expect(command.env).toEqual({ GOFLAGS: expected });
});

test("a go env file that a remedy leaves without GOFLAGS brings none of its flags back", async () => {
  const path = join(root, "r-2", "scratch", "env");
  const goenv = { path: "/home/dev/.config/go/env", lines: ["GOFLAGS=-toolexec=/tmp/x -nosuch"] };
  const remedy = { ...unset, reach: "state", environment: { GOENV: path }, files: [{ path, content: "" }] } as const;
  const options = { copies: join(root, "copies"), secrets: [], goenv };
  const { command } = await applyRemedy(remedy, { argv: ["go"], cwd: "/", env: {}, limits: {} }, options);
  expect(command.env).toEqual({ GOENV: path });
});

/** Edits go.mod, which holds `before`, to `new`; `intend` runs right before the file is replaced. */
function editGoMod(intend: (pending: OnDisk) => Promise<void>, before: string | undefined): Promise<Applied> {
  const edit = {
    path: join(root, "go.mod"),
    before: before === undefined ? undefined : sha256Hex(before),
    content: "new",
  };
  const remedy = { ...unset, kind: "completed-in-place", reach: "user-file", edits: [edit] } as const;
  const options = { copies: join(root, "r-1", "copies"), secrets: [], goenv: undefined, intend };
  return applyRemedy(remedy, { argv: ["go"], cwd: "/", env: {}, limits: {} }, options);
}

test("before a file is replaced its copy is there, and who keeps the record is told", async () => {
  const path = join(root, "go.mod");
  await writeFile(path, "old", { mode: 0o640 });
  const seen: unknown[] = [];
  const applied = await editGoMod(async ({ edited }) => {
    seen.push(edited, await readFile(path, "utf8"), await readFile(edited[0]?.copy ?? "", "utf8"));
  }, "old");
  const copy = join(root, "r-1", "copies", "0-go.mod");
  const file = { path, copy, before: sha256Hex("old"), written: sha256Hex("new") };
  expect(seen).toEqual([[file], "old", "old"]);
  expect(applied.edited).toEqual([file]);
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  for (const folder of [join(root, "r-1"), join(root, "r-1", "copies")])
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("two edits of one file in one rescue have a copy each", async () => {
  await writeFile(join(root, "go.mod"), "old");
  const first = await editGoMod(() => Promise.resolve(), "old");
  await writeFile(join(root, "go.mod"), "between");
  const second = await editGoMod(() => Promise.resolve(), "between");
  expect(await readFile(first.edited[0]?.copy ?? "", "utf8")).toBe("old");
  expect(await readFile(second.edited[0]?.copy ?? "", "utf8")).toBe("between");
});

test.each([
  ["writes to it", "old", "theirs"],
  ["makes it", undefined, "theirs"],
])("what somebody else does to a file meanwhile is not lost: %s", async (_, before, theirs) => {
  const path = join(root, "go.mod");
  if (before !== undefined) await writeFile(path, before);
  const edited = editGoMod(() => writeFile(path, theirs), before);
  await expect(edited).rejects.toMatchObject({ code: "RESCUE_FILE_CHANGED" });
  expect(await readFile(path, "utf8")).toBe(theirs);
  expect(await readdir(root)).toEqual(["go.mod"]);
});

test("a file is not edited where the record of it cannot be written", async () => {
  await writeFile(join(root, "go.mod"), "old");
  await expect(editGoMod(() => Promise.reject(new Error("full")), "old")).rejects.toThrow("full");
  expect(await readFile(join(root, "go.mod"), "utf8")).toBe("old");
  expect(await readdir(root)).toEqual(["go.mod"]);
});

test("a pipe in a file's place is not waited for", async () => {
  const path = join(root, "go.mod");
  spawnSync("mkfifo", [path]);
  await expect(editGoMod(() => Promise.resolve(), "old")).rejects.toMatchObject({ code: "RESCUE_FILE_CHANGED" });
  expect(await restoreFile({ path, copy: null, before: null, written: sha256Hex("new") })).toBe("changed");
});

test("a file with another name is left alone, and said", async () => {
  const path = join(root, "go.mod");
  await writeFile(path, "old");
  await link(path, join(root, "other"));
  await expect(editGoMod(() => Promise.resolve(), "old")).rejects.toMatchObject({ code: "RESCUE_FILE_LINKED" });
  expect(await readFile(path, "utf8")).toBe("old");
  expect((await readdir(root)).toSorted()).toEqual(["go.mod", "other"]);
});

const python = (code: string, path: string): string =>
  spawnSync("python3", ["-c", `import os, sys\n${code}`, path], { encoding: "utf8" }).stdout;
const attributes = "for n in sorted(os.listxattr(sys.argv[1])): print(n, os.getxattr(sys.argv[1], n).hex())";
/** Version 2: owner rw, user 12345 r, group r, mask r, others none. */
const acl = "0200000001000600ffffffff020004003930000004000400ffffffff10000400ffffffff20000000ffffffff";
const canKeep =
  process.platform === "linux" && spawnSync("/bin/cp", ["--version"], { encoding: "utf8" }).stdout.includes("GNU");

test.skipIf(!canKeep)("an edit and its undo keep extended attributes, access lists and the mode", async (context) => {
  const path = join(root, "go.mod");
  await writeFile(path, "old");
  await chmod(path, 0o440);
  python(`os.setxattr(sys.argv[1], "user.note", b"kept")\nos.setxattr(sys.argv[1], "system.posix_acl_access", bytes.fromhex("${acl}"))`, path); // prettier-ignore
  const before = python(attributes, path);
  if (!before.includes("user.note") || !before.includes("posix_acl")) context.skip("no extended attributes here");
  const { mode } = await stat(path);
  const applied = await editGoMod(() => Promise.resolve(), "old");
  expect(await readFile(path, "utf8")).toBe("new");
  expect(python(attributes, path)).toBe(before);
  expect((await stat(path)).mode).toBe(mode);
  await takeBack(applied);
  expect(await readFile(path, "utf8")).toBe("old");
  expect(python(attributes, path)).toBe(before);
});

test("what was read with bytes that are no UTF-8 is written nowhere", async () => {
  const path = join(root, "r-3", "scratch", "env");
  const content = Buffer.from("GOFLAGS=-tags=\xE9\n", "latin1").toString("utf8");
  const remedy = { ...unset, reach: "state", files: [{ path, content }] } as const;
  const options = { copies: join(root, "copies"), secrets: [], goenv: undefined };
  const applied = applyRemedy(remedy, { argv: ["go"], cwd: "/", env: {}, limits: {} }, options);
  await expect(applied).rejects.toMatchObject({ code: "RESCUE_FILE_NOT_UTF8" });
  expect(await readdir(root)).toEqual([]);
});
