import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { requires } from "../support/requirements.ts";
import { createSumsWorld } from "../support/sums-world.ts";

interface Report {
  readonly counts: Record<string, number>;
  readonly buildList: {
    readonly source: string;
    readonly modules: readonly { path: string }[];
    readonly missing: readonly unknown[];
    readonly beyond: readonly { path: string; subject: string }[];
  };
}

const { describe, it } = requires({ commands: ["go"] });

describe("module explain --sums beside the go command", () => {
  it("finds what go mod verify finds, by the build list of go, and changes nothing in the project", async () => {
    const world = await createSumsWorld(process.env["PATH"]);
    try {
      const deep = await world.publish({ path: "example.org/deep", version: "v1.0.0" }, { cached: false });
      const requiresDeep = `\nrequire ${deep.path} ${deep.version}\n`;
      const mid = await world.publish({ path: "example.org/mid", version: "v1.0.0" }, { cached: false, requires: requiresDeep }); // prettier-ignore
      world.writeMain([mid], mid.lines);
      const marker = join(world.root, "was-run");
      const toolexec = join(world.root, "toolexec.sh");
      writeFileSync(toolexec, `#!/bin/sh\ntouch ${marker}\nexec "$@"\n`, { mode: 0o755 });
      world.env["GOFLAGS"] = `-modcacherw -toolexec=${toolexec}`;
      const files = ["go.mod", "go.sum"].map((name) => join(world.main, name));
      const before = files.map((file) => readFileSync(file, "utf8"));

      const first = await world.medkit("module", "explain", "--sums", "--json");
      const report = first.data as unknown as Report;
      expect(report.buildList).toMatchObject({ source: "go", missing: [] });
      expect(report.buildList.modules.map((each) => each.path)).toEqual([deep.path, mid.path]);
      // The go.mod of what is only behind another module: no build needs its line.
      expect(report.buildList.beyond).toEqual([{ path: deep.path, version: "v1.0.0", subject: "go.mod" }]);
      expect(first).toMatchObject({ exit: 0 });
      expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(before);
      expect(existsSync(marker)).toBe(false);

      const go = (...args: readonly string[]) =>
        spawnSync("go", args, { cwd: world.main, env: { ...world.env, GOFLAGS: "-modcacherw" }, encoding: "utf8" });
      expect(go("mod", "download", "example.org/mid").status).toBe(0);
      expect(go("mod", "verify").status).toBe(0);
      expect(await world.medkit("module", "explain", "--sums")).toMatchObject({ exit: 0 });
      const folder = join(world.cache, "example.org", "mid@v1.0.0");
      rmSync(join(folder, "code.go"));
      expect(go("mod", "verify").status).not.toBe(0);
      const told = await world.medkit("module", "explain", "--sums");
      expect(told).toMatchObject({ exit: 4, code: undefined });
      expect(told.stdout).toContain("code.go: missing");
    } finally {
      await world.close();
    }
  });

  it("goes by go.mod where go is too old for it, and names no folder of its own", async () => {
    const world = await createSumsWorld(process.env["PATH"]);
    try {
      const one = await world.publish({ path: "example.org/one", version: "v1.0.0" }, { cached: false });
      world.put(join(world.main, "go.mod"), `module main.example\n\ngo 1.999\n\nrequire ${one.path} ${one.version}\n`);
      world.put(join(world.main, "go.sum"), one.lines);
      const told = await world.medkit("module", "explain", "--sums", "--json");
      const { buildList } = told.data as unknown as Report & { buildList: { reason: string } };
      expect(buildList).toMatchObject({ source: "go.mod", modules: [{ path: one.path }], missing: [] });
      expect(buildList.reason).toContain("1.999");
      expect(buildList.reason).not.toContain("sums-");
      expect(told.exit).toBe(0);
    } finally {
      await world.close();
    }
  });

  it("takes a workspace's build list without writing beside it", async () => {
    const world = await createSumsWorld(process.env["PATH"]);
    try {
      const one = await world.publish({ path: "example.org/one", version: "v1.0.0" }, { cached: false });
      world.writeMain([one], one.lines, "replace example.org/local => ../local\nrequire example.org/local v0.0.0\n");
      world.put(join(world.root, "local", "go.mod"), "module example.org/local\n\ngo 1.21\n");
      world.put(join(world.root, "go.work"), "go 1.21\n\nuse ./main\n");
      const told = await world.medkit("module", "explain", "--sums", "--json");
      const { buildList } = told.data as unknown as Report;
      expect(buildList).toMatchObject({ source: "go", modules: [{ path: one.path }], missing: [] });
      expect(told.exit).toBe(0);
      expect(existsSync(join(world.root, "go.work.sum"))).toBe(false);
    } finally {
      await world.close();
    }
  });
});
