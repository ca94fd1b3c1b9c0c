import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseFile } from "../../types.ts";
import { gorootStale } from "./goroot-stale.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goroot-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function tree(name: string, version: string, parts: readonly string[]): Promise<string> {
  const root = join(folder, name);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "VERSION"), `go${version}\ntime 2025\n`);
  for (const part of parts) {
    await mkdir(join(root, part, ".."), { recursive: true });
    await writeFile(join(root, part), "");
  }
  return root;
}

const whole = ["src/fmt/print.go", "pkg/tool/linux_amd64/compile"];

/** A case in which the go command is 1.21.13 of `own`, and GOROOT is something. */
async function diagnose(goroot: string): Promise<string | undefined> {
  const own = await tree("own", "1.21.13", whole);
  const probes = {
    setting: async (name: string) => ({ name, value: goroot, origin: "environment", file: undefined, line: undefined }),
    go: async () => ({ path: join(own, "bin", "go"), problem: undefined, ownRoot: own, version: "1.21.13" }),
    path: async (path: string) => {
      const info = await stat(path).catch(() => undefined);
      return { kind: info === undefined ? "absent" : info.isDirectory() ? "folder" : "file" };
    },
  };
  const found = await gorootStale.diagnose({ probes, symptoms: [] } as unknown as CaseFile);
  return found?.evidence[1]?.text;
}

describe("GOROOT_STALE", () => {
  test("a whole tree of the same version is none", async () => {
    expect(await diagnose(await tree("same", "1.21.13", whole))).toBeUndefined();
  });
  test("its own tree is none", async () => {
    expect(await diagnose(join(folder, "own"))).toBeUndefined();
  });
  test.each([
    ["other", "1.20.14", whole, "go1.20.14"],
    ["no-std", "1.21.13", ["pkg/tool/linux_amd64/compile"], "no standard library"],
    ["no-tools", "1.21.13", ["src/fmt/print.go"], "no compiler"],
  ])("%s is", async (name, version, parts, why) => {
    expect(await diagnose(await tree(name, version, parts))).toBe(why);
  });
  test("a folder that is gone is", async () => {
    expect(await diagnose(join(folder, "gone"))).toBe("no folder");
  });
});
