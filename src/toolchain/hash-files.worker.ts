import { parentPort, workerData } from "node:worker_threads";
import { hashBatch, type FileDigest, type HashTask } from "./hash-files.ts";

const all: [number, FileDigest][] = [];
for (;;) {
  const found = hashBatch(workerData as HashTask);
  if (found.length === 0) break;
  all.push(...found);
}
// A port between threads has no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(all);
