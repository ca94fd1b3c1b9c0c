import { MedkitError } from "../../core/errors.ts";
import { withStaging } from "../../state/index.ts";
import { requireSpaceFor, systemErrorsNamed } from "../store/space.ts";
import type { ObjectStore } from "../types.ts";
import { Bucket } from "./bucket.ts";
import { objectFile } from "./read.ts";
import { S3Requester, type RequesterOptions } from "./requests.ts";
import { uploadFile } from "./upload.ts";

export interface S3StoreOptions extends RequesterOptions {
  /** Local folder for files before they are proven and uploaded. */
  readonly scratch: string;
}

export interface S3Store extends ObjectStore {
  /**
   * Tries what will be needed: listing, and with `writes` also putting under a condition. `atomic` is false where the server pays no heed to
   * conditions: `replace` is then two acts. Throws what requests throw.
   */
  check(writes: boolean): Promise<{ readonly atomic: boolean }>;
  /** Gives up uploads that were left unfinished a day ago. Returns how many. */
  abortLeftovers(): Promise<number>;
}

/** Proofs that are remembered: they are asked for at every request, and never change while their file stays the same. */
const mostProofs = 20_000;
/** Files that are on their way at once; more wait. */
const mostOnTheWay = 32;

/** A GOPROXY tree below `s3://BUCKET/PREFIX`, for any number of processes at once. Files are written to the local scratch folder, proven, and uploaded. */
export function s3Store(options: S3StoreOptions): S3Store {
  const bucket = new Bucket(new S3Requester(options));
  const proofs = new Map<string, Buffer>();
  const onTheWay = new Turns(mostOnTheWay);
  const forget = (path: string): void => void proofs.delete(path);
  return {
    open: async (path) => {
      const facts = await bucket.head(path);
      if (facts === undefined) return undefined;
      const proof = `${path}.proof`;
      // Another process replaced the file, and its proof with it.
      if (facts.sha256 !== undefined && proofs.get(proof)?.includes(facts.sha256) === false) forget(proof);
      return objectFile(bucket.requester, path, facts, async () => {
        // Without its proof it is looked at again before it is served: then it is removed, and fetched anew.
        forget(proof);
        await bucket.remove(proof).catch(() => undefined);
      });
    },
    read: async (path) => {
      const kept = proofs.get(path);
      if (kept !== undefined) return kept;
      const bytes = (await bucket.get(path))?.bytes;
      if (bytes !== undefined && path.endsWith(".proof")) {
        proofs.set(path, bytes);
        for (const oldest of proofs.keys()) {
          if (proofs.size <= mostProofs) break;
          forget(oldest);
        }
      }
      return bytes;
    },
    names: (folder) => bucket.names(folder === "" || folder.endsWith("/") ? folder : `${folder}/`),
    write: async (path, bytes) => {
      forget(path);
      await bucket.put(path, bytes);
    },
    publish: (path, work) =>
      onTheWay.run(() =>
        systemErrorsNamed(options.scratch, async () => {
          await requireSpaceFor(path, options.scratch);
          return await withStaging(options.scratch, "fetch", async (staging) => {
            const scratch = `${staging.path}/file`;
            const result = await work(scratch);
            await uploadFile(bucket, path, scratch);
            return result;
          });
        }),
      ),
    remove: async (path) => {
      forget(path);
      await bucket.remove(path);
    },
    replace: async (path, previous, next) => {
      forget(path);
      const there = await bucket.get(path);
      if (previous === undefined ? there !== undefined : there?.bytes.equals(previous) !== true) return false;
      if (await bucket.put(path, next, there === undefined ? { absent: true } : { etag: there.etag })) return true;
      // A request that was sent again may have met its own first try.
      return (await bucket.get(path))?.bytes.equals(next) === true;
    },
    check: async (writes) => {
      await bucket.names(".medkit/");
      if (!writes) return { atomic: false };
      const path = `.medkit/try-${options.clock.now().getTime()}-${Math.random().toString(36).slice(2, 10)}`;
      const text = Buffer.from("medkit tries whether this server heeds If-None-Match and If-Match\n");
      try {
        await bucket.put(path, text);
        const heedsAbsent = !(await bucket.put(path, text, { absent: true }));
        const heedsTag = !(await bucket.put(path, text, { etag: '"0123456789abcdef0123456789abcdef"' }));
        return { atomic: heedsAbsent && heedsTag };
      } catch (error) {
        // 501 NotImplemented is how some servers say that they know no conditions.
        if (error instanceof MedkitError && /^501\b/.test(String(error.params["reason"]))) return { atomic: false };
        throw error;
      } finally {
        await bucket.remove(path).catch(() => undefined);
      }
    },
    abortLeftovers: () => bucket.abortLeftovers(options.clock.now()),
  };
}

/** Lets so many pieces of work run at once; the others wait for their turn. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
