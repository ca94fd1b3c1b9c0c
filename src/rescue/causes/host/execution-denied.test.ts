import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatherPathFacts } from "../../probes/path-facts.ts";
import type { CaseFile } from "../../types.ts";
import { executionDenied } from "./execution-denied.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "denied-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function script(name: string, interpreter: string, mode: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!${interpreter}\n`);
  await chmod(path, mode);
  return path;
}

/** A case in which the kernel refused to start a program that is not go. */
function diagnose(path: string, noexec = false): ReturnType<typeof executionDenied.diagnose> {
  const mounts = [{ point: "/", type: "ext4", options: noexec ? ["noexec"] : [] }];
  return executionDenied.diagnose({
    command: { argv: [path], cwd: folder, env: { PATH: "" }, limits: {} },
    transcript: { startError: "EACCES" },
    symptoms: [{ kind: "start-failed", line: `${path}: EACCES`, fields: { error: "EACCES" } }],
    probes: {
      path: (at: string) => gatherPathFacts(at, mounts),
      go: async () => ({ problem: "missing", path: undefined, realPath: undefined }),
    },
  } as unknown as CaseFile);
}

describe("EXECUTION_DENIED", () => {
  test("a program that modes and mount let run, and the kernel refused", async () => {
    const path = await script("allowed", "/bin/sh", 0o755);
    expect(await diagnose(path)).toMatchObject({ confidence: "certain", params: { path } });
  });
  test("not where no mode bit says that it is a program", async () => {
    expect(await diagnose(await script("plain", "/bin/sh", 0o644))).toBeUndefined();
  });
  test("not where the mount is noexec", async () => {
    expect(await diagnose(await script("mounted", "/bin/sh", 0o755), true)).toBeUndefined();
  });
  test("not where a script's interpreter is no program", async () => {
    const interpreter = await script("interpreter", "/bin/sh", 0o644);
    expect(await diagnose(await script("scripted", interpreter, 0o755))).toBeUndefined();
  });
  test("there is no remedy", async () => {
    const path = await script("allowed", "/bin/sh", 0o755);
    const diagnosis = await diagnose(path);
    expect(diagnosis && (await executionDenied.remedies(diagnosis, {} as CaseFile))).toEqual([]);
  });
});
