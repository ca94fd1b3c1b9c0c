import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { compareImports } from "../support/import-compare.ts";
import { IMPORT_SCENARIOS } from "../support/import-scenarios.ts";
import { compareMode } from "../support/mode-compare.ts";
import { MODE_SCENARIOS } from "../support/mode-scenarios.ts";
import { createModeWorld, gorootOf } from "../support/mode-world.ts";
import { requires } from "../support/requirements.ts";

// All versions and all values of GO111MODULE: test/long/module-mode.test.ts.
const { describe, it } = requires({ commands: ["go"], upstream: true });
const cache = mkdtempSync(join(tmpdir(), "medkit-mode-cache-"));
afterAll(() => removeTree(cache));

describe("module explain beside the go command", () => {
  for (const [version, names] of [
    ["local", /^/],
    // What an older go sees otherwise.
    ["1.21.13", /workspace|GOPATH itself| line/],
  ] as const)
    it(`finds the mode that go is in, and why it stops: Go ${version}`, async () => {
      const goroot = gorootOf(version);
      const differences: string[] = [];
      for (const scenario of MODE_SCENARIOS.filter((each) => names.test(each.name)))
        differences.push(...(await compareMode(scenario, goroot, cache, [undefined])));
      expect(differences).toEqual([]);
    });

  it("finds where each import leads", async () => {
    const goroot = gorootOf("local");
    const differences: string[] = [];
    for (const scenario of IMPORT_SCENARIOS) {
      const setting = scenario.dir?.includes("src/") === true ? "off" : "on";
      differences.push(...(await compareImports(scenario, goroot, cache, [setting])));
    }
    expect(differences).toEqual([]);
  });

  it("finds which Go does the work after a switch", async () => {
    const goroot = gorootOf("local");
    // That this one is in the host's module cache is what lets go switch without a download.
    const GOMODCACHE = dirname(dirname(gorootOf("1.21.13")));
    const cases = [
      ["go1.21.13", "go 1.20"],
      ["go1.21.3+auto", "go 1.21.13"],
      ["go1.21.3+auto", "go 1.21.0\n\ntoolchain go1.21.13"],
      ["auto", "go 1.21.13"],
      ["local", "go 1.21.13"],
    ] as const;
    for (const [GOTOOLCHAIN, lines] of cases) {
      const files = { "p/go.mod": `module example.org/p\n\n${lines}\n` };
      const world = await createModeWorld(
        { name: GOTOOLCHAIN, files, env: { GOTOOLCHAIN, GOMODCACHE } },
        goroot,
        cache,
      );
      try {
        const said = world.go(["env", "GOVERSION", "GOROOT"]).stdout.trim().split("\n");
        const { data } = await world.medkit(["module", "explain", "--json"]);
        expect([`go${String(data["go"])}`, data["goroot"]], `${GOTOOLCHAIN}, ${lines}`).toEqual(said);
      } finally {
        await world.close();
      }
    }
  });

  it("without a go says what hangs on its version", async () => {
    const scenario = MODE_SCENARIOS.find((each) => each.name === "a tool line");
    if (scenario === undefined) throw new Error("no such scenario");
    const world = await createModeWorld(scenario, undefined, cache);
    try {
      const { data, exit } = await world.medkit(["module", "explain", "--json"]);
      expect(exit).toBe(0);
      expect(data).toMatchObject({ program: null, go: null, mode: "module" });
      expect(data["byVersion"]).toMatchObject([
        { versions: ["1.20", "1.21", "1.22", "1.23"], refusal: { code: "directiveTooNew" } },
        { versions: ["1.24", "1.25", "1.26"], refusal: null },
      ]);
      const told = await world.medkit(["module", "explain", "--go", "1.22", "--json"]);
      expect(told).toMatchObject({ exit: 3, data: { go: "1.22", refusal: { code: "directiveTooNew" } } });
      const text = await world.medkit(["module", "explain", "--go", "1.22", "--lang", "zh-CN"]);
      expect(text.stdout).toContain(`${join(world.root, "p", "go.mod")}:5`);
    } finally {
      await world.close();
    }
  });
});
