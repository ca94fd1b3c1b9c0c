import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describe, type Distribution } from "../src/drill/index.ts";
import { hostLine, root, table, writeResult } from "./result.ts";

interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The status that it has to end with. */
  readonly status: number;
}

function subjects(): readonly Subject[] {
  const executable = join(
    root,
    "dist",
    `medkit-${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`,
  );
  const medkit = join(root, "medkit");
  return [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"], status: 0 },
    { name: "./medkit --version", command: medkit, args: ["--version"], status: 0 },
    { name: "./medkit no-such-command", command: medkit, args: ["no-such-command"], status: 2 },
    ...(existsSync(executable)
      ? [
          { name: "dist/medkit --version", command: executable, args: ["--version"], status: 0 },
          { name: "dist/medkit no-such-command", command: executable, args: ["no-such-command"], status: 2 },
        ]
      : []),
  ];
}

function timeOnce(subject: Subject): number {
  const started = performance.now();
  const run = spawnSync(subject.command, [...subject.args], { stdio: "ignore", cwd: root });
  const milliseconds = performance.now() - started;
  if (run.status !== subject.status)
    throw new Error(
      `${subject.name} ended with ${run.status ?? run.signal ?? run.error?.message}, not ${subject.status}`,
    );
  return milliseconds;
}

/**
 * Start to end of short commands, against the bare runtime. The commands take turns in each round, so that a drift of the machine meets
 * all of them alike: hyperfine and its kind measure one command after the other.
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: "string", default: "30" } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write("usage: npm run bench -- start-up [--rounds N]\n");
    return 2;
  }
  const all = subjects();
  const times = new Map<string, number[]>(all.map((subject) => [subject.name, []]));
  for (let round = -2; round < rounds; round++) {
    for (const subject of all) {
      const milliseconds = timeOnce(subject);
      if (round >= 0) times.get(subject.name)?.push(milliseconds);
    }
  }
  const results: Record<string, Distribution & { readonly ratio: number }> = {};
  const bare = describe(times.get("node -e 0") ?? [])?.median ?? 1;
  for (const [name, list] of times) {
    const distribution = describe(list);
    if (distribution !== undefined) results[name] = { ...distribution, ratio: distribution.median / bare };
  }
  const file = await writeResult("start-up", { rounds, commands: results });
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const rows = Object.entries(results).map(([name, d]) => [
    `\`${name}\``,
    ms(d.min),
    ms(d.median),
    ms(d.p95),
    ms(d.max),
    d.ratio.toFixed(2),
  ]);
  process.stdout.write(
    `${table(["command", "least", "median", "p95", "most", "× node -e 0"], rows)}\n\n${rounds} rounds, taking turns. ${hostLine()}\nWritten to ${file.slice(root.length)}\n`,
  );
  return 0;
}
