import { ChecksumDatabase, type DatabaseOps, type DatabaseOptions } from "../checksum-database.ts";
import type { FakeLog, Lie } from "./fake-log.ts";

/** What a client keeps between runs. */
export interface World {
  readonly cache: Map<string, Buffer>;
  readonly memory: { note: string | undefined };
}

export function client(
  log: FakeLog,
  lie?: Lie,
  world: World = { cache: new Map(), memory: { note: undefined } },
  options: DatabaseOptions = {},
): ChecksumDatabase {
  const ops: DatabaseOps = {
    fetch: log.fetcher(lie),
    readCache: async (path) => world.cache.get(path),
    writeCache: async (path, data) => void world.cache.set(path, Buffer.from(data)),
    readHead: async () => world.memory.note,
    writeHead: async (previous, next) => {
      if (world.memory.note !== previous) return false;
      world.memory.note = next;
      return true;
    },
  };
  return new ChecksumDatabase(log.verifier, ops, options);
}

export const m = (n: number): { path: string; version: string } => ({ path: `example.org/m${n}`, version: "v1.0.0" });
export const lookupPath = (n: number): string => `lookup/example.org/m${n}@v1.0.0`;
export const onPath =
  (path: string, change: (honest: Buffer) => Buffer | string | undefined): Lie =>
  (asked, honest) => {
    if (asked !== path || honest === undefined) return honest;
    const changed = change(honest);
    return typeof changed === "string" ? Buffer.from(changed) : changed;
  };
export const flip = (data: Buffer, at: number): Buffer => {
  const copy = Buffer.from(data);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};
