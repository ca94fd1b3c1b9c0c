import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { seeded } from "../support/mutations.ts";
import type { SoakAnswer, SoakOrder, SoakSample } from "../support/soak-server.ts";

/** Requests of all; MEDKIT_TEST_ROUNDS shortens it. */
const rounds = Number(process.env["MEDKIT_TEST_ROUNDS"] ?? 1_000_000);
const windows = 20;
const perWindow = Math.ceil(rounds / windows);
const modules = 1_500;
/** So many of them are asked for all the time; the others come up one after the other, once each. */
const busy = 200;

interface Asking {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes away after the first octets. */
  readonly aborts?: boolean;
}

/** A day of a mirror: mostly the same modules, ranges, HEAD, conditions, what is not there, what is no module path, people who hang up. */
function dayOf(below: (limit: number) => number): (round: number) => Asking {
  const at = (module: number, file: string): string => `/example.org/m${module}/@v/${file}`;
  return (round) => {
    const kind = below(100);
    const module = below(busy);
    const zip = at(module, "v1.0.0.zip");
    if (kind < 40) return { method: "GET", path: at(module, below(2) === 0 ? "v1.0.0.mod" : "v1.0.0.info") };
    if (kind < 60) return { method: "GET", path: zip };
    if (kind < 68) return { method: "GET", path: at(module, "list") };
    if (kind < 73) return { method: "GET", path: zip, headers: { Range: `bytes=${below(100)}-${below(2) === 0 ? "" : 150}` } }; // prettier-ignore
    if (kind < 78) return { method: "HEAD", path: zip };
    if (kind < 82) return { method: "GET", path: zip, headers: { "If-None-Match": "*" } };
    // Those are too large for memory, or nearly.
    if (kind < 85) return { method: "GET", path: at(below(busy / 50) * 50 + 3, "v1.0.0.zip"), aborts: true };
    if (kind < 86) return { method: "GET", path: at(7, "v1.0.0.zip"), aborts: true };
    if (kind < 90) return { method: "GET", path: `/example.org/absent${round}/@v/list` };
    if (kind < 93) return { method: "GET", path: `/${"../".repeat(below(4))}x${round}%2e%2e` };
    if (kind < 95) return { method: "POST", path: zip };
    if (kind < 98) return { method: "GET", path: `/sumdb/sum.example.org/${below(2) === 0 ? "latest" : `lookup/example.org/m${module}@v1.0.0`}` }; // prettier-ignore
    // The next one that nobody has asked for yet, in even steps over the whole run.
    const fresh = busy + Math.floor(((modules - busy) * round) / rounds);
    return { method: "GET", path: at(fresh, below(3) === 0 ? "v1.0.0.zip" : "v1.0.0.mod") };
  };
}

const good = new Map<string, string>();

/** Gives the status; throws where the bytes of a version are not always the same. */
function ask(
  url: string,
  agent: Agent,
  { method, path, headers = {}, aborts = false }: Asking,
): Promise<number | "aborted" | "cut"> {
  // prettier-ignore
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, headers, agent }, (response) => {
      const status = response.statusCode ?? 0;
      const hash = createHash("sha256");
      response.on("data", (chunk: Buffer) => {
        hash.update(chunk);
        if (aborts) sent.destroy();
      });
      response.once("end", () => {
        const digest = hash.digest("hex");
        const whole = status === 200 && method === "GET" && path.endsWith(".zip");
        const changed = whole && (good.get(path) ?? digest) !== digest;
        if (whole) good.set(path, digest);
        if (changed) reject(new Error(`${path} has changed`));
        else resolve(status);
      });
      response.once("error", () => resolve(aborts ? "aborted" : "cut"));
    });
    sent.once("error", () => resolve(aborts ? "aborted" : "cut"));
    sent.end();
  });
}

it(`${rounds} requests of a mixed day: memory stays flat, no descriptor is lost`, async () => {
  const child = fork(new URL("../support/soak-server.ts", import.meta.url), { execArgv: ["--expose-gc"] });
  const tell = async (order: SoakOrder): Promise<SoakAnswer> => {
    const answered = once(child, "message");
    child.send(order);
    const [answer] = (await answered) as [SoakAnswer];
    return answer;
  };
  const { url = "" } = await tell({ kind: "start", settings: { modules, busy } });
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const below = seeded(4);
  const next = dayOf(below);
  const statuses = new Map<number | string, number>();
  const samples: SoakSample[] = [];
  const started = performance.now();
  let round = 0;
  for (let window = 0; window < windows; window++) {
    const until = Math.min(rounds, (window + 1) * perWindow);
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (round < until) {
          const status = await ask(url, agent, next(round++));
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }),
    );
    // What is too large for memory is fetched anew now and then.
    await tell({ kind: "forget", path: "example.org/m7/@v/v1.0.0.zip" });
    const { sample } = await tell({ kind: "sample" });
    if (sample === undefined) throw new Error("no sample");
    samples.push(sample);
    const mib = (octets: number): string => `${(octets / 2 ** 20).toFixed(1)} MiB`;
    process.stderr.write(`soak: ${round} requests, ${((performance.now() - started) / 1000).toFixed(0)} s, resident ${mib(sample.rss)}, heap ${mib(sample.heap)}, outside ${mib(sample.outside)}, ${sample.descriptors} descriptors\n`); // prettier-ignore
  }
  process.stderr.write(`soak: ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}\n`);
  agent.destroy();
  await expect
    .poll(async () => (await tell({ kind: "sample" })).sample?.descriptors, { timeout: 20_000, interval: 500 })
    .toBeLessThan((samples[0]?.descriptors ?? 0) - 20);
  child.send({ kind: "stop" } satisfies SoakOrder);
  await once(child, "exit");

  // All that a day has came about; upstream's faults are the only 5xx.
  for (const status of [200, 206, 304, 404, 405, 502, "aborted"]) expect(statuses.get(status), String(status)).toBeGreaterThan(0); // prettier-ignore
  expect([...statuses.keys()].filter((status) => status === 500 || status === "cut" || status === 0)).toEqual([]);
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const early = samples.slice(windows * 0.2, windows * 0.5);
  const late = samples.slice(windows * 0.7);
  const of = (part: readonly SoakSample[], pick: (each: SoakSample) => number): number => middle(part.map(pick));
  const grown = (pick: (each: SoakSample) => number): number => of(late, pick) - of(early, pick);
  // What is kept in memory on purpose grows with the modules that come up: some kilobytes each. A leak of 40 octets a request would be more than this.
  expect(grown((each) => each.heap + each.outside)).toBeLessThan(16 * 2 ** 20);
  expect(grown((each) => each.rss)).toBeLessThan(0.15 * of(early, (each) => each.rss));
  expect(Math.max(...late.map((each) => each.descriptors))).toBeLessThanOrEqual(Math.max(...early.map((each) => each.descriptors)) + 2); // prettier-ignore
  expect(samples.at(-1)?.scratchFiles).toBe(0);
});
