// A proxy with its own upstream in a process of its own, for a parent that measures it: started by fork, with --expose-gc.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "./mutations.ts";
import { createProxyWorld } from "./proxy-world.ts";

export interface SoakSettings {
  /** Modules `example.org/m0`, `example.org/m1` … at v1.0.0. */
  readonly modules: number;
  /** So many of them may be large: what comes up later must not fill the memory that is set apart for them. */
  readonly busy: number;
}

/** What the parent says; each is answered. */
export type SoakOrder =
  | { readonly kind: "start"; readonly settings: SoakSettings }
  | { readonly kind: "sample" }
  /** Takes the file out of the store, so that it is fetched again. */
  | { readonly kind: "forget"; readonly path: string }
  | { readonly kind: "stop" };

export interface SoakSample {
  /** Octets, after a collection. */
  readonly rss: number;
  readonly heap: number;
  readonly outside: number;
  readonly descriptors: number;
  readonly scratchFiles: number;
}

export interface SoakAnswer {
  readonly url?: string;
  readonly sample?: SoakSample;
}

const world = await createProxyWorld();
const below = seeded(3);
const text = (size: number): string => Array.from({ length: size / 4 }, () => below(65_536).toString(16).padStart(4, "0")).join(""); // prettier-ignore

/** Every tenth fetch of a zip goes wrong, in one of the ways in which it can. */
world.lie = (path, response, honest) => {
  if (!path.endsWith(".zip") || honest === undefined || below(10) > 0) return false;
  const way = below(4);
  if (way === 0) response.writeHead(500).end("broken");
  else if (way === 1) response.writeHead(200).end(honest.subarray(0, honest.length / 2));
  else if (way === 2) response.writeHead(200).end("<html>sign in</html>");
  else {
    response.writeHead(200, { "Content-Length": honest.length });
    response.write(honest.subarray(0, 10), () => response.destroy());
  }
  return true;
};

const collect = (globalThis as { gc?: () => void }).gc;

async function sample(log: unknown[]): Promise<SoakSample> {
  // What is kept for the tests alone.
  log.length = 0;
  world.asked.length = 0;
  world.database.asked.length = 0;
  for (let turn = 0; turn < 4; turn++) {
    collect?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  const scratch = join(world.store, ".work");
  return {
    rss,
    heap: heapUsed,
    outside: external,
    descriptors: readdirSync("/proc/self/fd").length,
    scratchFiles: readdirSync(scratch).length,
  };
}

async function start({ modules, busy }: SoakSettings): Promise<string> {
  for (let each = 0; each < modules; each++) {
    // Most are small; some are for memory, and a few are too large for it.
    const size = each >= busy ? 400 : each % 500 === 7 ? 12_000_000 : each % 50 === 3 ? 2_000_000 : 400;
    world.publish(`example.org/m${each}`, "v1.0.0", { "x.txt": text(size) });
  }
  const proxy = await world.start();
  process.on("message", (order: SoakOrder) => {
    if (order.kind === "sample") void sample(proxy.log).then((found) => process.send?.({ sample: found } satisfies SoakAnswer)); // prettier-ignore
    if (order.kind === "forget") {
      for (const path of [order.path, `${order.path}.proof`]) rmSync(join(world.store, path), { force: true });
      process.send?.({} satisfies SoakAnswer);
    }
    if (order.kind === "stop") void world.close().then(() => process.disconnect?.());
  });
  return proxy.url;
}

process.once("message", (order: SoakOrder) => {
  if (order.kind === "start") void start(order.settings).then((url) => process.send?.({ url } satisfies SoakAnswer));
});
