import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { root } from "./medkit.ts";
import { requires } from "./requirements.ts";

const folder = join(root, "test/integration/scripts");
const scenarios = readdirSync(folder).filter((name) => name.endsWith(".sh") && name !== "lib.sh");

/** Runs every scenario of test/integration/scripts in one shell. A shell has a file of its own, so that workers can share them. */
export function testScriptsIn(shell: string): void {
  describe(`the kit's scripts in ${shell}`, () => {
    const { it: test } = requires({
      commands: [shell.split(" ", 1)[0] ?? shell, "openssl", "bsdtar", "go"],
      namespaces: true,
    });
    for (const scenario of scenarios) {
      test(scenario, () => {
        const run = spawnSync("sh", [join(folder, scenario), shell], { encoding: "utf8", timeout: 900_000 });
        const lines = run.stdout.split("\n");
        expect(lines.filter((line) => line.startsWith("not ok"))).toEqual([]);
        // What a scenario cannot show on this host it says; in CI everything that it needs is installed.
        if (process.env["CI"] === "true") expect(lines.filter((line) => line.startsWith("skip"))).toEqual([]);
        expect(lines.filter((line) => line.startsWith("ok")).length).toBeGreaterThan(0);
        expect(run.status).toBe(0);
      });
    }
  });
}
