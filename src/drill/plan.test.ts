import { describe, expect, test } from "vitest";
import { planDrill } from "./plan.ts";
import { SCENARIOS } from "./scenarios/registry.ts";
import type { Scenario } from "./scenarios/types.ts";
import type { Cell, HostFacts, KitFacts } from "./types.ts";

const kit: KitFacts = {
  top: "go-emergency-kit",
  name: "go-emergency-kit",
  version: "1.2",
  goVersions: ["1.22.5", "1.21.13"],
  hasModules: true,
  hasChecksumDatabase: true,
  databaseName: "sum.golang.org",
  hasCache: true,
};
const host: HostFacts = {
  kernel: "6.1",
  platform: "linux/amd64",
  cores: 2,
  processor: "any",
  memoryBytes: 1,
  isolation: "namespaces",
  drop: "setpriv",
  userNamespace: false,
  mounts: true,
  staticBusybox: true,
  busyboxApplets: ["sh"],
  commands: Object.fromEntries(
    ["bash", "bsdtar", "busybox", "dash", "shasum", "zsh"].map((name) => [name, `/bin/${name}`]),
  ),
  base: "/mnt",
};

const key = (cell: Cell): string => `${cell.scenario} ${cell.shell} ${cell.goVersion}`;

const every = SCENARIOS.map((scenario) => scenario.id);

describe("planDrill", () => {
  test("the same seed gives the same plan, another seed another order", () => {
    const options = { runs: 50, scenarios: every, seed: 7 };
    expect(planDrill(SCENARIOS, kit, host, options)).toEqual(planDrill(SCENARIOS, kit, host, options));
    expect(planDrill(SCENARIOS, kit, host, { ...options, seed: 8 }).runs.map(key)).not.toEqual(
      planDrill(SCENARIOS, kit, host, options).runs.map(key),
    );
  });

  test("as many runs as scenarios meet each once", () => {
    const plan = planDrill(SCENARIOS, kit, host, { runs: SCENARIOS.length, scenarios: every, seed: 3 });
    expect(new Set(plan.runs.map((run) => run.scenario)).size).toBe(SCENARIOS.length);
  });

  test("as many runs as cells meet the whole matrix once, and more start over", () => {
    const { cells } = planDrill(SCENARIOS, kit, host, { runs: 0, scenarios: every, seed: 1 });
    const plan = planDrill(SCENARIOS, kit, host, { runs: cells + 5, scenarios: every, seed: 1 });
    expect(new Set(plan.runs.slice(0, cells).map(key)).size).toBe(cells);
    expect(plan.runs.slice(cells).map(key)).toEqual(plan.runs.slice(0, 5).map(key));
    expect(plan.runs.map((run) => run.number)).toEqual(plan.runs.map((_, i) => i + 1));
    expect(plan.skipped).toEqual([]);
  });

  test("what the host or the kit lacks is skipped with the reason, and no run is spent on it", () => {
    const { zsh: _zsh, bsdtar: _bsdtar, ...commands } = host.commands;
    const poor: HostFacts = { ...host, commands, isolation: "none", mounts: false };
    const plan = planDrill(SCENARIOS, { ...kit, hasChecksumDatabase: false }, poor, {
      runs: 300,
      scenarios: every,
      seed: 1,
    });
    expect(
      plan.runs.filter((run) => run.shell === "zsh" || run.scenario === "bsdtar" || run.scenario === "read-only-mount"),
    ).toEqual([]);
    const reasons = new Set(plan.skipped.map((cell) => cell.reason));
    expect(reasons).toEqual(
      new Set([
        "the host has no zsh",
        "the host has no bsdtar",
        "the host gives no mount namespace",
        "the host gives no namespaces",
        "the kit holds no checksum database",
      ]),
    );
  });

  test("nothing can be rehearsed: no runs, no endless loop", () => {
    const plan = planDrill(SCENARIOS, kit, { ...host, commands: {} }, { runs: 10, scenarios: ["baseline"], seed: 1 });
    expect([plan.runs.length, plan.cells, plan.skipped.length]).toEqual([0, 0, 8]);
  });

  test("an unknown scenario is refused by code", () => {
    expect(() => planDrill(SCENARIOS, kit, host, { runs: 1, scenarios: ["nope"], seed: 1 })).toThrow(
      expect.objectContaining({ code: "DRILL_SCENARIO_UNKNOWN" }),
    );
  });
});

describe("the registry", () => {
  test("ids are kebab-case and unlike each other; texts are sentences", () => {
    const ids = SCENARIOS.map((scenario: Scenario) => scenario.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, proves } of SCENARIOS) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(title).not.toMatch(/\.$/);
      expect(proves).toMatch(/\.$/);
    }
  });
});
