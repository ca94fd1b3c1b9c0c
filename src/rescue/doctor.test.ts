import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sha256Hex } from "../core/digest.ts";
import type { Ports } from "../core/ports.ts";
import { examine } from "./doctor.ts";
import type { Cause, Remedy } from "./types.ts";
import { undoLast } from "./undo.ts";

const causes = vi.hoisted((): Cause[] => []);
vi.mock("./causes/registry.ts", () => ({ CAUSES: causes }));

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "medkit-doctor-"));
});
afterEach(async () => {
  causes.length = 0;
  await rm(root, { recursive: true, force: true });
});

/** A cause that is always there, and that editing a file from `old` to `new` mends. */
function cause(code: Cause["code"], name: string, further: Partial<Remedy> = {}): Cause {
  const edits = [{ path: join(root, name), before: sha256Hex("old"), content: "new" }];
  const remedy: Remedy = { kind: "completed-in-place", params: {}, reach: "user-file", cost: 0, environment: {}, edits, ...further }; // prettier-ignore
  return {
    code,
    symptoms: [],
    preventive: true,
    diagnose: () => Promise.resolve({ code, confidence: "certain", evidence: [], params: {} }),
    remedies: () => Promise.resolve([remedy]),
  };
}

function fix(): Promise<unknown> {
  const clock = { now: () => new Date(0), monotonic: () => 0 };
  const random = { bytes: (length: number) => Buffer.alloc(length) };
  const ports = { clock, random, platform: { os: "linux", arch: "amd64" }, signal: new AbortController().signal } as unknown as Ports; // prettier-ignore
  const env = { GOENV: "off" };
  return examine(ports, { folder: root, env, kit: undefined, offline: true, toolchains: undefined, root: join(root, "rescue"), fix: true }); // prettier-ignore
}

test("what is mended can be given back although a later finding fails", async () => {
  await writeFile(join(root, "a"), "old");
  const broken = { complete: () => Promise.reject(new Error("no answer")) };
  causes.push(cause("GO_MOD_UPDATES_NEEDED", "a"), cause("GO_SUM_INCOMPLETE", "b", broken));
  await expect(fix()).rejects.toThrow("no answer");
  expect(await readFile(join(root, "a"), "utf8")).toBe("new");
  expect((await undoLast(join(root, "rescue")))?.restored).toEqual([join(root, "a")]);
  expect(await readFile(join(root, "a"), "utf8")).toBe("old");
});

test("an edit that is refused leaves no record and no copy; those before it stay", async () => {
  for (const name of ["a", "b"]) await writeFile(join(root, name), "old");
  const late = { precondition: () => writeFile(join(root, "b"), "theirs") };
  causes.push(cause("GO_MOD_UPDATES_NEEDED", "a"), cause("GO_SUM_INCOMPLETE", "b", late));
  await expect(fix()).rejects.toMatchObject({ code: "RESCUE_FILE_CHANGED" });
  const [id] = await readdir(join(root, "rescue"));
  expect(await readdir(join(root, "rescue", id ?? "", "copies"))).toEqual(["0-a"]);
  expect((await undoLast(join(root, "rescue")))?.restored).toEqual([join(root, "a")]);
  expect((await readdir(root)).toSorted()).toEqual(["a", "b"]);
});

test("a finding's file is recorded before it is made", async () => {
  // A file in the way of the record; a new file needs no copy, which would fail first.
  await writeFile(join(root, "rescue"), "in the way");
  const edits = [{ path: join(root, "a"), before: undefined, content: "new" }];
  causes.push(cause("GO_MOD_UPDATES_NEEDED", "a", { edits }));
  await expect(fix()).rejects.toThrow();
  expect(await readdir(root)).toEqual(["rescue"]);
});
