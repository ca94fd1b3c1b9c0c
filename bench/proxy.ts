import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describe, type Distribution } from "../src/drill/index.ts";
import { removeTree } from "../src/state/index.ts";
import { coldClient } from "./proxy/client.ts";
import { load, type Load } from "./proxy/load.ts";
import type { Subject } from "./proxy/server.ts";
import { startAll } from "./proxy/subjects.ts";
import { fillTree, type Tree } from "./proxy/tree.ts";
import { hostLine, root, table, writeResult } from "./result.ts";

const usage = `usage: npm run bench -- proxy [--rounds N] [--seconds N] [--connections N] [--clients N] [--only A,B] [--store DIR]
  --store DIR    a folder that an earlier run has filled, or that this one is to fill and leave
  goproxy and Athens are measured where MEDKIT_BENCH_GOPROXY and MEDKIT_BENCH_ATHENS name their executables
`;

interface Rates {
  readonly perSecond: Distribution;
  /** Milliseconds. */
  readonly p50: Distribution;
  readonly p99: Distribution;
  /** Microseconds of processor time that the server took for one request. */
  readonly cpu: Distribution;
}

interface Measured {
  readonly small: Rates;
  readonly zip: Rates;
  /** MiB after the load; pages that processes share are counted once. */
  readonly memory: number;
  readonly client: Distribution | undefined;
}

function middle(values: readonly number[]): Distribution {
  const distribution = describe(values);
  if (distribution === undefined) throw new Error("nothing was measured");
  return distribution;
}

function rates(loads: readonly Load[]): Rates {
  const of = (pick: (each: Load) => number): Distribution => middle(loads.map((each) => pick(each)));
  return { perSecond: of((each) => each.perSecond), p50: of((each) => each.p50), p99: of((each) => each.p99), cpu: of((each) => each.cpu) }; // prettier-ignore
}

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly clients: number;
}

/** The servers take turns in each round, the first one another one each time: a drift of the machine meets all of them alike. */
function measure(tree: Tree, subjects: readonly Subject[], options: Options): ReadonlyMap<string, Measured> {
  const { rounds, seconds, connections, clients } = options;
  const small = new Map<Subject, Load[]>();
  const zip = new Map<Subject, Load[]>();
  const cold = new Map<Subject, number[]>();
  const memory = new Map<Subject, number>();
  const put = <Value>(map: Map<Subject, Value[]>, subject: Subject, value: Value): unknown =>
    map.set(subject, [...(map.get(subject) ?? []), value]);
  for (let round = -1; round < rounds; round++) {
    const turn = Math.max(0, round) % subjects.length;
    for (const subject of [...subjects.slice(turn), ...subjects.slice(0, turn)]) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${subject.name}\n`);
      const settings = { connections, seconds: round < 0 ? 1 : seconds };
      const [few, big] = [load(subject, tree.small, settings), load(subject, [tree.zip], settings)];
      if (round < 0) continue;
      put(small, subject, few);
      put(zip, subject, big);
      memory.set(subject, subject.memory());
    }
  }
  for (let run = 0; run < clients; run++)
    for (const subject of subjects) put(cold, subject, coldClient(tree, subject.url, join(tree.work, "client")));
  return new Map(
    subjects.map((subject) => [
      subject.name,
      {
        small: rates(small.get(subject) ?? []),
        zip: rates(zip.get(subject) ?? []),
        memory: memory.get(subject) ?? 0,
        client: describe(cold.get(subject) ?? []),
      },
    ]),
  );
}

function report(measured: ReadonlyMap<string, Measured>, tree: Tree, { rounds, connections }: Options): string {
  const count = (value: number): string => Math.round(value).toLocaleString("en");
  const ms = (value: number): string => value.toFixed(2);
  const columns = ({ perSecond, p50, p99, cpu }: Rates): readonly string[] => [count(perSecond.median), ms(p50.median), ms(p99.median), cpu.median.toFixed(1)]; // prettier-ignore
  const head = ["", "requests/s", "p50, ms", "p99, ms", "CPU µs each"];
  const rows = (pick: (each: Measured) => Rates): string[][] => [...measured].map(([name, each]) => [name, ...columns(pick(each))]); // prettier-ignore
  const rest = [...measured].map(([name, { memory, client }]) => [name, `${memory.toFixed(0)} MiB`, client === undefined ? "–" : `${(client.median / 1000).toFixed(2)} s`]); // prettier-ignore
  return [
    table([`${tree.small.length} small files`, ...head.slice(1)], rows((each) => each.small)), // prettier-ignore
    table([`zip of ${(tree.zipSize / 1e6).toFixed(2)} MB`, ...head.slice(1)], rows((each) => each.zip)), // prettier-ignore
    table(["", "memory", `go mod download, ${tree.modules} modules`], rest),
    `${connections} connections, median of ${rounds} rounds, taking turns. ${hostLine()}`,
  ].join("\n\n");
}

/** `medkit proxy serve` beside nginx, Go's file server, goproxy and Athens, over the same files, on loopback. */
export async function bench(args: readonly string[]): Promise<number> {
  const number = (value: string): { readonly type: "string"; readonly default: string } => ({ type: "string", default: value }); // prettier-ignore
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: number("5"),
      seconds: number("3"),
      connections: number("32"),
      clients: number("3"),
      only: { type: "string" },
      store: { type: "string" },
    },
  });
  const options: Options = { rounds: Number(values.rounds), seconds: Number(values.seconds), connections: Number(values.connections), clients: Number(values.clients) }; // prettier-ignore
  if (Object.values(options).some((value) => !Number.isInteger(value) || value < 0) || options.rounds < 1) {
    process.stderr.write(usage);
    return 2;
  }
  // On a disk the creation of files by the go command drowns every difference.
  const work = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "medkit-bench-"));
  const subjects: Subject[] = [];
  try {
    const tree = await fillTree(work, values.store);
    await startAll(tree, values.only?.split(","), subjects);
    const measured = measure(tree, subjects, options);
    const file = await writeResult("proxy", { ...options, tree: { small: tree.small.length, zip: tree.zip, zipSize: tree.zipSize, modules: tree.modules }, subjects: Object.fromEntries(measured) }); // prettier-ignore
    process.stdout.write(`${report(measured, tree, options)}\nWritten to ${file.slice(root.length)}\n`);
    return 0;
  } finally {
    for (const subject of subjects) await subject.stop();
    await removeTree(work);
  }
}
