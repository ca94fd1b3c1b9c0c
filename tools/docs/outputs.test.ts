import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requires } from "../../test/support/requirements.ts";
import { root } from "../node-path.mjs";
import { generatedFiles, generatedFolders } from "./outputs.ts";

const files = await generatedFiles();

function current(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}

test("the generated files are up to date (npm run generate renews them)", () => {
  const stale = [...files].filter(([path, content]) => current(path) !== content).map(([path]) => path);
  const leftover = generatedFolders
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !files.has(path));
  expect({ stale, leftover }, "run: npm run generate").toEqual({ stale: [], leftover: [] });
});

test("pages link to pages that there are", () => {
  for (const [path, content] of files) {
    if (!path.endsWith(".md")) continue;
    for (const [, target = ""] of content.matchAll(/\]\(([^):]+\.md)\)/g))
      expect([...files.keys()], path).toContain(join(path, "..", target));
  }
});

test("no page holds marks of the catalogue's optional parts", () => {
  for (const [path, content] of files)
    if (/\.(?:md|1)$/.test(path)) expect(content, path).not.toMatch(/\[\[[^\]]*\{|\}[^[]*\]\]/);
});

requires({ commands: ["mandoc"] }).it("mandoc finds nothing wrong with the man pages", () => {
  const folder = mkdtempSync(join(tmpdir(), "medkit-man-"));
  try {
    for (const [path, content] of files) {
      if (!path.startsWith("man/")) continue;
      const page = join(folder, path.slice("man/".length));
      writeFileSync(page, content);
      const { stdout, stderr } = spawnSync("mandoc", ["-T", "lint", page], { encoding: "utf8" });
      // Whether a page that another refers to is installed is not the page's fault.
      const complaints = `${stdout}${stderr}`
        .split("\n")
        .filter((line) => line !== "" && !line.includes("referenced manual not found"));
      expect(complaints).toEqual([]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
