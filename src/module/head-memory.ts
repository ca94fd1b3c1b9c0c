import { MedkitError } from "../core/errors.ts";
import { openTreeHead } from "./log-record.ts";
import type { NoteVerifier } from "./note.ts";
import { checkTreeProof, proveTree, sameHash, treeHash, type HashReader } from "./tlog.ts";
import type { Tree, TreeHead } from "./types.ts";

/** Where the newest head of a database is remembered, between runs and between processes. */
export interface HeadStore {
  /** The signed note; undefined where none was seen yet. */
  readHead(): Promise<string | undefined>;
  /** Replaces `previous` by `next` at once, or answers false because another note is there by now. */
  writeHead(previous: string | undefined, next: string): Promise<boolean>;
}

interface HeadCache {
  readCache(path: string): Promise<Uint8Array | undefined>;
  writeCache(path: string, data: Uint8Array): Promise<void>;
}

const MAX_TRIES = 50;

/** The timeline of a database as far as this client knows it: its newest head. Every other head must be a prefix of it, or go on from it. */
export class HeadMemory {
  readonly #verifier: NoteVerifier;
  readonly #store: HeadStore;
  readonly #readerOf: (tree: Tree) => HashReader;
  readonly #seen = new Set<string>();
  #newest: TreeHead | undefined;
  #remembered: Promise<void> | undefined;

  constructor(verifier: NoteVerifier, ops: HeadCache & Partial<HeadStore>, readerOf: (tree: Tree) => HashReader) {
    this.#verifier = verifier;
    this.#readerOf = readerOf;
    const { readHead, writeHead } = ops;
    this.#store =
      readHead === undefined || writeHead === undefined
        ? storeInCache(ops)
        : { readHead: () => readHead.call(ops), writeHead: (previous, next) => writeHead.call(ops, previous, next) };
  }

  /** The newest head of the timeline so far; undefined before the first merge. */
  get newest(): TreeHead | undefined {
    return this.#newest;
  }

  /** Puts a head on the timeline, and answers with the newest one. Throws DATABASE_FORKED, with both heads and the proof as evidence. */
  async merge(head: TreeHead): Promise<TreeHead> {
    this.#remembered ??= this.#recall().catch((error: unknown) => {
      this.#remembered = undefined;
      throw error;
    });
    await this.#remembered;
    if ((await this.#mergeHere(head)) === "newer") await this.#remember();
    return this.#newest ?? head;
  }

  async #recall(): Promise<void> {
    const note = await this.#store.readHead();
    if (note !== undefined && note !== "") this.#newest = openTreeHead(note, this.#verifier);
  }

  async #mergeHere(head: TreeHead): Promise<"known" | "newer"> {
    if (this.#seen.has(head.note)) return "known";
    for (;;) {
      const newest = this.#newest;
      const isNewer = newest === undefined || head.size > newest.size;
      if (newest !== undefined) await (isNewer ? this.#checkPrefix(newest, head) : this.#checkPrefix(head, newest));
      // Other lookups go on meanwhile: only what is still the newest may be replaced.
      if (this.#newest !== newest) continue;
      this.#seen.add(head.note);
      if (!isNewer) return "known";
      this.#newest = head;
      return "newer";
    }
  }

  async #remember(): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const previous = await this.#store.readHead();
      if (previous !== undefined && previous !== "") await this.#mergeHere(openTreeHead(previous, this.#verifier));
      const newest = this.#newest;
      if (newest === undefined || newest.note === previous) return;
      if (previous !== undefined && previous !== "" && openTreeHead(previous, this.#verifier).size >= newest.size)
        return;
      if (await this.#store.writeHead(previous, newest.note)) return;
    }
    throw new MedkitError("DATABASE_HEAD_CONTENDED", { database: this.#verifier.name });
  }

  /** The older tree must be the beginning of the newer one. */
  async #checkPrefix(older: TreeHead, newer: TreeHead): Promise<void> {
    if (older.size === newer.size) {
      if (!sameHash(older.root, newer.root)) throw this.#forked(older, newer, []);
      return;
    }
    const read = this.#readerOf(newer);
    const root = await treeHash(older.size, read);
    if (sameHash(root, older.root)) return;
    // All that is read here was read for the hash above: the evidence costs no further question to a database that lies.
    const proof = older.size === 0 ? [] : await proveTree(newer.size, older.size, read);
    if (older.size > 0) checkTreeProof(proof, newer, { size: older.size, root });
    throw this.#forked(older, newer, [root, ...proof]);
  }

  #forked(older: TreeHead, newer: TreeHead, proof: readonly Buffer[]): MedkitError {
    return new MedkitError("DATABASE_FORKED", {
      database: this.#verifier.name,
      problem: `the tree of ${newer.size} records does not begin with the tree of ${older.size} records`,
      olderSize: older.size,
      newerSize: newer.size,
      older: older.note,
      newer: newer.note,
      proof: proof.map((hash) => hash.toString("base64")).join("\n"),
    });
  }
}

function storeInCache(cache: HeadCache): HeadStore {
  return {
    async readHead() {
      const note = await cache.readCache("latest");
      return note === undefined ? undefined : Buffer.from(note).toString("utf8");
    },
    async writeHead(_, next) {
      await cache.writeCache("latest", Buffer.from(next, "utf8"));
      return true;
    },
  };
}
