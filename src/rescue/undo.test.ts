import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256Hex } from "../core/digest.ts";
import type { Ports } from "../core/ports.ts";
import { runEngine } from "./engine.ts";
import type { CommandRunner } from "./runner.ts";
import type { Cause, Transcript } from "./types.ts";
import { undoLast, writeUndo } from "./undo.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "medkit-undo-"));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

const failure: Transcript = { argv: ["go"], status: 1, signal: undefined, startError: undefined, stdout: "", stderr: "go: updates to go.mod needed", milliseconds: 0 }; // prettier-ignore

/** Runs the engine with one remedy that edits a file; `again` is what the command does on it. */
async function edit(again: () => Promise<Transcript>): Promise<void> {
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
      keep: (applied) => writeUndo(folder, command.argv, applied, new Date(0)),
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
