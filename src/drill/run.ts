import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ports } from "../core/ports.ts";
import { removeTree } from "../state/index.ts";
import { StepClock } from "./markers.ts";
import {
  compareTrees,
  giveToSession,
  listTree,
  makeRunFolder,
  runPaths,
  writablePaths,
  type Leftovers,
} from "./run-folder.ts";
import { commonMounts, formatMounts } from "./sandbox.ts";
import type { Scenario, SessionSettings, Stage } from "./scenarios/types.ts";
import { judgeSession, runCommand, sessionEnvironment } from "./session.ts";
import { compareSnapshots, SNAPSHOT_PARTS, type SnapshotPart } from "./snapshot.ts";
import type { HostFacts, KitFacts, PlannedRun, RunResult } from "./types.ts";

/** What all runs of a drill share. Folders are absolute. */
export interface DrillSetting {
  readonly archive: string;
  readonly scripts: string;
  readonly example: string;
  readonly work: string;
  /** The report's folder. */
  readonly out: string;
  readonly kit: KitFacts;
  readonly facts: HostFacts;
  /** Milliseconds a run may take. */
  readonly timeout: number;
}

async function readSnapshot(out: string, name: string): Promise<Readonly<Record<SnapshotPart, string>> | undefined> {
  const parts: Partial<Record<SnapshotPart, string>> = {};
  for (const part of SNAPSHOT_PARTS) {
    const text = await readFile(join(out, `${name}.${part}`), "latin1").catch(() => undefined);
    if (text === undefined) return undefined;
    parts[part] = text;
  }
  return parts as Record<SnapshotPart, string>;
}

async function snapshotDifferences(out: string): Promise<readonly string[]> {
  const [before, after] = [await readSnapshot(out, "before"), await readSnapshot(out, "after")];
  return before === undefined || after === undefined ? [] : compareSnapshots(before, after);
}

type Trees = Readonly<Record<"home" | "tmp" | "var-tmp" | "place", ReadonlyMap<string, string>>>;

async function listTrees(stage: Stage): Promise<Trees> {
  const { host } = stage;
  return {
    home: await listTree(host.home),
    tmp: await listTree(host.tmp),
    "var-tmp": await listTree(join(host.base, "var-tmp")),
    place: await listTree(host.place),
  };
}

function compareAllTrees(before: Trees, after: Trees): Leftovers {
  const each = (Object.keys(before) as (keyof Trees)[]).map((name) => compareTrees(name, before[name], after[name]));
  return {
    differences: each.flatMap((one) => one.differences),
    telemetry: each.reduce((sum, one) => sum + one.telemetry, 0),
  };
}

async function writeTranscript(setting: DrillSetting, run: PlannedRun, sections: readonly string[]): Promise<string> {
  const file = join(
    "transcripts",
    `run-${String(run.number).padStart(4, "0")}-${run.scenario}-${run.shell}-go${run.goVersion}.txt`,
  );
  await mkdir(join(setting.out, "transcripts"), { recursive: true });
  await writeFile(join(setting.out, file), sections.join("\n"));
  return file;
}

/** Carries out one run in a folder of its own, which is gone afterwards. Rejects with INTERRUPTED when the signal comes. */
export async function carryOut(
  ports: Ports,
  setting: DrillSetting,
  scenario: Scenario,
  run: PlannedRun,
): Promise<RunResult> {
  const folder = join(setting.work, `run-${run.number}`);
  try {
    return await carryOutIn(ports, setting, scenario, run, folder);
  } finally {
    await removeTree(folder);
  }
}

async function carryOutIn(
  ports: Ports,
  setting: DrillSetting,
  scenario: Scenario,
  run: PlannedRun,
  folder: string,
): Promise<RunResult> {
  const host = runPaths(folder);
  const { facts, kit } = setting;
  const inside = facts.isolation === "namespaces" ? runPaths(facts.base) : host;
  const stage: Stage = { host, inside, cell: run, kit, facts, now: ports.clock.now() };
  await makeRunFolder(host, setting);
  await scenario.setUp?.(stage);
  await giveToSession(writablePaths(host), facts);
  const settings: SessionSettings = scenario.settings?.(stage) ?? {};
  const mounts = [...commonMounts(host.base, inside.base), ...(scenario.mounts?.(stage) ?? [])];
  const files = { mounts: join(folder, "mounts.txt"), transcript: join(folder, "transcript.txt") };
  await writeFile(files.mounts, formatMounts(mounts));
  const before = await listTrees(stage);

  const clock = new StepClock(() => ports.clock.monotonic());
  const [command, ...args] = runCommand(scenario, stage, settings);
  const started = ports.clock.monotonic();
  const ended = await ports.process.run({
    command,
    args,
    env: {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      DRILL_ISOLATION: facts.isolation,
      DRILL_MOUNTS: files.mounts,
      DRILL_TRANSCRIPT: files.transcript,
      DRILL_DEVICES: join(inside.base, "devices"),
    },
    timeout: setting.timeout,
    onStderrLine: (line) => clock.line(line),
  });
  const totalMilliseconds = ports.clock.monotonic() - started;

  const shared = {
    ...run,
    steps: clock.steps,
    totalMilliseconds,
    ...(clock.recovery === undefined ? {} : { recoveryMilliseconds: clock.recovery }),
  };
  if (clock.lack !== undefined)
    return { ...shared, outcome: "skipped", facts: clock.told, failure: { step: "sandbox", reason: clock.lack } };
  const finished = clock.exit === 0;
  const differences = finished ? await snapshotDifferences(host.out) : [];
  const trees = finished ? compareAllTrees(before, await listTrees(stage)) : { differences: [], telemetry: 0 };
  const told = {
    ...clock.told,
    ...(trees.telemetry > 0 ? { telemetry: `${trees.telemetry} files of Go's own telemetry in HOME` } : {}),
  };
  const failure = judgeSession({
    failure: clock.failure,
    unfinished: clock.unfinished,
    step: clock.step,
    exit: clock.exit,
    timedOut: ended.timedOut,
    left: clock.left,
    noise: clock.noise,
    differences,
    leftovers: trees.differences,
    judged: finished ? scenario.judge?.(told, stage) : undefined,
  });
  if (failure === undefined) return { ...shared, outcome: "recovered", facts: told };
  const environment = Object.entries(sessionEnvironment(scenario, stage, settings)).map(
    ([name, value]) => `${name}=${value}`,
  );
  const transcript = await writeTranscript(setting, run, [
    `run ${run.number}: ${scenario.id} in ${run.shell} with Go ${run.goVersion}: not recovered`,
    `step ${failure.step}: ${failure.reason}`,
    "\n---- environment of the session",
    ...environment,
    "\n---- mounts",
    formatMounts(facts.isolation === "namespaces" ? mounts : []).trimEnd(),
    "\n---- transcript",
    await readFile(files.transcript, "utf8").catch(() => "(none)"),
    ...(clock.noise.length > 0 ? ["\n---- said by the sandbox", ...clock.noise] : []),
    ...(differences.length > 0 ? ["\n---- environment before (-) and after (+)", ...differences] : []),
    ...(trees.differences.length + clock.left.length > 0
      ? ["\n---- left behind", ...trees.differences, ...clock.left]
      : []),
    `\n---- folder of results\n${(await readdir(host.out).catch(() => [])).join(" ")}\n`,
  ]);
  return { ...shared, outcome: "not-recovered", facts: told, failure, transcript };
}
