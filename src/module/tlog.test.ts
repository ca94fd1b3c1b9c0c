import { describe, expect, it } from "vitest";
import { FakeLog } from "./__fixtures__/fake-log.ts";
import {
  checkRecordProof,
  checkTreeProof,
  nodeHash,
  proveRecord,
  proveTree,
  recordHash,
  splitStoredHashIndex,
  storedHashCount,
  storedHashesForRecord,
  storedHashIndex,
  treeHash,
} from "./tlog.ts";

/** The leaves and roots that Certificate Transparency's implementations test with (RFC 6962). */
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

async function storeOf(
  records: readonly Buffer[],
): Promise<{ stored: Buffer[]; read: (indexes: readonly number[]) => Promise<Buffer[]> }> {
  const stored: Buffer[] = [];
  const read = async (indexes: readonly number[]): Promise<Buffer[]> =>
    indexes.map((index) => stored[index] ?? Buffer.alloc(0));
  for (const [n, record] of records.entries()) stored.push(...(await storedHashesForRecord(n, record, read)));
  return { stored, read };
}

describe("RFC 6962 trees", () => {
  it("has the roots that Certificate Transparency has", async () => {
    const { stored, read } = await storeOf(leaves.map((leaf) => Buffer.from(leaf, "hex")));
    for (const [size, root] of roots.entries()) expect((await treeHash(size, read)).toString("hex")).toBe(root);
    expect(stored).toHaveLength(storedHashCount(leaves.length));
  });

  it("hashes leaves and nodes apart", () => {
    const pair = Buffer.concat([recordHash("a"), recordHash("b")]);
    expect(nodeHash(recordHash("a"), recordHash("b"))).not.toEqual(recordHash(pair));
  });
});

describe("stored hash indexes", () => {
  it("are dense, and split into level and number again", () => {
    for (let index = 0; index < 5000; index++) {
      const { level, n } = splitStoredHashIndex(index);
      expect(storedHashIndex(level, n)).toBe(index);
    }
  });

  it("stay exact beyond 32 bits", () => {
    for (const n of [2 ** 31 - 1, 2 ** 31, 2 ** 40 + 12345, 2 ** 50 - 1]) {
      for (const level of [0, 1, 8])
        expect(splitStoredHashIndex(storedHashIndex(level, Math.floor(n / 2 ** level)))).toEqual({
          level,
          n: Math.floor(n / 2 ** level),
        });
    }
  });
});

describe("proofs", () => {
  const log = new FakeLog().fill(70);
  const tree = (size: number): { size: number; root: Buffer } => ({ size, root: log.root(size) });

  it("prove every record in every tree, and nothing else", async () => {
    for (const size of [1, 2, 3, 7, 8, 33, 64, 70]) {
      for (let n = 0; n < size; n++) {
        const proof = await proveRecord(size, n, log.read);
        const leaf = recordHash(log.records[n] ?? "");
        expect(() => checkRecordProof(proof, tree(size), n, leaf)).not.toThrow();
        expect(() => checkRecordProof(proof, tree(size), n, recordHash("other"))).toThrow("DATABASE_PROOF_INVALID");
        expect(() => checkRecordProof([...proof, leaf], tree(size), n, leaf)).toThrow("DATABASE_PROOF_INVALID");
        if (proof.length > 0) {
          expect(() => checkRecordProof(proof.slice(1), tree(size), n, leaf)).toThrow("DATABASE_PROOF_INVALID");
          expect(() => checkRecordProof(proof, tree(size), (n + 1) % size, leaf)).toThrow("DATABASE_PROOF_INVALID");
        }
      }
    }
    expect(() => checkRecordProof([], tree(3), 3, recordHash(""))).toThrow("DATABASE_PROOF_INVALID");
    expect(() => checkRecordProof([], tree(3), -1, recordHash(""))).toThrow("DATABASE_PROOF_INVALID");
  });

  it("prove that a tree continues each older one, and no other", async () => {
    const other = new FakeLog().fill(20);
    other.add("example.org/evil", "v1.0.0");
    other.fill(49);
    for (const size of [2, 3, 8, 31, 64, 70]) {
      for (let older = 1; older <= size; older++) {
        const proof = await proveTree(size, older, log.read);
        expect(() => checkTreeProof(proof, tree(size), tree(older))).not.toThrow();
        expect(() => checkTreeProof([...proof, log.root()], tree(size), tree(older))).toThrow("DATABASE_PROOF_INVALID");
        if (older > 20) {
          expect(() => checkTreeProof(proof, tree(size), { size: older, root: other.root(older) })).toThrow(
            "DATABASE_PROOF_INVALID",
          );
        }
      }
    }
  });
});
