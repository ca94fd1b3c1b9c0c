import { hash as digest } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";

export interface FileDigest {
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** Octets. */
  readonly size: number;
}

/** What the other thread gets. `next` counts the files that somebody has taken. */
export interface HashTask {
  readonly root: string;
  readonly paths: readonly string[];
  readonly next: Int32Array;
}

/** Files that a thread takes at a time: few enough that both end together. */
const batch = 64;
/** With fewer files a second thread costs more than it brings. */
const worthAThread = 2000;

/** Hashes one batch of what is left; an empty list where nothing is. Synchronous: for small files a promise each costs more than the hashing. */
export function hashBatch({ root, paths, next }: HashTask): [index: number, found: FileDigest][] {
  const begin = Atomics.add(next, 0, batch);
  const found: [number, FileDigest][] = [];
  for (let index = begin; index < Math.min(begin + batch, paths.length); index++) {
    const content = readFileSync(`${root}/${paths[index] ?? ""}`);
    found.push([index, { sha256: digest("sha256", content, "hex"), size: content.length }]);
  }
  return found;
}

/** Results of a second thread that takes from the same task; undefined where it failed: then what it had taken is still to do. */
function startHelper(task: HashTask): {
  readonly results: Promise<readonly [number, FileDigest][] | undefined>;
  stop(): Promise<number>;
} {
  const worker = new Worker(new URL("./hash-files.worker.ts", import.meta.url), { workerData: task });
  const results = new Promise<readonly [number, FileDigest][] | undefined>((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
  return { results, stop: () => worker.terminate() };
}

/** Digests of files below a folder, in the order of `paths`, by two threads where there are two processors. Throws what reading throws. */
export async function hashFiles(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly FileDigest[]> {
  const task: HashTask = { root, paths, next: new Int32Array(new SharedArrayBuffer(4)) };
  const isWorthIt = paths.length >= worthAThread && availableParallelism() > 1;
  const helper = isWorthIt ? startHelper(task) : undefined;
  try {
    const digests = new Map<number, FileDigest>();
    for (let turns = 0; ; turns++) {
      const found = hashBatch(task);
      if (found.length === 0) break;
      for (const [index, each] of found) digests.set(index, each);
      if (turns % 8 !== 7) continue;
      await nextTurn();
      signal.throwIfAborted();
    }
    for (const [index, each] of (await helper?.results) ?? []) digests.set(index, each);
    return paths.map((path, index) => {
      const known = digests.get(index);
      if (known !== undefined) return known;
      // The helper has failed: here the reason shows, if it is the file's.
      const content = readFileSync(`${root}/${path}`);
      return { sha256: digest("sha256", content, "hex"), size: content.length };
    });
  } finally {
    await helper?.stop();
  }
}
