import { setTimeout as sleep } from "node:timers/promises";
import { parseDuration } from "../../core/duration.ts";
import type { Ports } from "../../core/ports.ts";
import { parseBytes } from "../../core/parse-bytes.ts";
import { moduleName } from "../../module/index.ts";
import { readInventory, type ProofMemory } from "../store/inventory.ts";
import type { ObjectStore } from "../types.ts";
import type { UseLedger } from "../use/types.ts";
import { applyPrune, proofsOf } from "./apply.ts";
import type { QuotaConfig } from "./config.ts";
import { everythingMayGo, planPrune, prunables } from "./plan.ts";
import type { PrunePlan } from "./types.ts";

/** Milliseconds between looks at whether it is full, and between walks of the store where it does not seem so. */
const lookEvery = 5_000;
const walkEvery = 600_000;

/** Where it was over the size, so much of it is freed besides, so that not every fetch makes it walk. */
const slack = 0.95;

export interface QuotaOptions {
  readonly clock: Ports["clock"];
  readonly use: UseLedger;
  /** Name of the checksum database. */
  readonly database: string;
  readonly config: QuotaConfig;
  readonly onPruned?: (plan: PrunePlan) => void;
}

/**
 * Keeps a store within its quota while it is served. Counts what is stored through it, walks the store now and then for what others stored, and removes what was
 * used least recently. Between two looks the store may be over its size by what is fetched meanwhile.
 */
export class QuotaKeeper {
  /** The store to serve from: writing through it is counted. */
  readonly store: ObjectStore;
  readonly #options: QuotaOptions;
  readonly #size: number | undefined;
  readonly #unusedFor: number | undefined;
  readonly #memory: ProofMemory = new Map();
  #octets = Number.POSITIVE_INFINITY;
  #walkedAt = Number.NEGATIVE_INFINITY;

  constructor(store: ObjectStore, options: QuotaOptions) {
    this.#options = options;
    const { size, unusedFor } = options.config;
    this.#size = size === undefined ? undefined : parseBytes(size);
    this.#unusedFor = unusedFor === undefined ? undefined : parseDuration(unusedFor);
    this.store = {
      open: (path) => store.open(path),
      read: (path) => store.read(path),
      names: (folder) => store.names(folder),
      write: (path, bytes) => store.write(path, bytes),
      remove: (path) => store.remove(path),
      replace: (path, previous, next) => store.replace(path, previous, next),
      ...(store.localPath === undefined ? {} : { localPath: store.localPath.bind(store) }),
      publish: async (path, work) => {
        const result = await store.publish(path, work);
        const file = await store.open(path);
        this.#octets += file?.size ?? 0;
        await file?.[Symbol.asyncDispose]();
        return result;
      },
    };
  }

  /** Looks until the signal. What fails is tried again: a quota that cannot be kept must not end the service. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const isFull = this.#size !== undefined && this.#octets > this.#size;
      const isDue = this.#options.clock.monotonic() - this.#walkedAt > walkEvery;
      if (isFull || isDue) await this.keep(signal).catch(() => undefined);
      await sleep(lookEvery, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Walks the store once, and removes what is too much. */
  async keep(signal: AbortSignal): Promise<PrunePlan> {
    const { clock, use, database, onPruned } = this.#options;
    this.#walkedAt = clock.monotonic();
    await use.refresh();
    const { versions } = await readInventory(this.store, this.#memory);
    this.#forgetGone(new Set(versions.map(moduleName)));
    const stored = prunables(versions, use);
    const octets = stored.reduce((sum, each) => sum + each.mod + each.zip, 0);
    const isOver = this.#size !== undefined && octets > this.#size;
    const plan = planPrune(stored, {
      size: isOver ? Math.floor((this.#size ?? 0) * slack) : undefined,
      unusedSince: this.#unusedFor === undefined ? undefined : clock.now().getTime() - this.#unusedFor,
      storedBefore: undefined,
      mayGo: everythingMayGo,
    });
    this.#octets = plan.after;
    if (plan.items.length === 0) return plan;
    await applyPrune(this.store, database, plan, signal, (item) => {
      for (const proof of proofsOf(item)) this.#memory.delete(proof);
      if (item.part === "version") use.forget(item);
    });
    onPruned?.(plan);
    return plan;
  }

  /** Proofs and uses of what is there no longer would be remembered for ever. */
  #forgetGone(stored: ReadonlySet<string>): void {
    for (const each of this.#options.use.uses()) if (!stored.has(moduleName(each))) this.#options.use.forget(each);
    if (this.#memory.size > 4 * stored.size + 1_000) this.#memory.clear();
  }
}
