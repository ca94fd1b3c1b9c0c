import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CAUSE_FACTS } from "../../core/causes/index.ts";
import type { Ports } from "../../core/ports.ts";
import { present } from "../../core/present.ts";
import { quoteForSh as quote } from "../../core/shell-quote.ts";
import { removeTree } from "../../state/index.ts";
import { StepClock } from "../markers.ts";
import { compareTrees, giveToSession, listTree } from "../run-folder.ts";
import { cleanPath, dropPrefix, formatMounts, namespacePrefix } from "../sandbox.ts";
import { bedMounts, faultPaths, healthyEnvironment, makeFaultFolders, writable, type FaultBed } from "./bed.ts";
import { harmOf, isDiagnosed, judgeFault, parseReport, type SeenReport } from "./judge.ts";
import { writeServers } from "./servers.ts";
import type { Expectation, Fault, FaultStage } from "./types.ts";

/** What came of one fault on one host. Times are milliseconds. */
export interface FaultResult {
  /** One id, or two for a pair. */
  readonly faults: readonly string[];
  readonly goVersion: string;
  readonly labels: readonly string[];
  readonly expect: Expectation;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly diagnosed: boolean;
  readonly causes: readonly string[];
  readonly remedies: readonly string[];
  readonly harm: readonly string[];
  /** From the first word of `medkit rescue` to its end: the failing run, the diagnosis, and the passing run. */
  readonly rescueMilliseconds?: number;
  /** What medkit took of that besides running the command: finding the cause, setting up the remedy, saying so. */
  readonly overheadMilliseconds?: number;
  readonly reason?: string;
  /** File below the report's folder; kept for failures. */
  readonly transcript?: string;
}

const words = (list: readonly string[]): string => list.map(quote).join(" ");

function runtimeOf(inside: string): string {
  return `BUN_BE_BUN=1 ${quote(join(inside, "tool", "runtime"))}`;
}

function settingsOf(fault: readonly Fault[], stage: FaultStage): string {
  const { inside } = stage;
  const first = fault[0];
  const command = fault.map((each) => each.command?.(stage)).find((each) => each !== undefined) ?? ["go", "build", "-o", join(inside.extra, "app"), "."]; // prettier-ignore
  const cwd = fault.map((each) => each.cwd?.(stage)).find((each) => each !== undefined) ?? inside.project;
  const shell = fault.map((each) => each.shell?.(stage) ?? "").filter((text) => text !== "").join("\n  "); // prettier-ignore
  const wrap = fault.flatMap((each) => each.wrap?.(stage) ?? []);
  const servers = fault.flatMap((each) => each.server?.(stage) ?? []);
  const out = join(inside.base, "out");
  const tool = join(inside.base, "tool", "medkit");
  const rescue = [tool, "rescue", "--kit", join(inside.base, "kit"), "--report", join(out, "report.json"), "--", ...command]; // prettier-ignore
  const serve = servers.map(({ script, args }) => `  ${runtimeOf(inside.base)} ${words([join(inside.base, "servers", script), ...args])} &`); // prettier-ignore
  return [
    `# ${first?.id ?? ""}`,
    `f_out=${quote(out)}`,
    `f_tool=${quote(tool)}`,
    `f_passes=${fault.some((each) => each.passes === true) ? "1" : "''"}`,
    `f_serves=${servers.length > 0 ? "1" : "''"}`,
    `f_enter() {\n  cd ${quote(cwd)} || exit 99\n  ${shell === "" ? ":" : shell}\n}`,
    `f_command() {\n  f_enter\n  exec ${words([...wrap, ...command])}\n}`,
    `f_rescue() {\n  f_enter\n  exec ${words([...wrap, ...rescue])}\n}`,
    `f_serve() {\n${servers.length === 0 ? "  :" : `${serve.join("\n")}\n  trap 'kill $(jobs -p) 2>/dev/null' TERM\n  wait`}\n}`,
    "",
  ].join("\n");
}

/** Changes there that are the go command's own business: its caches, its telemetry. */
const ownBusiness = /^(?:\.cache(?:\/go-build(?:\/.*)?)?\/?|go(?:\/.*)?|\.config(?:\/go(?:\/telemetry(?:\/.*)?)?)?\/?|\.local(?:\/share(?:\/medkit\/?(?:rescue\/(?:r-[^/]+\/(?:bundle\.json)?)?)?)?)?\/?)$/; // prettier-ignore

async function treeDifferences(before: ReadonlyMap<string, string>, home: string): Promise<readonly string[]> {
  const keep = (tree: ReadonlyMap<string, string>): Map<string, string> =>
    new Map([...tree].filter(([path]) => !ownBusiness.test(path)));
  const all = compareTrees("home", keep(before), keep(await listTree(home))).differences;
  return all.length > 5 ? [...all.slice(0, 5), `and ${all.length - 5} more`] : all;
}

/** Nothing where the session ended before its end: then that is what has to be said. */
async function environmentDifferences(out: string): Promise<readonly string[]> {
  const [before, after] = await Promise.all(["before.env", "after.env"].map((name) => readFile(join(out, name), "utf8").catch(() => undefined))); // prettier-ignore
  return after === undefined || before === after ? [] : ["the environment of the shell changed"];
}

function expectationOf(faults: readonly Fault[], stage: FaultStage): Expectation {
  const each = faults.map((fault) => (typeof fault.expect === "function" ? fault.expect(stage) : fault.expect));
  if (each.includes("left-alone")) return "left-alone";
  return each.find((one) => one === "denied") ?? each.find((one) => one === "named") ?? "recovered";
}

export interface InjectOptions {
  readonly bed: FaultBed;
  readonly goVersion: string;
  /** One fault, or two at once. */
  readonly faults: readonly [Fault, ...Fault[]];
  readonly number: number;
  /** The report's folder. */
  readonly out: string;
  readonly timeout: number;
}

/** Breaks a healthy host, sees the command fail, lets medkit rescue at it, undoes, and compares. The folder is gone afterwards. */
export async function injectFault(ports: Ports, options: InjectOptions): Promise<FaultResult> {
  const folder = join(options.bed.folder, `run-${options.number}`);
  try {
    return await injectIn(ports, options, folder);
  } finally {
    await removeTree(folder);
  }
}

async function injectIn(ports: Ports, options: InjectOptions, folder: string): Promise<FaultResult> {
  const { bed, goVersion, faults } = options;
  const healthy = bed.hosts.get(goVersion);
  const shared = {
    faults: faults.map((each) => each.id),
    goVersion,
    labels: faults.flatMap((each) => each.cause ?? []),
  };
  const nothing = { diagnosed: false, causes: [], remedies: [], harm: [] };
  const host = faultPaths(folder);
  const inside = faultPaths(bed.facts.base);
  if (healthy === undefined)
    return { ...shared, ...nothing, expect: "recovered", outcome: "skipped", reason: "no such Go" };
  const stage: FaultStage = {
    host,
    inside: { ...inside, tmp: "/tmp" },
    goVersion,
    kitVersions: bed.kitVersions,
    dependency: healthy.dependency,
    facts: bed.facts,
    kitModules: join(inside.base, "kit", "modules"),
    now: ports.clock.now(),
  };
  const expect = expectationOf(faults, stage);
  const lack = faults.map((each) => each.lack?.(stage)).find((each) => each !== undefined);
  if (lack !== undefined) return { ...shared, ...nothing, expect, outcome: "skipped", reason: lack };

  await makeFaultFolders(host);
  await rm(host.home, { recursive: true });
  const copy = async (from: string, to: string): Promise<void> => {
    await ports.process.run({ command: "cp", args: ["-a", from, to], env: { PATH: cleanPath() } });
  };
  await copy(healthy.home, host.home);
  const ownGo = faults.some((each) => each.ownGo === true);
  if (ownGo) await copy(`${healthy.goroot}/.`, host.go);
  for (const fault of faults) await fault.setUp?.(stage);
  await writeServers(join(folder, "servers"));
  await cp(join(bed.folder, "scripts"), join(folder, "scripts"), { recursive: true });
  const out = join(folder, "out");
  await mkdir(out, { recursive: true });
  await writeFile(join(folder, "settings.sh"), settingsOf(faults, stage));
  const { trees, folders } = writable(host);
  await giveToSession({ trees: ownGo ? [...trees, host.go] : trees, folders }, bed.facts);
  const before = await listTree(host.home);

  const mounts = [...bedMounts(bed, host, inside, ownGo ? undefined : healthy.goroot), ...faults.flatMap((each) => each.mounts?.(stage) ?? [])]; // prettier-ignore
  await writeFile(join(folder, "mounts.txt"), formatMounts(mounts));
  const laid: Record<string, string | undefined> = { ...healthyEnvironment(inside) };
  for (const fault of faults) Object.assign(laid, fault.environment?.(stage));
  const environment = Object.entries(present(laid));
  const drop = faults.some((each) => each.asRoot === true) ? [] : dropPrefix(bed.facts);
  const clock = new StepClock(() => ports.clock.monotonic());
  const [command, ...args] = [
    ...namespacePrefix(bed.facts),
    bed.facts.commands["sh"] ?? "sh",
    join(folder, "scripts", "inside.sh"),
    bed.facts.commands["env"] ?? "env",
    "-i",
    ...environment.map(([name, value]) => `${name}=${value}`),
    ...drop,
    "/bin/sh",
    join(inside.base, "scripts", "fault.sh"),
    join(inside.base, "settings.sh"),
  ];
  const ended = await ports.process.run({
    command: command ?? "sh",
    args,
    env: {
      PATH: cleanPath(),
      DRILL_ISOLATION: bed.facts.isolation,
      DRILL_MOUNTS: join(folder, "mounts.txt"),
      DRILL_TRANSCRIPT: join(folder, "transcript.txt"),
      DRILL_DEVICES: join(inside.base, "devices"),
    },
    timeout: options.timeout,
    onStderrLine: (line) => clock.line(line),
  });

  const report: SeenReport | undefined = parseReport(await readFile(join(out, "report.json"), "utf8").catch(() => ""));
  const [own, exit] = [clock.told["broken"], clock.told["exit"]].map((each) => (each === undefined ? undefined : Number(each))); // prettier-ignore
  const differences = [...(await treeDifferences(before, host.home)), ...(await environmentDifferences(out))];
  const families = new Set(shared.labels.map((label) => CAUSE_FACTS[label].family as string));
  const canary = faults.some((fault) => "GOFLAGS" in (fault.environment?.(stage) ?? {})) ? "" : "-tags=drillcanary";
  const harm = report === undefined ? differences : harmOf(faults[0], families, report, differences, canary);
  const reason =
    clock.lack ??
    clock.failure ??
    (ended.timedOut ? "the time for one run is over" : undefined) ??
    judgeFault(shared.labels, expect, report, exit, own) ??
    (harm.length > 0 ? `harm: ${harm.join("; ")}` : undefined) ??
    faults.map((fault) => fault.judge?.(report, stage)).find((each) => each !== undefined);
  const rescueMilliseconds = clock.steps.find((step) => step.step === "rescue")?.milliseconds;
  const result = {
    ...shared,
    expect,
    outcome: clock.lack !== undefined ? "skipped" : reason === undefined ? "passed" : "failed",
    diagnosed: isDiagnosed(shared.labels, report),
    causes: report?.causes.map((cause) => cause.code) ?? [],
    remedies: report?.causes.flatMap((cause) => cause.remedy?.kind ?? []) ?? [],
    harm,
    ...(rescueMilliseconds === undefined ? {} : { rescueMilliseconds }),
    ...(report === undefined ? {} : { overheadMilliseconds: report.overheadMilliseconds }),
    ...(reason === undefined ? {} : { reason }),
  } as const;
  if (result.outcome !== "failed") return result;
  const file = join(
    "transcripts",
    `fault-${String(options.number).padStart(4, "0")}-${shared.faults.join("+")}-go${goVersion}.txt`,
  );
  await mkdir(join(options.out, "transcripts"), { recursive: true });
  const sections = [
    `${shared.faults.join(" + ")} with Go ${goVersion}: ${reason ?? ""}`,
    "\n---- environment",
    ...environment.map(([name, value]) => `${name}=${value}`),
    "\n---- mounts",
    formatMounts(mounts).trimEnd(),
    "\n---- settings",
    await readFile(join(folder, "settings.sh"), "utf8"),
    "---- transcript",
    await readFile(join(folder, "transcript.txt"), "utf8").catch(() => "(none)"),
    "---- server",
    await readFile(join(out, "server.txt"), "utf8").catch(() => "(none)"),
    "---- report",
    await readFile(join(out, "report.json"), "utf8").catch(() => "(none)"),
    ...clock.noise,
  ];
  await writeFile(join(options.out, file), `${sections.join("\n")}\n`);
  return { ...result, transcript: file };
}
