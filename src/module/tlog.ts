import { hash as digest } from "node:crypto";
import { MedkitError } from "../core/errors.ts";
import type { Tree } from "./types.ts";

/**
 * The transparency log's arithmetic: RFC 6962 hashes and proofs, and the dense numbering of stored hashes
 * (golang.org/x/mod/sumdb/tlog). Sizes and indexes are plain numbers, exact up to MAX_TREE_SIZE.
 */

export const HASH_SIZE = 32;

/** Reads hashes by their stored index; the answer has one for each, in order. */
export type HashReader = (indexes: readonly number[]) => Promise<readonly Buffer[]>;

const EMPTY_TREE = Buffer.from("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "hex");

/** The hash of a leaf: SHA-256 of 0x00 and the record (RFC 6962, 2.1). */
export function recordHash(record: string | Uint8Array): Buffer {
  return digest("sha256", Buffer.concat([Buffer.of(0), Buffer.from(record)]), "buffer");
}

/** The hash of an inner node: SHA-256 of 0x01, left and right. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return digest("sha256", Buffer.concat([Buffer.of(1), left, right]), "buffer");
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The index at which the n'th hash of a level is stored. */
export function storedHashIndex(level: number, n: number): number {
  let leaf = n;
  for (let at = level; at > 0; at--) leaf = 2 * leaf + 1;
  let index = 0;
  for (; leaf > 0; leaf = Math.floor(leaf / 2)) index += leaf;
  return index + level;
}

/** The inverse of storedHashIndex. */
export function splitStoredHashIndex(index: number): { level: number; n: number } {
  let n = Math.floor(index / 2);
  let indexOfN = storedHashIndex(0, n);
  for (;;) {
    // Record n brings one hash for itself and one for each subtree that it completes.
    const next = indexOfN + 1 + trailingZeros(n + 1);
    if (next > index) break;
    n++;
    indexOfN = next;
  }
  const level = index - indexOfN;
  return { level, n: Math.floor(n / 2 ** level) };
}

/** How many hashes are stored for a tree of this size. */
export function storedHashCount(size: number): number {
  return size === 0 ? 0 : storedHashIndex(0, size - 1) + 1 + trailingZeros(size);
}

function trailingZeros(n: number): number {
  let count = 0;
  for (let rest = n; rest % 2 === 0; rest /= 2) count++;
  return count;
}

/** The largest power of two below n, for n > 1, and its logarithm. */
function maxPowerBelow(n: number): { power: number; level: number } {
  let level = 0;
  while (2 ** (level + 1) < n) level++;
  return { power: 2 ** level, level };
}

/** Stored indexes whose hashes make up the subtree of records [low, high), left to right. */
export function subtreeIndexes(low: number, high: number): number[] {
  const indexes: number[] = [];
  for (let at = low; at < high;) {
    const { power, level } = maxPowerBelow(high - at + 1);
    indexes.push(storedHashIndex(level, at / power));
    at += power;
  }
  return indexes;
}

/** Consumes the hashes of `subtreeIndexes(low, high)` from the front of a list. */
function takeSubtreeHash(low: number, high: number, hashes: Buffer[]): Buffer {
  const own = hashes.splice(0, subtreeIndexes(low, high).length);
  return own.reduceRight((right, left) => nodeHash(left, right));
}

export async function treeHash(size: number, read: HashReader): Promise<Buffer> {
  if (size === 0) return EMPTY_TREE;
  return takeSubtreeHash(0, size, [...(await read(subtreeIndexes(0, size)))]);
}

/** Hashes to store for record n: its own, and those of the subtrees that it completes. For those who keep a log. */
export async function storedHashesForRecord(n: number, record: Uint8Array, read: HashReader): Promise<Buffer[]> {
  const count = trailingZeros(n + 1);
  const older = await read(Array.from({ length: count }, (_, i) => storedHashIndex(i, Math.floor(n / 2 ** i) - 1)));
  const hashes: Buffer[] = [recordHash(record)];
  for (const left of older) hashes.push(nodeHash(left, hashes.at(-1) ?? EMPTY_TREE));
  return hashes;
}

/** Indexes for the audit path of record n in [low, high). */
function recordProofIndexes(low: number, high: number, n: number): number[] {
  if (low + 1 === high) return [];
  const middle = low + maxPowerBelow(high - low).power;
  return n < middle
    ? [...recordProofIndexes(low, middle, n), ...subtreeIndexes(middle, high)]
    : [...subtreeIndexes(low, middle), ...recordProofIndexes(middle, high, n)];
}

function buildRecordProof(low: number, high: number, n: number, hashes: Buffer[]): Buffer[] {
  if (low + 1 === high) return [];
  const middle = low + maxPowerBelow(high - low).power;
  if (n < middle) {
    const proof = buildRecordProof(low, middle, n, hashes);
    return [...proof, takeSubtreeHash(middle, high, hashes)];
  }
  const other = takeSubtreeHash(low, middle, hashes);
  return [...buildRecordProof(middle, high, n, hashes), other];
}

/** The proof that the tree of this size holds record n (RFC 6962, 2.1.1), leaf to root. */
export async function proveRecord(size: number, n: number, read: HashReader): Promise<Buffer[]> {
  if (!inTree(n, size)) throw new MedkitError("DATABASE_PROOF_INVALID", { what: "record", size, n });
  return buildRecordProof(0, size, n, [...(await read(recordProofIndexes(0, size, n)))]);
}

/** Checks a record proof; throws DATABASE_PROOF_INVALID. */
export function checkRecordProof(proof: readonly Buffer[], tree: Tree, n: number, leaf: Buffer): void {
  const bad = new MedkitError("DATABASE_PROOF_INVALID", { what: "record", size: tree.size, n });
  if (!inTree(n, tree.size) || proof.some((hash) => hash.length !== HASH_SIZE)) throw bad;
  const rest = [...proof];
  const run = (low: number, high: number): Buffer => {
    if (low + 1 === high) {
      if (rest.length !== 0) throw bad;
      return leaf;
    }
    const sibling = rest.pop();
    if (sibling === undefined) throw bad;
    const middle = low + maxPowerBelow(high - low).power;
    return n < middle ? nodeHash(run(low, middle), sibling) : nodeHash(sibling, run(middle, high));
  };
  if (!sameHash(run(0, tree.size), tree.root)) throw bad;
}

function treeProofIndexes(low: number, high: number, n: number): number[] {
  if (n === high) return low === 0 ? [] : subtreeIndexes(low, high);
  const middle = low + maxPowerBelow(high - low).power;
  return n <= middle
    ? [...treeProofIndexes(low, middle, n), ...subtreeIndexes(middle, high)]
    : [...subtreeIndexes(low, middle), ...treeProofIndexes(middle, high, n)];
}

function buildTreeProof(low: number, high: number, n: number, hashes: Buffer[]): Buffer[] {
  if (n === high) return low === 0 ? [] : [takeSubtreeHash(low, high, hashes)];
  const middle = low + maxPowerBelow(high - low).power;
  if (n <= middle) {
    const proof = buildTreeProof(low, middle, n, hashes);
    return [...proof, takeSubtreeHash(middle, high, hashes)];
  }
  const other = takeSubtreeHash(low, middle, hashes);
  return [...buildTreeProof(middle, high, n, hashes), other];
}

/** The proof that the tree of this size begins with the tree of the older size (RFC 6962, 2.1.2). */
export async function proveTree(size: number, older: number, read: HashReader): Promise<Buffer[]> {
  if (older < 1 || older > size) throw new MedkitError("DATABASE_PROOF_INVALID", { what: "tree", size, n: older });
  return buildTreeProof(0, size, older, [...(await read(treeProofIndexes(0, size, older)))]);
}

/** Checks a consistency proof; throws DATABASE_PROOF_INVALID. */
export function checkTreeProof(proof: readonly Buffer[], newer: Tree, older: Tree): void {
  const bad = new MedkitError("DATABASE_PROOF_INVALID", { what: "tree", size: newer.size, n: older.size });
  const n = older.size;
  if (!Number.isSafeInteger(n) || n < 1 || n > newer.size || proof.some((hash) => hash.length !== HASH_SIZE)) throw bad;
  const rest = [...proof];
  const run = (low: number, high: number): { old: Buffer; now: Buffer } => {
    if (n === high) {
      const common = low === 0 ? older.root : rest.pop();
      if (common === undefined || rest.length !== 0) throw bad;
      return { old: common, now: common };
    }
    const sibling = rest.pop();
    if (sibling === undefined) throw bad;
    const middle = low + maxPowerBelow(high - low).power;
    if (n <= middle) {
      const left = run(low, middle);
      return { old: left.old, now: nodeHash(left.now, sibling) };
    }
    const right = run(middle, high);
    return { old: nodeHash(sibling, right.old), now: nodeHash(sibling, right.now) };
  };
  const { old, now } = run(0, newer.size);
  if (!sameHash(old, older.root) || !sameHash(now, newer.root)) throw bad;
}

function inTree(n: number, size: number): boolean {
  return Number.isSafeInteger(n) && Number.isSafeInteger(size) && n >= 0 && n < size;
}
