import { link, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { sha256Hex } from "../../core/digest.ts";
import { fromSystemError, MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { indexFiles, indexNames, newestChange } from "./index-files.ts";
import { rangesText } from "./lookup.ts";
import { parseEntry, type VulnEntry } from "./osv.ts";
import { readSnapshotFile, readSums, sumsName, type Snapshot, type SnapshotFacts } from "./snapshot.ts";
import type { ListedEntry, VulnSource } from "./source.ts";

export type SyncPorts = Pick<Ports, "clock" | "env" | "process" | "progress">;

export interface SyncOptions {
  /** Takes a database that has less, or older entries, than what is here. */
  readonly acceptOlder: boolean;
}

/** So many entries are read at the same time. */
const abreast = 8;

export interface BuilderOptions {
  readonly ports: SyncPorts;
  /** An empty folder. */
  readonly folder: string;
  readonly source: VulnSource;
  readonly options: SyncOptions;
  readonly old: Snapshot | undefined;
  readonly before: readonly VulnEntry[];
}

/** Writes a snapshot into an empty folder. */
export class SnapshotBuilder {
  readonly #given: BuilderOptions;
  readonly #ports: SyncPorts;
  readonly #folder: string;
  readonly #before: ReadonlyMap<string, VulnEntry>;
  readonly #entries: VulnEntry[] = [];
  readonly #sums = new Map<string, string>();
  changed = 0;

  constructor(given: BuilderOptions) {
    this.#given = given;
    this.#ports = given.ports;
    this.#folder = given.folder;
    this.#before = new Map(given.before.map((each) => [each.id, each]));
  }

  /** Takes over what is the same, and reads the rest. */
  async fill(listed: readonly ListedEntry[], same: ReadonlySet<string>): Promise<void> {
    const { progress, clock } = this.#ports;
    const step = "vulndb";
    const started = clock.monotonic();
    progress.emit({ type: "step-start", step });
    await mkdir(join(this.#folder, "ID"));
    await mkdir(join(this.#folder, "index"));
    const { old } = this.#given;
    const oldSums = old === undefined ? new Map<string, string>() : await readSums(old);
    const queue = [...listed].toReversed();
    let done = 0;
    const work = async (): Promise<void> => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const isThere = same.has(next.id) && (await this.#takeOver(next.id, oldSums));
        if (!isThere) await this.#fetch(next, oldSums);
        progress.emit({ type: "step-progress", step, done: ++done, total: listed.length, unit: "files" });
      }
    };
    await Promise.all(Array.from({ length: abreast }, work));
    progress.emit({ type: "step-end", step, milliseconds: clock.monotonic() - started });
  }

  /** Links an entry's files out of the old snapshot; false where they are not there as they were. */
  async #takeOver(id: string, oldSums: ReadonlyMap<string, string>): Promise<boolean> {
    const { old } = this.#given;
    const entry = this.#before.get(id);
    if (old === undefined || entry === undefined) return false;
    const names = [`ID/${id}.json`, `ID/${id}.json.gz`];
    for (const name of names) {
      const bytes = await readSnapshotFile(old, name);
      if (bytes === undefined || sha256Hex(bytes) !== oldSums.get(name)) return false;
    }
    for (const name of names) {
      try {
        await link(join(old.folder, name), join(this.#folder, name));
      } catch (error) {
        throw fromSystemError(error, join(this.#folder, name));
      }
      this.#sums.set(name, oldSums.get(name) ?? "");
    }
    this.#entries.push(entry);
    return true;
  }

  async #fetch({ id, modified }: ListedEntry, oldSums: ReadonlyMap<string, string>): Promise<void> {
    const { old, source, options } = this.#given;
    const given = await source.read(id);
    const parsed = parseEntry(given, id);
    if (modified !== undefined && Date.parse(parsed.modified) !== Date.parse(modified)) {
      const problem = "it is of another time than the index says: the source may be changing, try again";
      throw new MedkitError("VULNDB_INVALID", { what: id, problem });
    }
    const kept = old === undefined ? undefined : await readSnapshotFile(old, `ID/${id}.json`);
    const bytes = Date.parse(parsed.modified) > 0 ? given : stamped(given, kept, this.#stamp());
    if (kept?.equals(bytes) === true && (await this.#takeOver(id, oldSums))) return;
    const entry = parseEntry(bytes, id);
    const before = this.#before.get(id);
    if (before !== undefined && Date.parse(entry.modified) < Date.parse(before.modified) && !options.acceptOlder)
      throw new MedkitError("VULNDB_OLDER", { source: source.name, gone: 0, older: 1, example: id });
    if (before !== undefined) this.changed++;
    this.#entries.push(entry);
    await this.#write(`ID/${id}.json`, bytes, true);
  }

  #stamp(): string {
    return (
      this.#given.source.stamp ??
      this.#ports.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, "Z")
    );
  }

  /** Writes the indices, and says what the snapshot is called. */
  async finish(): Promise<{ readonly id: string; readonly facts: SnapshotFacts }> {
    this.#entries.sort((a, b) => (a.id < b.id ? -1 : 1));
    const index = indexFiles(this.#entries);
    for (const name of indexNames) await this.#write(`index/${name}`, Buffer.from(index[name]), true);
    await this.#write("ranges.json", Buffer.from(rangesText(this.#entries)), false);
    const modified = newestChange(this.#entries);
    const digest = sha256Hex(this.#sumsText());
    const { name, proven } = this.#given.source;
    const facts: SnapshotFacts = {
      schema: "medkit/vulndb-snapshot/v1",
      source: name,
      ...(proven === undefined ? {} : { proven }),
      syncedAt: this.#ports.clock.now().toISOString(),
      modified,
      entries: this.#entries.length,
    };
    await this.#write("snapshot.json", Buffer.from(`${JSON.stringify(facts)}\n`), false);
    await writeFile(join(this.#folder, sumsName), this.#sumsText(), { flag: "wx" });
    const time = new Date(modified).toISOString().replaceAll(/[-:]|\.\d+/g, ""); // prettier-ignore
    return { id: `${time}-${digest.slice(0, 12)}`, facts };
  }

  #sumsText(): string {
    const names = [...this.#sums.keys()].toSorted();
    return names.map((name) => `${this.#sums.get(name) ?? ""}  ${name}\n`).join("");
  }

  async #write(name: string, bytes: Buffer, packed: boolean): Promise<void> {
    const files: [string, Buffer][] = [
      [name, bytes],
      ...(packed ? [[`${name}.gz`, gzipSync(bytes)] as [string, Buffer]] : []),
    ];
    for (const [path, content] of files) {
      try {
        await writeFile(join(this.#folder, path), content, { flag: "wx", mode: 0o644 });
      } catch (error) {
        throw fromSystemError(error, join(this.#folder, path));
      }
      this.#sums.set(path, sha256Hex(content));
    }
  }
}

/**
 * An entry out of the database's own repository, where nothing has a time yet: Go's generator puts in that of the last commit. One that has not changed
 * since keeps the times it got before.
 */
function stamped(given: Buffer, old: Buffer | undefined, time: string): Buffer {
  const parse = (bytes: Buffer): Record<string, unknown> =>
    JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
  const entry = parse(given);
  const before = old === undefined ? undefined : parse(old);
  const timeless = (value: Record<string, unknown>): string =>
    JSON.stringify({ ...value, modified: "", published: "" });
  if (before !== undefined && timeless(before) === timeless({ ...entry })) return old ?? given;
  const published = before?.["published"] ?? publishedOr(entry["published"], time);
  return Buffer.from(JSON.stringify({ ...entry, modified: time, published }));
}

function publishedOr(value: unknown, time: string): string {
  return typeof value === "string" && Date.parse(value) > 0 ? value : time;
}
