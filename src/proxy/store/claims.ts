import { setTimeout as sleep } from "node:timers/promises";
import { sha256Hex } from "../../core/digest.ts";
import { MedkitError, systemCode } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { isDeadProcess, ownIdentity, uniqueToken } from "../../state/index.ts";
import type { ObjectStore } from "../types.ts";

export interface ClaimsOptions {
  readonly store: Pick<ObjectStore, "names" | "read" | "replace" | "remove">;
  readonly clock: Pick<Ports["clock"], "monotonic">;
  /** Milliseconds between two signs of life of a holder. Default 4,000. */
  readonly beat?: number;
  /** Milliseconds without one after which others take over. Default 15,000. */
  readonly patience?: number;
  /** Milliseconds for which a living holder is waited for. Default 300,000. */
  readonly longest?: number;
}

/** No module's path begins with a dot. */
const folder = ".medkit/claims/";
const mostSwept = 10_000;

interface Mine {
  readonly path: string;
  bytes: Buffer;
}

/** The holder's process, and a part that no other holding and no other beat has. */
function claimText(token: string, beat: number): Buffer {
  return Buffer.from(`${JSON.stringify({ schema: "medkit/claim/v1", token, beat, process: ownIdentity() })}\n`);
}

/**
 * Lets one of several processes that share a store do a piece of work while the others wait for what it stores. A claim is a small file that its
 * holder writes anew again and again; one that stays as it is, by the waiter's own clock, has lost its holder. It saves work and guards nothing: where it fails
 * (the holder slept, the store cannot keep it), the work is done twice, and what is stored is as right as before.
 */
export class Claims {
  readonly #options: ClaimsOptions;

  constructor(options: ClaimsOptions) {
    this.#options = options;
  }

  /** `found` looks whether the work is done by now; `work` does it. */
  async run<Result>(
    key: string,
    found: () => Promise<Result | undefined>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const mine = await this.#obtain(`${folder}${sha256Hex(key).slice(0, 40)}`);
    if (mine === undefined) return (await found()) ?? (await work());
    const beats = this.#beat(mine);
    try {
      return (await found()) ?? (await work());
    } finally {
      await beats.end();
    }
  }

  /** Removes claims whose holders were killed, and which nobody asked for again. Takes as long as patience. Returns how many. */
  async sweep(): Promise<number> {
    const { store, patience = 15_000 } = this.#options;
    const seen = new Map<string, Buffer>();
    for (const name of (await store.names(folder)).slice(0, mostSwept)) {
      const there = await store.read(`${folder}${name}`);
      if (there !== undefined) seen.set(name, there);
    }
    if (seen.size === 0) return 0;
    await sleep(patience, undefined, { ref: false });
    let removed = 0;
    for (const [name, bytes] of seen) {
      if ((await store.read(`${folder}${name}`))?.equals(bytes) !== true) continue;
      await store.remove(`${folder}${name}`);
      removed++;
    }
    return removed;
  }

  /** Undefined where another held it and let it go, or it cannot be had. */
  async #obtain(path: string): Promise<Mine | undefined> {
    const { store, clock, patience = 15_000, longest = 300_000 } = this.#options;
    const bytes = claimText(uniqueToken(), 0);
    const since = clock.monotonic();
    let seen: { readonly bytes: Buffer; readonly at: number } | undefined;
    try {
      for (let delay = 25; ; delay = Math.min(delay * 1.5, 500)) {
        const there = await store.read(path);
        const now = clock.monotonic();
        if (there === undefined) {
          // Whoever held it is done, and most likely with success: then nothing is left to do. If not, nobody waits twice.
          if (seen !== undefined) return undefined;
          if (await store.replace(path, undefined, bytes)) return { path, bytes };
          continue;
        }
        if (seen?.bytes.equals(there) !== true) seen = { bytes: there, at: now };
        if (now - seen.at > patience || isHolderDead(there)) {
          if (await store.replace(path, there, bytes)) return { path, bytes };
          continue;
        }
        if (now - since > longest) return undefined;
        await sleep(delay * (0.75 + Math.random() / 2));
      }
    } catch (error) {
      if (!(error instanceof MedkitError) && systemCode(error) === undefined) throw error;
      return undefined;
    }
  }

  #beat(mine: Mine): { end(): Promise<void> } {
    const { store, beat = 4_000 } = this.#options;
    const ending = new AbortController();
    const token = uniqueToken();
    const beating = (async () => {
      for (let count = 1; ; count++) {
        await sleep(beat, undefined, { signal: ending.signal, ref: false });
        const next = claimText(token, count);
        // Somebody took it over: we slept too long. The work goes on, and its result is as good.
        if (!(await store.replace(mine.path, mine.bytes, next))) return;
        mine.bytes = next;
      }
    })().catch(() => undefined);
    return {
      end: async () => {
        ending.abort();
        await beating;
        try {
          const there = await store.read(mine.path);
          if (there?.equals(mine.bytes) === true) await store.remove(mine.path);
        } catch {
          // It grows old, and is taken over.
        }
      },
    };
  }
}

function isHolderDead(bytes: Buffer): boolean {
  try {
    return isDeadProcess((JSON.parse(bytes.toString("utf8")) as { process?: unknown } | null)?.process);
  } catch {
    // Torn, or another program's: it has to grow old.
    return false;
  }
}
