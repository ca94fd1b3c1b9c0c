import { createHash } from "node:crypto";
import { formatRecord, formatTree } from "../log-record.ts";
import { createNoteSigner, ed25519FromSeed, parseVerifierKey, signNote, type NoteSigner, type NoteVerifier } from "../note.ts";
import { parseTilePath, tileParent, type Tile } from "../tile.ts";
import { nodeHash, recordHash, storedHashIndex, subtreeIndexes } from "../tlog.ts";
import type { ModuleVersion } from "../types.ts";

/** What a database may do to a path's answer: another answer, or undefined for the honest one. */
export type Lie = (path: string, honest: Buffer | undefined) => Buffer | undefined;

/** A checksum database in memory, with a key of its own. Records are added only at the end; heads and tiles of every size can be had. */
export class FakeLog {
  readonly name: string;
  readonly verifier: NoteVerifier;
  /** As GOSUMDB has it. */
  readonly key: string;
  readonly signer: NoteSigner;
  readonly records: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #stored: Buffer[] = [];
  /** The size that `latest`, lookups and tiles are served for; undefined: all of it. */
  served: number | undefined;
  /** Whether partial tiles are still there once wider ones are. */
  keepsPartial = true;
  readonly asked: string[] = [];

  constructor(name = "sum.example.org", seed = "honest") {
    this.name = name;
    const { signer, verifierKey } = createNoteSigner(name, ed25519FromSeed(createHash("sha256").update(seed).digest()));
    this.signer = signer;
    this.verifier = parseVerifierKey(verifierKey);
    this.key = verifierKey;
  }

  get size(): number {
    return this.records.length;
  }

  add(path: string, version: string, text = recordText({ path, version }, "honest")): number {
    const n = this.records.push(text) - 1;
    this.#numbers.set(`${path}@${version}`, n);
    let hash = recordHash(text);
    this.#stored.push(hash);
    for (let level = 0, m = n; m % 2 === 1; level++, m = (m - 1) / 2) {
      hash = nodeHash(this.#stored[storedHashIndex(level, m - 1)] ?? Buffer.alloc(0), hash);
      this.#stored.push(hash);
    }
    return n;
  }

  /** `count` modules `example.org/m<number>` at v1.0.0. */
  fill(count: number): this {
    for (let n = 0; n < count; n++) this.add(`example.org/m${this.size}`, "v1.0.0");
    return this;
  }

  /** Reads stored hashes. */
  readonly read = async (indexes: readonly number[]): Promise<Buffer[]> => indexes.map((index) => this.#stored[index] ?? Buffer.alloc(0));

  root(size = this.size): Buffer {
    const hashes = subtreeIndexes(0, size).map((index) => this.#stored[index] ?? Buffer.alloc(0));
    return hashes.length === 0 ? createHash("sha256").digest() : hashes.reduceRight((right, left) => nodeHash(left, right));
  }

  head(size = this.served ?? this.size, extra = ""): string {
    return signNote(formatTree({ size, root: this.root(size) }) + extra, [this.signer]);
  }

  tile(tile: Tile): Buffer {
    const hashes = Array.from({ length: tile.width }, (_, i) => this.#stored[storedHashIndex(8 * tile.level, 256 * tile.n + i)] ?? Buffer.alloc(0));
    return Buffer.concat(hashes);
  }

  answer(path: string): Buffer | undefined {
    const size = this.served ?? this.size;
    if (path === "latest") return Buffer.from(this.head());
    if (path.startsWith("lookup/")) {
      const id = this.#numbers.get(path.slice("lookup/".length));
      return id === undefined || id >= size ? undefined : Buffer.from(formatRecord({ id, text: this.records[id] ?? "", note: this.head() }));
    }
    const tile = parseTilePath(path);
    const widest = tile === undefined ? undefined : tileParent(tile, 0, size);
    if (tile === undefined || widest === undefined || tile.width > widest.width) return undefined;
    return tile.width < widest.width && !this.keepsPartial ? undefined : this.tile(tile);
  }

  /** As a source for a client that keeps nothing. */
  fetcher(lie: Lie = (_, honest) => honest): (path: string) => Promise<Buffer | undefined> {
    return async (path) => {
      this.asked.push(path);
      return lie(path, this.answer(path));
    };
  }
}

/** A record's text with hashes that depend on the module and on `flavour`. */
export function recordText({ path, version }: ModuleVersion, flavour: string): string {
  const hash = (what: string): string => `h1:${createHash("sha256").update(`${path}@${version} ${what} ${flavour}`).digest("base64")}`;
  return `${path} ${version} ${hash("zip")}\n${path} ${version}/go.mod ${hash("mod")}\n`;
}
