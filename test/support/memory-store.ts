import { Readable } from "node:stream";
import type { ObjectStore } from "../../src/proxy/index.ts";

/** A store in memory, for what needs no disk. It cannot fill scratch files. */
export function memoryStore(files: Map<string, Buffer>): ObjectStore {
  return {
    open: (path) => {
      const bytes = files.get(path);
      if (bytes === undefined) return Promise.resolve(undefined);
      return Promise.resolve({
        size: bytes.length,
        modified: new Date(0),
        stream: (start: number, end: number) => Readable.from([bytes.subarray(start, end)]),
        bytes: () => Promise.resolve(bytes),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
    read: (path) => Promise.resolve(files.get(path)),
    names: (folder) => {
      const below = [...files.keys()]
        .filter((path) => path.startsWith(folder))
        .map((path) => path.slice(folder.length));
      return Promise.resolve([...new Set(below.map((path) => path.split("/")[0] ?? ""))]);
    },
    write: (path, bytes) => Promise.resolve(void files.set(path, Buffer.from(bytes))),
    publish: () => Promise.reject(new Error("there is no disk")),
    replace: (path, previous, next) => {
      const there = files.get(path);
      if (previous === undefined ? there !== undefined : there?.equals(previous) !== true)
        return Promise.resolve(false);
      files.set(path, Buffer.from(next));
      return Promise.resolve(true);
    },
    remove: (path) => Promise.resolve(void files.delete(path)),
  };
}
