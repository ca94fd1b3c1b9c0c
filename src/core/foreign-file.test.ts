import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refuseForeignConfig } from "./foreign-file.ts";

let folder = "";
let file = "";
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "medkit-foreign-")), "project");
  await mkdir(folder, { mode: 0o755 });
  file = join(folder, "medkit.yaml");
  await writeFile(file, "schema: x\n", { mode: 0o644 });
});
afterEach(async () => rm(join(folder, ".."), { recursive: true, force: true }));

test("a configuration of one's own is taken", async () => {
  await expect(refuseForeignConfig(file)).resolves.toBeUndefined();
});

test("one that anyone may write is refused", async () => {
  await chmod(file, 0o666);
  await expect(refuseForeignConfig(file)).rejects.toMatchObject({ code: "CONFIG_UNTRUSTED", params: { at: file } });
});

test("one in a folder that anyone may write is refused, sticky or not", async () => {
  await chmod(folder, 0o1777);
  await expect(refuseForeignConfig(file)).rejects.toMatchObject({ code: "CONFIG_UNTRUSTED", params: { at: folder } });
});

test.skipIf(process.getuid?.() !== 0)("one of another user is refused", async () => {
  await chown(file, 65_532, 65_532);
  await expect(refuseForeignConfig(file)).rejects.toMatchObject({ code: "CONFIG_UNTRUSTED", params: { at: file } });
});
