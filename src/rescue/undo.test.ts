import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256Hex } from "../core/digest.ts";
import type { Ports } from "../core/ports.ts";
import { runEngine } from "./engine.ts";
import type { CommandRunner } from "./runner.ts";
import type { Cause, Transcript } from "./types.ts";
import type { EditedFile, OnDisk } from "./apply.ts";
import { undoLast, writeUndo } from "./undo.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "medkit-undo-"));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

const failure: Transcript = { argv: ["go"], status: 1, signal: undefined, startError: undefined, stdout: "", stderr: "go: updates to go.mod needed", milliseconds: 0 }; // prettier-ignore

/** Runs the engine with one remedy that edits a file; `again` is what the command does on it, `kept` what happens right after a record is written. */
async function edit(
  again: () => Promise<Transcript>,
  kept: (applied: readonly OnDisk[]) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const path = join(root, "go.mod");
  await writeFile(path, "old");
  const cause: Cause = {
    code: "GO_MOD_UPDATES_NEEDED",
    symptoms: ["go-mod-updates"],
    preventive: false,
    diagnose: ({ symptoms }) => Promise.resolve(symptoms.length === 0 ? undefined : { code: "GO_MOD_UPDATES_NEEDED", confidence: "certain", evidence: [], params: {} }), // prettier-ignore
    remedies: () => Promise.resolve([{ kind: "completed-in-place", params: {}, reach: "user-file", cost: 0, environment: {}, edits: [{ path, before: sha256Hex("old"), content: "new" }] }]), // prettier-ignore
  };
  const folder = join(root, "rescue", "r-1");
  const platform = { os: "linux", arch: "amd64" };
  const ports = { signal: new AbortController().signal, platform } as unknown as Ports;
  const command = { argv: ["go", "build"], cwd: root, env: {}, limits: {} } as const;
  await runEngine(
    ports,
    {
      command, folder, causes: [cause], kit: undefined, offline: true, toolchains: undefined, fixFiles: true, dryRun: false, secrets: [],
      runner: { run: again } as unknown as CommandRunner,
      keep: (applied) => writeUndo(folder, command.argv, applied, new Date(0)).then(() => kept(applied)),
      on: () => undefined,
    }, // prettier-ignore
    failure,
  );
}

test("a file can be given back although medkit is ended while the command runs on it", async () => {
  const killed = edit(() => Promise.reject(new Error("killed")));
  await expect(killed).rejects.toThrow("killed");
  expect(await readFile(join(root, "go.mod"), "utf8")).toBe("new");
  expect((await undoLast(join(root, "rescue")))?.restored).toEqual([join(root, "go.mod")]);
  expect(await readFile(join(root, "go.mod"), "utf8")).toBe("old");
  expect(await readdir(root)).toEqual(["go.mod"]);
});

test("a remedy that is taken back leaves nothing to undo", async () => {
  await edit(() => Promise.resolve(failure));
  expect(await readFile(join(root, "go.mod"), "utf8")).toBe("old");
  expect(await undoLast(join(root, "rescue"))).toBeUndefined();
});

test("medkit ended between the record and the edit: the undo finds the file as it was, and cleans up", async () => {
  const seen: string[] = [];
  // What lies on the disk at that moment, as after a kill.
  const stopped = edit(
    () => Promise.reject(new Error("killed")),
    async () => {
      seen.push(await readFile(join(root, "go.mod"), "utf8"));
      if (seen.length === 1) spawnSync("cp", ["-a", join(root, "rescue"), join(root, "then")]);
    },
  );
  await expect(stopped).rejects.toThrow("killed");
  expect(seen).toEqual(["old", "new"]);
  await writeFile(join(root, "go.mod"), "old");
  await rm(join(root, "rescue"), { recursive: true });
  spawnSync("mv", [join(root, "then"), join(root, "rescue")]);
  expect(await undoLast(join(root, "rescue"))).toEqual({ id: "r-1", command: ["go", "build"], restored: [], kept: [] });
  expect(await readdir(root)).toEqual(["go.mod"]);
});

test("medkit ended right after the edit: the record that was written before gives the file back", async () => {
  const file = await laid("r-1", "go.mod");
  await rescueOf("r-1", [file]);
  expect((await undoLast(join(root, "rescue")))?.restored).toEqual([file.path]);
  expect(await readFile(file.path, "utf8")).toBe("old go.mod");
});

/** A file that holds `new`, and its copy in the rescue's folder, as an edit leaves them. */
async function laid(id: string, name: string): Promise<EditedFile> {
  const path = join(root, name);
  const copies = join(root, "rescue", id, "copies");
  await mkdir(copies, { recursive: true, mode: 0o700 });
  await writeFile(path, "new");
  await writeFile(join(copies, `0-${name}`), `old ${name}`, { mode: 0o600 });
  return { path, copy: join(copies, `0-${name}`), before: sha256Hex(`old ${name}`), written: sha256Hex("new") };
}

function rescueOf(id: string, edited: readonly EditedFile[]): Promise<void> {
  return writeUndo(join(root, "rescue", id), ["go", "build"], [{ scratch: [], edited }], new Date(0));
}

test.each<[string, (copies: string) => Promise<unknown>]>([
  ["emptied", (copies) => writeFile(join(copies, "0-a"), "")],
  ["altered", (copies) => writeFile(join(copies, "0-a"), "old b")],
  ["gone", (copies) => rm(join(copies, "0-a"))],
  [
    "a link to what it was",
    async (copies) => {
      await rm(join(copies, "0-a"));
      await writeFile(join(root, "elsewhere"), "old a");
      await symlink(join(root, "elsewhere"), join(copies, "0-a"));
    },
  ],
  [
    "a pipe",
    async (copies) => {
      await rm(join(copies, "0-a"));
      spawnSync("mkfifo", [join(copies, "0-a")]);
    },
  ],
])("a copy that is %s is not given back; the other files are, and older rescues come next", async (_, spoil) => {
  const older = await laid("r-1", "older");
  await rescueOf("r-1", [older]);
  const [a, b] = [await laid("r-2", "a"), await laid("r-2", "b")];
  await rescueOf("r-2", [a, b]);
  const copies = join(root, "rescue", "r-2", "copies");
  await spoil(copies);
  const undone = undoLast(join(root, "rescue"));
  await expect(undone).rejects.toMatchObject({ code: "RESCUE_COPY_DAMAGED", params: { path: a.path, copies } });
  expect(await readFile(a.path, "utf8")).toBe("new");
  expect(await readFile(b.path, "utf8")).toBe("old b");
  expect(await readdir(join(root, "rescue", "r-2"))).toEqual(["copies", "undo.json.damaged"]);
  expect((await undoLast(join(root, "rescue")))?.restored).toEqual([older.path]);
});

test("a rescue whose folder of copies is gone is damaged, and nothing of it is deleted", async () => {
  const file = await laid("r-1", "a");
  await rescueOf("r-1", [file]);
  await rm(join(root, "rescue", "r-1", "copies"), { recursive: true });
  await expect(undoLast(join(root, "rescue"))).rejects.toMatchObject({ code: "RESCUE_COPY_DAMAGED" });
  expect(await readFile(file.path, "utf8")).toBe("new");
  expect(await undoLast(join(root, "rescue"))).toBeUndefined();
});

test("a copy outside the rescue's own folder is none", async () => {
  const file = await laid("r-1", "a");
  await writeFile(join(root, "forged"), "old a");
  await rescueOf("r-1", [{ ...file, copy: join(root, "forged") }]);
  await expect(undoLast(join(root, "rescue"))).rejects.toMatchObject({ code: "RESCUE_COPY_DAMAGED" });
  expect(await readFile(file.path, "utf8")).toBe("new");
});

test.each<[string, (record: string) => unknown]>([
  ["cut", (record) => writeFile(record, '{"schema"')],
  ["a pipe", (record) => rm(record).then(() => spawnSync("mkfifo", [record]))],
  ["a folder", (record) => rm(record).then(() => mkdir(record))],
])("a record that is %s is said once, and older rescues come next", async (_, spoil) => {
  const [older, newer] = [await laid("r-1", "older"), await laid("r-2", "newer")];
  await rescueOf("r-1", [older]);
  await rescueOf("r-2", [newer]);
  const record = join(root, "rescue", "r-2", "undo.json");
  await spoil(record);
  const path = `${record}.damaged`;
  await expect(undoLast(join(root, "rescue"))).rejects.toMatchObject({
    code: "RESCUE_RECORD_DAMAGED",
    params: { path },
  });
  expect((await undoLast(join(root, "rescue")))?.restored).toEqual([older.path]);
  expect(await readdir(join(root, "rescue", "r-2", "copies"))).toEqual(["0-newer"]);
});

test("a record of a version that noted no digest of the original is followed", async () => {
  const { path, copy, written } = await laid("r-1", "a");
  await rescueOf("r-1", [{ path, copy, written }]);
  expect((await undoLast(join(root, "rescue")))?.restored).toEqual([path]);
  expect(await readFile(path, "utf8")).toBe("old a");
});

const foreign: [string, (rescue: string) => Promise<unknown>][] = [
  ["a root that everybody can write", (rescue) => chmod(rescue, 0o777)],
  ["a rescue that others can write", (rescue) => chmod(join(rescue, "r-1"), 0o770)],
  ["copies that others can write", (rescue) => chmod(join(rescue, "r-1", "copies"), 0o770)],
  ["a record that others can write", (rescue) => chmod(join(rescue, "r-1", "undo.json"), 0o606)],
];
const asRoot = process.getuid?.() === 0;
if (asRoot) {
  foreign.push(
    ["a root of another user", (rescue) => chown(rescue, 65_534, 65_534)],
    ["a rescue of another user", (rescue) => chown(join(rescue, "r-1"), 65_534, 65_534)],
    ["a record of another user", (rescue) => chown(join(rescue, "r-1", "undo.json"), 65_534, 65_534)],
  );
}

test.each(foreign)(`%s is refused${asRoot ? "" : " (of another user: only as root)"}`, async (_, open) => {
  const file = await laid("r-1", "a");
  await rescueOf("r-1", [file]);
  await open(join(root, "rescue"));
  await expect(undoLast(join(root, "rescue"))).rejects.toMatchObject({ code: "RESCUE_NOT_OURS" });
  expect(await readFile(file.path, "utf8")).toBe("new");
  expect(await readdir(join(root, "rescue", "r-1"))).toEqual(["copies", "undo.json"]);
});

test("of two undos at once the second finds nothing to do", async () => {
  const file = await laid("r-1", "a");
  await rescueOf("r-1", [file]);
  const both = await Promise.all([undoLast(join(root, "rescue")), undoLast(join(root, "rescue"))]);
  expect(both.map((each) => each?.restored)).toEqual(expect.arrayContaining([[file.path], undefined]));
  expect(await readdir(root)).toEqual(["a"]);
});
