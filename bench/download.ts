import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { present } from "../src/core/present.ts";
import { describe, type Distribution } from "../src/drill/index.ts";
import { removeTree } from "../src/state/index.ts";
import { hostLine, root, seconds, table, writeResult } from "./result.ts";

const usage = "usage: npm run bench -- download [--rounds N] [--sizes MB,MB] [--rate MB]\n";
const clock = join(root, "bench", "scripts", "clock.sh");
const transfer = join(root, "bench", "transfer.ts");

/** What our client takes to start, and to load its code from source. */
const started = "medkit, started only";

interface Subject {
  readonly name: string;
  command(url: string, target: string): readonly string[];
}

function has(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

function subjects(): readonly Subject[] {
  const ours = (whole: readonly string[]) => (url: string, target: string) => [
    process.execPath,
    transfer,
    "get",
    url,
    target,
    ...whole,
  ];
  const aria2c = (url: string, target: string) =>
    `aria2c -q -x4 -s4 --min-split-size=1M --file-allocation=none --no-conf -d ${join(target, "..")} -o target ${url}`.split(" "); // prettier-ignore
  return [
    { name: "medkit", command: ours([]) },
    { name: "medkit, one connection", command: ours(["whole"]) },
    ...(has("curl") ? [{ name: "curl", command: (url: string, target: string) => ["curl", "-sSf", "-o", target, url] }] : []), // prettier-ignore
    ...(has("aria2c") ? [{ name: "aria2c, 4 connections", command: aria2c }] : []),
    { name: started, command: () => [process.execPath, transfer, "start"] },
  ];
}

/** A server of a file of so many octets, in a process of its own. */
async function startServer(octets: number): Promise<{ readonly child: ChildProcess; readonly base: string }> {
  const child = spawn(process.execPath, [transfer, "serve", String(octets)], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data: Buffer) => resolve(data.toString().trim()));
    child.once("error", reject);
  });
  return { child, base: `http://127.0.0.1:${port}` };
}

/** Milliseconds. */
interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

function timeOnce(subject: Subject, url: string, folder: string): { readonly sample: Sample; readonly sum: string } {
  const target = join(folder, "target");
  rmSync(target, { force: true });
  const out = join(folder, "out");
  const run = spawnSync("bash", [clock, out, ...subject.command(url, target)], {
    env: present(process.env),
    encoding: "utf8",
  });
  const [status = 1, begin = 0, end = 0, user = 0, system = 0] = run.stdout.split(" ").map(Number);
  if (status !== 0) throw new Error(`${subject.name} ended with ${status}: ${readFileSync(out, "utf8").slice(0, 400)}`);
  const sum = subject.name === started ? "" : createHash("sha256").update(readFileSync(target)).digest("hex");
  return { sample: { wall: (end - begin) * 1000, cpu: (user + system) * 1000 }, sum };
}

interface Measured {
  readonly wall: Distribution;
  readonly cpu: Distribution;
}

/** The subjects take turns, each round in another order. All must have got the same file. */
function measure(
  all: readonly Subject[],
  url: string,
  folder: string,
  rounds: number,
): Readonly<Record<string, Measured>> {
  const samples = new Map<string, Sample[]>();
  const sums = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const turn = round % all.length;
    for (const subject of [...all.slice(turn), ...all.slice(0, turn)]) {
      const { sample, sum } = timeOnce(subject, url, folder);
      if (sum !== "") sums.add(sum);
      samples.set(subject.name, [...(samples.get(subject.name) ?? []), sample]);
    }
  }
  if (sums.size !== 1) throw new Error("the files that came are not the same");
  const measured: Record<string, Measured> = {};
  for (const { name } of all) {
    const list = samples.get(name) ?? [];
    const [wall, cpu] = [describe(list.map((each) => each.wall)), describe(list.map((each) => each.cpu))];
    if (wall !== undefined && cpu !== undefined) measured[name] = { wall, cpu };
  }
  return measured;
}

/** Our download beside curl's and aria2c's, from a server on this machine, with a limit for each connection and without. */
export async function bench(args: readonly string[]): Promise<number> {
  const options = { rounds: { type: "string", default: "5" }, sizes: { type: "string", default: "70,200" }, rate: { type: "string", default: "25" } } as const; // prettier-ignore
  const { values } = parseArgs({ args: [...args], options });
  const [rounds, rate] = [Number(values.rounds), Number(values.rate)];
  const sizes = values.sizes.split(",").map(Number);
  const isWhole = [rounds, rate, ...sizes].every((each) => Number.isInteger(each) && each > 0);
  if (!isWhole) {
    process.stderr.write(usage);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "medkit-bench-"));
  const all = subjects();
  const results: Record<string, Readonly<Record<string, Measured>>> = {};
  const rows: string[][] = [];
  try {
    for (const size of sizes) {
      const { child, base } = await startServer(size * 1_000_000);
      try {
        for (const limit of [0, rate]) {
          const name = limit === 0 ? `${size} MB` : `${size} MB, ${limit} MB/s for each connection`;
          process.stderr.write(`${name}\n`);
          const measured = measure(all, `${base}/${limit * 1_000_000}`, folder, rounds);
          results[name] = measured;
          const peer = measured["curl"]?.wall.median;
          for (const [subject, { wall, cpu }] of Object.entries(measured))
            rows.push([
              name,
              subject,
              ...[wall.min, wall.median, wall.max, cpu.median].map(seconds),
              peer === undefined ? "–" : (wall.median / peer).toFixed(2),
            ]);
        }
      } finally {
        child.kill();
      }
    }
  } finally {
    await removeTree(folder);
  }
  const file = await writeResult("download", { rounds, rate, subjects: all.map(({ name }) => name), results });
  process.stdout.write(
    `${table(["file", "with", "least", "median", "most", "CPU, median", "× curl"], rows)}\n\n${rounds} rounds, taking turns.${has("aria2c") ? "" : " aria2c is not installed."} ${hostLine()}\nWritten to ${file.slice(root.length)}\n`,
  );
  return 0;
}
