import { chmod, copyFile, mkdir, mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { removeTree } from "../state/index.ts";
import { writeScripts } from "./assets.ts";
import { gatherHostFacts } from "./facts.ts";
import { archiveOf, inspectKit, type InspectedKit } from "./kit-facts.ts";
import { planDrill } from "./plan.ts";
import { makeReport } from "./report.ts";
import { renderDrillHtml } from "./report-html.ts";
import { renderDrillMarkdown } from "./report-markdown.ts";
import { applyPlan } from "./runner.ts";
import { SCENARIOS } from "./scenarios/registry.ts";
import { makeFaultReport } from "./faults/report.ts";
import { planFaults, planPairs, type PlannedFault } from "./faults/plan.ts";
import { FAULTS } from "./faults/registry.ts";
import { runFaults } from "./faults/runner.ts";
import { selectScenarios, type Selection } from "./selection.ts";
import type { DrillPlan, DrillReport, HostFacts } from "./types.ts";

// What the benchmarks share with the drill: how a script is run without a network and timed.
export { writeScripts } from "./assets.ts";
export { gatherHostFacts } from "./facts.ts";
export { inspectKit } from "./kit-facts.ts";
export { StepClock } from "./markers.ts";
export { namespacePrefix } from "./sandbox.ts";
export { drillExit } from "./report.ts";
export { renderDrillHtml } from "./report-html.ts";
export { renderDrillMarkdown } from "./report-markdown.ts";
export { SCENARIOS } from "./scenarios/registry.ts";
export type { Scenario } from "./scenarios/types.ts";
export { describe, percentile, type Distribution } from "./statistics.ts";
export type { DrillPlan, DrillReport, HostFacts, Isolation, Outcome, RunResult, ShellName } from "./types.ts";

export interface DrillOptions {
  /** The kit: its archive, or the folder of an unpacked one. */
  readonly archive: string;
  readonly runs: number;
  /** See {@link selectScenarios}; default the recovery scenarios. */
  readonly scenarios?: readonly string[];
  /** Which cells come first, and in which order; the same seed gives the same plan. */
  readonly seed?: number;
  /** Folder for `drill.json`, `drill.html`, `drill.md` and `transcripts/`; made where it is absent. Nothing is written without it. */
  readonly out?: string;
  /** Folder of the example service, for kits that do not carry it. */
  readonly example?: string;
  /** An existing folder for the runs' files, on a real disk; default the temporary folder. */
  readonly work?: string;
  /** Milliseconds for one run; default 15 minutes. */
  readonly timeout?: number;
}

interface Scene {
  readonly archive: string;
  readonly scripts: string;
  readonly example: string;
  readonly kit: InspectedKit;
  readonly facts: HostFacts;
}

/** Everything that all runs share, in a folder that other users may enter and read. */
async function setScene(ports: Ports, options: DrillOptions, work: string): Promise<Scene> {
  await chmod(work, 0o755);
  const scripts = join(work, "scripts");
  await writeScripts(scripts);
  const source = await archiveOf(ports, resolve(ports.cwd, options.archive), work);
  const carried = join(work, "example");
  const kit = await inspectKit(source, ports.platform, carried);
  const example = kit.hasExample ? carried : options.example;
  if (example === undefined || (await stat(join(example, "go.mod")).catch(() => undefined)) === undefined) {
    throw new MedkitError("DRILL_EXAMPLE_MISSING", example === undefined ? {} : { path: example });
  }
  const archive = join(work, "kit.tgz");
  await copyFile(source, archive);
  await chmod(archive, 0o644);
  const probe = join(work, "probe");
  await mkdir(probe);
  const facts = await gatherHostFacts(ports, scripts, probe);
  return { archive, scripts, example, kit, facts };
}

async function withWorkFolder<T>(options: DrillOptions, act: (work: string) => Promise<T>): Promise<T> {
  const work = await mkdtemp(join(options.work ?? tmpdir(), "medkit-drill-"));
  try {
    return await act(work);
  } finally {
    await removeTree(work);
  }
}

function planFor(scene: Pick<Scene, "kit" | "facts">, options: DrillOptions): DrillPlan {
  const { seed = 1 } = options;
  const { scenarios } = selectScenarios(options.scenarios ?? []);
  const runs = scenarios.length === 0 ? 0 : options.runs;
  return planDrill(SCENARIOS, scene.kit.facts, scene.facts, { runs, scenarios, seed });
}

/** Which run would rehearse what; for `--dry-run`. Errors as in {@link drillKit}. */
export function planKitDrill(ports: Ports, options: DrillOptions): Promise<DrillPlan> {
  return withWorkFolder(options, async (work) => planFor(await setScene(ports, options, work), options));
}

/** How many pairs of faults are drilled. */
const pairCount = 20;

function faultsFor(selection: Selection, scene: Pick<Scene, "kit">, seed: number): readonly PlannedFault[] {
  const { goVersions } = scene.kit.facts;
  const pairs = selection.pairs ? planPairs(FAULTS, goVersions, pairCount, seed) : [];
  return [...planFaults(selection.faults, goVersions), ...pairs];
}

async function readTranscripts(report: DrillReport, out: string): Promise<ReadonlyMap<string, string>> {
  const files = [...report.runs, ...(report.faults?.results ?? [])].flatMap((run) => run.transcript ?? []);
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(out, file), "utf8")] as const)),
  );
}

function commandText(options: DrillOptions): string {
  const wanted = options.scenarios ?? [];
  const scenarios = wanted.length === 0 ? "" : ` --scenario ${wanted.join(",")}`;
  const runs = selectScenarios(wanted).scenarios.length === 0 ? "" : ` --runs ${options.runs}`;
  return `medkit drill ${basename(options.archive)}${runs}${scenarios} --seed ${options.seed ?? 1}`;
}

/**
 * Rehearses the recovery from a kit, again and again, each time in a sandbox without a network and on a host that is odd in another way.
 * The report says what happened; {@link drillExit} what that means for a script. Errors: ARCHIVE_… and KIT_NOT_FOUND for what is no kit,
 * HOST_PLATFORM for a kit of other platforms, DRILL_SCENARIO_UNKNOWN, DRILL_EXAMPLE_MISSING, INTERRUPTED.
 */
export function drillKit(ports: Ports, options: DrillOptions): Promise<DrillReport> {
  return withWorkFolder(options, async (work) => {
    const started = ports.clock.now();
    const scene = await setScene(ports, options, work);
    const plan = planFor(scene, options);
    const selection = selectScenarios(options.scenarios ?? []);
    const out = options.out === undefined ? join(work, "out") : resolve(ports.cwd, options.out);
    await mkdir(out, { recursive: true });
    const { kit, facts, archive, scripts, example } = scene;
    const setting = {
      archive,
      scripts,
      example,
      work,
      out,
      kit: kit.facts,
      facts,
      timeout: options.timeout ?? 900_000,
    };
    const results = await applyPlan(ports, setting, SCENARIOS, plan);
    const planned = faultsFor(selection, scene, options.seed ?? 1);
    if (planned.length > 0 && facts.isolation !== "namespaces")
      throw new MedkitError("SANDBOX_UNAVAILABLE", { problem: facts.isolationReason ?? "" });
    const faultResults = await runFaults(ports, setting, planned);
    const report = makeReport({
      kit: {
        file: basename(options.archive),
        sha256: kit.sha256,
        bytes: kit.bytes,
        name: kit.facts.name,
        version: kit.facts.version,
        goVersions: kit.facts.goVersions,
      },
      started,
      finished: ports.clock.now(),
      command: commandText(options),
      host: facts,
      plan,
      wanted: selection.scenarios,
      results,
      scenarios: SCENARIOS,
      ...(planned.length === 0 ? {} : { faults: makeFaultReport(selection.faults, faultResults) }),
    });
    if (options.out !== undefined) {
      await writeFile(join(out, "drill.json"), `${JSON.stringify(report, null, 2)}\n`);
      await writeFile(join(out, "drill.html"), renderDrillHtml(report, await readTranscripts(report, out)));
      await writeFile(join(out, "drill.md"), renderDrillMarkdown(report));
    }
    return report;
  });
}
