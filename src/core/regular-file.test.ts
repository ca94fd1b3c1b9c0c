import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRegularFile } from "./regular-file.ts";

test("a pipe that nobody writes to is not waited for", async () => {
  const folder = await mkdtemp(join(tmpdir(), "medkit-file-"));
  try {
    expect(spawnSync("mkfifo", [join(folder, "go.sum")]).status).toBe(0);
    expect(await readRegularFile(join(folder, "go.sum"))).toBeUndefined();
    expect(await readRegularFile("/dev/zero")).toBeUndefined();
    await writeFile(join(folder, "plain"), "text");
    expect(await readRegularFile(join(folder, "plain"))).toBe("text");
    expect(await readRegularFile(join(folder, "plain"), 3)).toBeUndefined();
  } finally {
    await rm(folder, { recursive: true });
  }
});
