import { copyFile, lstat, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { ensureFolder, removeTree, writeFileAtomic } from "./atomic-write.ts";
import type { Layout } from "./layout.ts";
import { type Lock, acquireLock } from "./lock.ts";

/** What is there of a file that was being downloaded, in octets; `end` is not in a stretch. */
export interface PartialFile {
  /** Tells the file from every other at its address: a strong entity tag, or an old date (RFC 9110, section 8.8). Undefined where files there never change. */
  readonly validator: string | undefined;
  readonly total: number;
  readonly there: readonly { readonly start: number; readonly end: number }[];
}

/** How long interrupted downloads are kept, in milliseconds, and how many octets of them altogether. */
const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;
const KEPT_OCTETS = 1024 * 1024 * 1024;

/** An interrupted download, ours alone until it is released. What it holds is believed by nobody: the finished file is proven as any other. */
export interface KeptPartial {
  /** Where the octets lie, each at its place. */
  readonly data: string;
  /** What an earlier command left; undefined where that is nothing, or nothing of use. */
  readonly found: PartialFile | undefined;
  /** Makes room for the octets of another file; what was there is gone. */
  begin(): Promise<void>;
  /** Writes down what is there. Only after the octets themselves: a command may be killed at any moment. */
  save(file: PartialFile): Promise<void>;
  drop(): Promise<void>;
  /** Gives the finished file away; nothing of it stays. */
  take(target: string): Promise<void>;
  release(): void;
}

/**
 * Takes what is kept of the file at an address, which has no credentials. Undefined where another command is at it: then this one downloads by itself.
 * HOST_READ_ONLY, HOST_NO_SPACE.
 */
export async function claimPartial(layout: Layout, address: string): Promise<KeptPartial | undefined> {
  const key = sha256Hex(address);
  const lock = await lockPartial(layout, key);
  if (lock === undefined) return undefined;
  try {
    const folder = layout.partial(key);
    const found = await readPartial(folder);
    if (found === undefined) await removeTree(folder);
    return new Kept(folder, address, found, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

class Kept implements KeptPartial {
  readonly data: string;
  readonly found: PartialFile | undefined;
  readonly #folder: string;
  readonly #address: string;
  readonly #lock: Lock;

  constructor(folder: string, address: string, found: PartialFile | undefined, lock: Lock) {
    this.data = join(folder, "data");
    this.found = found;
    this.#folder = folder;
    this.#address = address;
    this.#lock = lock;
  }

  async begin(): Promise<void> {
    await removeTree(this.#folder);
    await ensureFolder(this.#folder, 0o700);
  }

  async save({ validator, total, there }: PartialFile): Promise<void> {
    const { origin, pathname } = new URL(this.#address);
    const map = {
      schema: "medkit/partial-download/v1",
      // For people who look. A query may hold a secret, and is left out.
      from: origin + pathname,
      validator,
      total,
      there: there.map(({ start, end }) => [start, end]),
    };
    await writeFileAtomic(join(this.#folder, "map.json"), `${JSON.stringify(map)}\n`, { durable: false });
  }

  async drop(): Promise<void> {
    await removeTree(this.#folder);
  }

  async take(target: string): Promise<void> {
    try {
      await rename(this.data, target);
    } catch (error) {
      if (systemCode(error) !== "EXDEV") throw fromSystemError(error, target);
      await copyFile(this.data, target).catch((cause: unknown) => {
        throw fromSystemError(cause, target);
      });
    }
    await this.drop();
  }

  release(): void {
    this.#lock.release();
  }
}

async function lockPartial(layout: Layout, key: string): Promise<Lock | undefined> {
  try {
    return await acquireLock(layout.lock(`partial-${key}`), { purpose: "download" });
  } catch (error) {
    if (error instanceof MedkitError && error.code === "LOCKED") return undefined;
    throw error;
  }
}

/** Undefined where it is absent, torn, older than a week, or not as it should be. What is there will be written to: so it has to be ours, and nothing else's. */
async function readPartial(folder: string): Promise<PartialFile | undefined> {
  try {
    const map = join(folder, "map.json");
    const facts = [await lstat(folder), await lstat(map), await lstat(join(folder, "data"))] as const;
    const [own, { mtimeMs }, { size }] = facts;
    const areFiles = facts.slice(1).every((each) => each.isFile() && each.nlink === 1);
    const areOurs = facts.every(({ uid }) => uid === (process.geteuid?.() ?? uid));
    if (!own.isDirectory() || !areFiles || !areOurs || ageOf(mtimeMs) > KEPT_FOR) return undefined;
    const file = parsePartial(await readFile(map, "utf8"));
    return file !== undefined && (file.there.at(-1)?.end ?? 0) <= size ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds; of a time to come, how far off it is: a clock was wrong. */
function ageOf(mtimeMs: number): number {
  return Math.abs(Date.now() - mtimeMs);
}

function parsePartial(text: string): PartialFile | undefined {
  const value = JSON.parse(text) as Partial<Record<string, unknown>> | null;
  const { schema, validator, total, there } = value ?? {};
  if (schema !== "medkit/partial-download/v1" || !isCount(total) || !Array.isArray(there)) return undefined;
  if (validator !== undefined && !(typeof validator === "string" && /^[\x21-\x7E][\x20-\x7E]*$/.test(validator)))
    return undefined;
  let at = -1;
  const stretches = (there as readonly unknown[]).map((each) => {
    const [start, end] = Array.isArray(each) ? (each as readonly unknown[]) : [];
    // Sorted, not touching, not empty, within the file.
    if (!isCount(start) || !isCount(end) || start <= at || end <= start || end > total) throw new TypeError("map.json");
    at = end;
    return { start, end };
  });
  return { validator, total, there: stretches };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Removes interrupted downloads: those older than a week, and the oldest beyond a gibibyte altogether; with `all` every one. What another command is at
 * stays. Returns the folders; with `dryRun` those that would go, and nothing changes.
 */
export async function dropPartials(layout: Layout, { all = false, dryRun = false } = {}): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(layout.partials);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw fromSystemError(error, layout.partials);
  }
  const kept: { readonly key: string; readonly age: number; readonly size: number }[] = [];
  for (const key of names.filter((name) => /^[0-9a-f]{64}$/.test(name))) {
    const folder = layout.partial(key);
    const map = await lstat(join(folder, "map.json")).catch(() => undefined);
    const data = await lstat(join(folder, "data")).catch(() => undefined);
    // Octets on the disk: what is missing in the middle takes none. Without a map nobody can go on with it.
    const age = map === undefined ? Number.POSITIVE_INFINITY : ageOf(map.mtimeMs);
    kept.push({ key, age, size: (data?.blocks ?? 0) * 512 });
  }
  const removed: string[] = [];
  let octets = 0;
  for (const { key, age, size } of kept.toSorted((a, b) => a.age - b.age)) {
    octets += size;
    if (!all && age <= KEPT_FOR && octets <= KEPT_OCTETS) continue;
    const lock = dryRun ? { release: () => undefined } : await lockPartial(layout, key);
    if (lock === undefined) continue;
    try {
      if (!dryRun) await rm(layout.partial(key), { recursive: true, force: true });
      removed.push(layout.partial(key));
    } finally {
      lock.release();
    }
  }
  return removed;
}
