import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { createNodePorts } from "../src/core/node-ports.ts";
import type { Ports } from "../src/core/ports.ts";
import {
  describe,
  gatherHostFacts,
  inspectKit,
  namespacePrefix,
  writeScripts,
  StepClock,
  type Distribution,
  type HostFacts,
} from "../src/drill/index.ts";
import { removeTree } from "../src/state/index.ts";
import { hostLine, root, seconds, table, writeResult } from "./result.ts";

type Way = "kit" | "conventional";

interface Scene {
  readonly ports: Ports;
  readonly facts: HostFacts;
  readonly work: string;
  readonly archive: string;
  readonly top: string;
  readonly toolchain: string;
  readonly example: string;
}

const usage = "usage: npm run bench -- recovery [--kit FILE] [--rounds N]\n";
const scripts = join(root, "bench", "scripts");
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The kit that `npm start` left in `out/`. */
async function newestKit(): Promise<string | undefined> {
  const folder = join(root, "out");
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith(".tgz")).toSorted();
  const name = names.at(-1);
  return name === undefined ? undefined : join(folder, name);
}

async function must(
  ports: Ports,
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const result = await ports.process.run({
    command,
    args,
    cwd,
    env: { PATH: path, LC_ALL: "C", ...env },
    timeout: 600_000,
  });
  if (result.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${result.stderr}`);
}

/** One script in fresh namespaces without a network, timed by its markers. Gives milliseconds by step. */
async function timeScript(
  scene: Omit<Scene, "toolchain">,
  script: string,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, number>> {
  const { ports, facts } = scene;
  await mkdir(join(folder, "home"), { recursive: true });
  await writeFile(join(folder, "mounts.txt"), "");
  const settings = {
    PATH: path,
    HOME: join(folder, "home"),
    LANG: "C.UTF-8",
    BENCH_SCRIPTS: scripts,
    BENCH_FOLDER: folder,
    BENCH_TOP: scene.top,
    ...variables,
  };
  const [command, ...args] = [
    ...namespacePrefix(facts),
    "sh",
    join(scene.work, "scripts", "inside.sh"),
    "env",
    "-i",
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    facts.commands["dash"] ?? "sh",
    join(scripts, script),
  ];
  const clock = new StepClock(() => ports.clock.monotonic());
  const transcript = join(folder, "transcript.txt");
  const env = {
    PATH: path,
    DRILL_ISOLATION: facts.isolation,
    DRILL_MOUNTS: join(folder, "mounts.txt"),
    DRILL_TRANSCRIPT: transcript,
    DRILL_DEVICES: folder,
  };
  await ports.process.run({ command, args, env, timeout: 900_000, onStderrLine: (line) => clock.line(line) });
  if (clock.exit !== 0)
    throw new Error(
      `${script}: ${clock.failure ?? clock.lack ?? "failed"} in step ${clock.step}\n${await readFile(transcript, "utf8")}`,
    );
  return new Map(clock.steps.map(({ step, milliseconds }) => [step, milliseconds]));
}

/** The toolchain of the kit as the Go project publishes toolchains: one gzip'd tar with everything under `go/`; and the modules beside it. */
async function makeConventional(scene: Omit<Scene, "toolchain">): Promise<string> {
  const { ports, work, archive, top } = scene;
  const folder = join(work, "made");
  await mkdir(folder);
  await must(ports, "tar", ["-xzf", archive], folder);
  await must(ports, "sh", ["-c", '. ./activate.sh && cp -R "$GOROOT" "$1/go"', "sh", folder], join(folder, top), {
    HOME: folder,
    MEDKIT_QUIET: "1",
  });
  await rename(join(folder, top, "modules"), join(work, "proxy"));
  const toolchain = join(work, "go.tar.gz");
  await must(ports, "tar", ["-czf", toolchain, "go"], folder);
  await removeTree(folder);
  return toolchain;
}

async function runOnce(scene: Scene, way: Way, round: number): Promise<ReadonlyMap<string, number>> {
  const folder = join(scene.work, `${way}-${round}`);
  const project = join(folder, "project");
  await mkdir(folder);
  await cp(scene.example, project, { recursive: true });
  const variables = {
    BENCH_PROJECT: project,
    BENCH_ARCHIVE: scene.archive,
    BENCH_TOOLCHAIN: scene.toolchain,
    BENCH_PROXY: pathToFileURL(join(scene.work, "proxy")).href,
  };
  const steps = await timeScript(scene, `${way}.sh`, folder, variables);
  await removeTree(folder);
  return steps;
}

function summarize(runs: readonly ReadonlyMap<string, number>[]): {
  readonly steps: Readonly<Record<string, Distribution>>;
  readonly total: Distribution;
} {
  const steps: Record<string, Distribution> = {};
  for (const step of runs[0]?.keys() ?? []) {
    const distribution = describe(runs.map((run) => run.get(step) ?? 0));
    if (distribution !== undefined) steps[step] = distribution;
  }
  const total = describe(runs.map((run) => [...run.values()].reduce((sum, value) => sum + value, 0)));
  if (total === undefined) throw new Error("no rounds");
  return { steps, total };
}

async function measure(scene: Scene, rounds: number): Promise<number> {
  const runs: Record<Way, ReadonlyMap<string, number>[]> = { kit: [], conventional: [] };
  for (let round = 1; round <= rounds; round++) {
    // Who goes first alternates, so that neither always finds a warm page cache or a hot processor.
    const order: readonly Way[] = round % 2 === 1 ? ["kit", "conventional"] : ["conventional", "kit"];
    for (const way of order) {
      runs[way].push(await runOnce(scene, way, round));
      process.stderr.write(`round ${round} of ${rounds}: ${way}\n`);
    }
  }
  const [kit, conventional] = [summarize(runs.kit), summarize(runs.conventional)];
  const ratio = kit.total.median / conventional.total.median;
  const result = {
    rounds,
    isolation: scene.facts.isolation,
    kit,
    conventional,
    ratio,
    aims: { ratio: 1 / 8, milliseconds: 10_000, reference: 47_000 },
  };
  const file = await writeResult("recovery", result);
  const shown = (steps: Readonly<Record<string, Distribution>>, name: string): string =>
    steps[name] === undefined ? "–" : seconds(steps[name].median);
  const rows = ["unpack", "verify", "activate", "build", "start", "healthz"].map((name) => [
    name,
    shown(kit.steps, name),
    shown(conventional.steps, name),
  ]);
  process.stdout.write(
    [
      table(
        ["median", "kit", "conventional"],
        [...rows, ["**total**", `**${seconds(kit.total.median)}**`, `**${seconds(conventional.total.median)}**`]],
      ),
      "",
      `Ratio kit / conventional: ${ratio.toFixed(3)} (1/${(1 / ratio).toFixed(1)}). ${rounds} rounds, alternating, isolation: ${scene.facts.isolation}.`,
      `Totals, least to most: kit ${seconds(kit.total.min)} to ${seconds(kit.total.max)}, conventional ${seconds(conventional.total.min)} to ${seconds(conventional.total.max)}.`,
      hostLine(),
      `Written to ${file.slice(root.length)}`,
      "",
    ].join("\n"),
  );
  return 0;
}

/** Archive on disk to an answering service: the kit against the conventional way, both without a network. */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { kit: { type: "string" }, rounds: { type: "string", default: "5" } },
  });
  const kit = values.kit === undefined ? await newestKit() : resolve(values.kit);
  const rounds = Number(values.rounds);
  if (kit === undefined || !Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write(
      `${usage}${kit === undefined ? "There is no kit here: make one with npm start, or name one.\n" : ""}`,
    );
    return 2;
  }
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const ports = createNodePorts({
    env: process.env,
    cwd: root,
    signal: abort.signal,
    offline: true,
    progress: { emit: () => undefined },
  });
  const work = await mkdtemp(join(tmpdir(), "medkit-bench-"));
  try {
    await mkdir(join(work, "probe"));
    await writeScripts(join(work, "scripts"));
    const facts = await gatherHostFacts(ports, join(work, "scripts"), join(work, "probe"));
    const inspected = await inspectKit(kit, ports.platform, join(work, "example"));
    const example =
      inspected.hasExample && (await stat(join(work, "example")).catch(() => undefined)) !== undefined
        ? join(work, "example")
        : join(root, "examples", "service");
    const scene = { ports, facts, work, archive: kit, top: inspected.facts.top, example };
    return await measure({ ...scene, toolchain: await makeConventional(scene) }, rounds);
  } finally {
    await removeTree(work);
    await rm(work, { recursive: true, force: true });
  }
}
