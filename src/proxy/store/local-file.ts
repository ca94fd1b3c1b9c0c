import { createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { withStaging } from "../../state/index.ts";
import type { ObjectStore } from "../types.ts";

/** Gives `work` an object as a file of this machine: where it lies, else a copy that is gone afterwards. The object must be there. */
export async function withLocalFile<Result>(
  store: ObjectStore,
  path: string,
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  if (store.localPath !== undefined) return await work(store.localPath(path));
  return await withStaging(join(tmpdir(), `medkit-${process.getuid?.() ?? 0}`), "object", async (staging) => {
    const copy = join(staging.path, "object");
    const file = await store.open(path);
    if (file !== undefined) await pipeline(file.stream(0, file.size), createWriteStream(copy, { flags: "wx" }));
    return await work(copy);
  });
}
