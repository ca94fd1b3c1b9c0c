import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { watchFiles } from "./watch-files.ts";

it("tells of a file that is replaced, and of a link that leads elsewhere", async () => {
  const root = mkdtempSync(join(tmpdir(), "medkit-watch-"));
  const [file, link] = [join(root, "file"), join(root, "link")];
  writeFileSync(file, "a");
  symlinkSync(file, link);
  let told = 0;
  using _watch = watchFiles([link], 10, () => Promise.resolve(void told++));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(told).toBe(0);
  writeFileSync(join(root, "next"), "ab");
  renameSync(join(root, "next"), file);
  await expect.poll(() => told).toBe(1);
  writeFileSync(join(root, "other"), "abc");
  symlinkSync(join(root, "other"), join(root, "link2"));
  renameSync(join(root, "link2"), link);
  await expect.poll(() => told).toBe(2);
  rmSync(root, { recursive: true });
});
