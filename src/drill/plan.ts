import { MedkitError } from "../core/errors.ts";
import {
  type Cell,
  type DrillPlan,
  type HostFacts,
  type KitFacts,
  type PlannedRun,
  SHELLS,
  type ShellName,
  type SkippedCell,
} from "./types.ts";
import type { Need, Scenario } from "./scenarios/types.ts";

export interface PlanOptions {
  readonly runs: number;
  /** Ids. */
  readonly scenarios: readonly string[];
  readonly seed: number;
}

/** mulberry32: small, seeded, good enough to mix a list. Gives numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Fisher and Yates. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [result[i], result[j]];
    if (a !== undefined && b !== undefined) [result[i], result[j]] = [b, a];
  }
  return result;
}

function lackOf(need: Need, kit: KitFacts, host: HostFacts): string | undefined {
  if (typeof need === "object")
    return host.commands[need.command] === undefined ? `the host has no ${need.command}` : undefined;
  switch (need) {
    case "namespaces":
      return host.isolation === "namespaces" ? undefined : "the host gives no namespaces";
    case "mounts":
      return host.mounts ? undefined : "the host gives no mount namespace";
    case "unprivileged":
      return host.drop === "none" ? "the run would be root, whom no permission stops" : undefined;
    case "chroot":
      if (!host.staticBusybox) return "the host has no static busybox";
      if (!host.mounts) return "the host gives no mount namespace";
      return host.drop === "none" ? "the host cannot give up root inside a chroot" : undefined;
    case "kit-checksum-database":
      return kit.hasChecksumDatabase ? undefined : "the kit holds no checksum database";
    case "kit-cache":
      return kit.hasCache ? undefined : "the kit holds no build cache";
  }
}

/** What the host lacks for a shell; undefined where it is there. */
function lackOfShell(shell: ShellName, host: HostFacts): string | undefined {
  const command = shell === "ash" ? "busybox" : shell;
  return host.commands[command] === undefined ? `the host has no ${command}` : undefined;
}

export function chooseScenarios(all: readonly Scenario[], wanted: readonly string[]): readonly Scenario[] {
  return wanted.map((id) => {
    const found = all.find((scenario) => scenario.id === id);
    if (found === undefined)
      throw new MedkitError("DRILL_SCENARIO_UNKNOWN", {
        scenario: id,
        known: all.map((scenario) => scenario.id).join(", "),
      });
    return found;
  });
}

function cellsOf(scenario: Scenario, kit: KitFacts): readonly Cell[] {
  const shells = scenario.shells ?? SHELLS;
  const versions = scenario.goVersions === "default" ? kit.goVersions.slice(0, 1) : kit.goVersions;
  return shells.flatMap((shell) => versions.map((goVersion) => ({ scenario: scenario.id, shell, goVersion })));
}

/**
 * Computes the runs. The matrix is every scenario in every shell that it is for with every Go version; each pass over the scenarios
 * takes one further cell of each, so a few runs already meet all scenarios, and as many runs as cells meet the whole matrix once.
 * DRILL_SCENARIO_UNKNOWN for an id that nobody has.
 */
export function planDrill(all: readonly Scenario[], kit: KitFacts, host: HostFacts, options: PlanOptions): DrillPlan {
  const random = seededRandom(options.seed);
  const skipped: SkippedCell[] = [];
  const queues: Cell[][] = [];
  for (const scenario of shuffled(chooseScenarios(all, options.scenarios), random)) {
    const possible: Cell[] = [];
    for (const cell of shuffled(cellsOf(scenario, kit), random)) {
      const reason =
        scenario.needs.map((need) => lackOf(need, kit, host)).find((lack) => lack !== undefined) ??
        lackOfShell(cell.shell, host);
      if (reason === undefined) possible.push(cell);
      else skipped.push({ ...cell, reason });
    }
    queues.push(possible);
  }
  const order: Cell[] = [];
  const passes = Math.max(0, ...queues.map((queue) => queue.length));
  for (let pass = 0; pass < passes; pass++) {
    for (const queue of queues) {
      const cell = queue[pass];
      if (cell !== undefined) order.push(cell);
    }
  }
  const runs: PlannedRun[] = [];
  for (let i = 0; i < options.runs; i++) {
    const cell = order[i % Math.max(1, order.length)];
    if (cell !== undefined) runs.push({ number: i + 1, ...cell });
  }
  return { seed: options.seed, cells: order.length, runs, skipped };
}
