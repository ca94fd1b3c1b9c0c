import { setTimeout as sleep } from "node:timers/promises";
import type { Ports } from "../../core/ports.ts";
import { canonicalVersion, moduleName, type ModuleVersion } from "../../module/index.ts";
import type { AccessRecord, ObjectStore } from "../types.ts";
import type { Refusal, UsedFile, UseLedger, VersionUse } from "./types.ts";
import { formatUseFile, mergeUses, parseUseFile, withClient } from "./use-file.ts";

/** Where replicas keep what they know, one file each. No module's path begins with a dot. */
const folder = ".use/";

const mostRefusals = 500;

/**
 * Opens the ledger of a store. `replica` names this process among those that share the store, and so its file; undefined only reads. Files that cannot be read are passed over.
 * Writing is the caller's: `flush` every minute, and at the end.
 */
export async function openUse(store: ObjectStore, replica: string | undefined): Promise<UseLedger> {
  const ledger = new Ledger(
    store,
    replica === undefined ? undefined : `${replica.replace(/[^A-Za-z0-9-]+/g, "-")}.json`,
  );
  await ledger.open();
  return ledger;
}

/** Milliseconds between two writings, at least. */
const interval = 60_000;

/** Writes the ledger every minute, more seldom where that takes long, and a last time when the signal comes. Resolves then. */
export async function keepUse(ledger: UseLedger, clock: Ports["clock"], signal: AbortSignal): Promise<void> {
  let wait = interval;
  while (!signal.aborted) {
    await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined);
    const started = clock.monotonic();
    // A full disk costs the memory of a minute, and is told by what is stored.
    await ledger.flush().catch(() => undefined);
    wait = Math.max(interval, 500 * (clock.monotonic() - started));
  }
}

class Ledger implements UseLedger {
  readonly #store: ObjectStore;
  /** Undefined: this one only reads. */
  readonly #name: string | undefined;
  readonly #own = new Map<string, VersionUse>();
  #others: ReadonlyMap<string, VersionUse> = new Map();
  #refusals: Refusal[] = [];
  #othersRefusals: readonly Refusal[] = [];
  #isNew = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(store: ObjectStore, name: string | undefined) {
    this.#store = store;
    this.#name = name;
  }

  async open(): Promise<void> {
    if (this.#name !== undefined) {
      const own = await this.#read(this.#name);
      for (const each of own?.versions ?? []) this.#own.set(moduleName(each), each);
      this.#refusals = [...(own?.refusals ?? [])].slice(-mostRefusals);
    }
    await this.refresh();
  }

  async #read(name: string): Promise<ReturnType<typeof parseUseFile>> {
    const bytes = await this.#store.read(folder + name);
    return bytes === undefined ? undefined : parseUseFile(bytes.toString("utf8"));
  }

  async refresh(): Promise<void> {
    const versions: VersionUse[] = [];
    const refusals: Refusal[] = [];
    for (const name of await this.#store.names(folder)) {
      if (name === this.#name || !/^[A-Za-z0-9-]+\.json$/.test(name)) continue;
      const read = await this.#read(name);
      versions.push(...(read?.versions ?? []));
      refusals.push(...(read?.refusals ?? []));
    }
    this.#others = mergeUses(versions);
    this.#othersRefusals = refusals;
  }

  note(record: AccessRecord): void {
    const { module: path, version, status } = record;
    if (status >= 400) {
      this.#noteRefusal(record);
      return;
    }
    if (path === undefined || version === undefined) return;
    const name = moduleName({ path, version });
    const known = this.#own.get(name);
    // A branch or a commit is no version that lies in the store.
    if (known === undefined && canonicalVersion(version) !== version) return;
    const zip = record.path.endsWith(".zip") ? record.time : known?.lastZip;
    this.#own.set(name, {
      path,
      version,
      first: known?.first ?? record.time,
      last: record.time,
      ...(zip === undefined ? {} : { lastZip: zip }),
      count: (known?.count ?? 0) + 1,
      clients: withClient(known?.clients ?? [], record.client),
    });
    this.#isNew = true;
  }

  #noteRefusal({ time, client, path, status, refused, module, version }: AccessRecord): void {
    if (refused === undefined || [404, 405, 410, 416].includes(status)) return;
    const named = { ...(module === undefined ? {} : { module }), ...(version === undefined ? {} : { version }) };
    this.#refusals.push({ time, client, path, status, reason: refused, ...named });
    if (this.#refusals.length > mostRefusals) this.#refusals.shift();
    this.#isNew = true;
  }

  use(module: ModuleVersion): VersionUse | undefined {
    const name = moduleName(module);
    const both = [this.#own.get(name), this.#others.get(name)].filter((each) => each !== undefined);
    return mergeUses(both).get(name);
  }

  lastUse(module: ModuleVersion, file: UsedFile = "any"): Date | undefined {
    const use = this.use(module);
    const time = file === "zip" ? use?.lastZip : use?.last;
    return time === undefined ? undefined : new Date(time);
  }

  uses(): Iterable<VersionUse> {
    return mergeUses([...this.#own.values(), ...this.#others.values()]).values();
  }

  refusals(): readonly Refusal[] {
    return [...this.#refusals, ...this.#othersRefusals]
      .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
      .slice(-mostRefusals);
  }

  forget(module: ModuleVersion): void {
    if (this.#own.delete(moduleName(module))) this.#isNew = true;
  }

  async flush(): Promise<void> {
    if (this.#name === undefined || !this.#isNew) return;
    const path = folder + this.#name;
    // One writing after the other.
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        this.#isNew = false;
        const file = { versions: [...this.#own.values()], refusals: this.#refusals };
        await this.#store.write(path, Buffer.from(formatUseFile(file)));
      });
    await this.#writing;
  }
}
