import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FakeLog } from "../../src/module/__fixtures__/fake-log.ts";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import { hashFolder, hashModuleZip } from "../../src/module/index.ts";
import { formatRecord, formatTree, parseRecord } from "../../src/module/log-record.ts";
import { createNoteSigner, ed25519FromSeed, openNote, parseVerifierKey, signNote } from "../../src/module/note.ts";
import { parseTilePath, tileForIndex, tilePath, type Tile } from "../../src/module/tile.ts";
import {
  checkRecordProof,
  checkTreeProof,
  proveRecord,
  proveTree,
  recordHash,
  storedHashIndex,
} from "../../src/module/tlog.ts";
import { requires } from "../support/requirements.ts";

/** Go's own code says what is right: the same inputs to golang.org/x/mod and to medkit, and each checks what the other made. */

interface RecordProof {
  readonly Size: number;
  readonly N: number;
  readonly Proof: readonly string[] | null;
}
interface TreeProof {
  readonly Size: number;
  readonly Older: number;
  readonly Proof: readonly string[] | null;
}
interface Said {
  readonly HashZip: string;
  readonly HashDir: string;
  readonly NoteText: string;
  readonly NoteByGo: string;
  readonly Roots: Readonly<Record<string, string>>;
  readonly Heads: Readonly<Record<string, string>>;
  readonly RecordProofs: readonly RecordProof[];
  readonly TreeProofs: readonly TreeProof[];
  readonly Paths: readonly string[];
  readonly Located: readonly {
    readonly Tile: Readonly<Record<"Level" | "N" | "Width", number>>;
    readonly Path: string;
  }[];
  readonly TileData: Readonly<Record<string, string>>;
  readonly RefusedRecordProofs: readonly string[] | null;
  readonly RefusedTreeProofs: readonly string[] | null;
  readonly LookupID: number;
  readonly LookupText: string;
  readonly LookupGo: string;
}

const work = mkdtempSync(join(tmpdir(), "medkit-x-mod-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const sizes = [1, 2, 3, 7, 8, 255, 256, 257, 300, 600];
const pairs = sizes.flatMap((size) => sizes.filter((older) => older <= size).map((older) => ({ size, older })));
const leaves = sizes.flatMap((size) =>
  [...new Set([0, 1, size >> 1, size - 1])].filter((n) => n < size).map((n) => ({ size, n })),
);
const tiles: readonly Tile[] = [
  { level: 0, n: 0, width: 256 },
  { level: 0, n: 7, width: 3 },
  { level: 1, n: 999, width: 256 },
  { level: 2, n: 1000, width: 255 },
  { level: 3, n: 1_234_067, width: 1 },
  { level: 0, n: 2 ** 40, width: 256 },
];
const indexes = [
  0,
  1,
  2,
  3,
  254,
  255,
  510,
  511,
  512,
  599,
  1022,
  storedHashIndex(8, 1),
  storedHashIndex(17, 5),
  2 ** 45 + 3,
];

const log = new FakeLog().fill(600);
const text = "line one\nline two, ü and 中\n\nand a last one\n";
const seed = createHash("sha256").update("x-mod").digest();
const { signer, verifierKey } = createNoteSigner("medkit.example/log", ed25519FromSeed(seed));
const goSigner = `PRIVATE+KEY+${verifierKey.split("+").slice(0, 2).join("+")}+${Buffer.concat([Buffer.of(1), seed]).toString("base64")}`;

const path = "example.org/Tree";
const version = "v1.2.3";
const files: Readonly<Record<string, string>> = {
  "go.mod": `module ${path}\n`,
  "a b.txt": "",
  "sub/ü.go": "package sub\n",
  "sub/deep/big.txt": "x".repeat(3_000_000),
  "Z.go": "package z\n",
  "a.go": "package a\n",
};
const lookup = formatRecord({ id: 41, text: log.records[41] ?? "", note: log.head() });

const base64 = (proof: readonly Buffer[]): string[] => proof.map((hash) => hash.toString("base64"));
const bytes = (proof: readonly string[] | null): Buffer[] => (proof ?? []).map((hash) => Buffer.from(hash, "base64"));
const tree = (size: number) => ({ size, root: log.root(size) });
const flipped = (proof: readonly Buffer[]): Buffer[] =>
  proof.map((hash, n) => (n === 0 ? Buffer.from(hash.map((octet, at) => (at === 0 ? octet ^ 1 : octet))) : hash));

requires({ commands: ["go"], upstream: true }).describe("golang.org/x/mod agrees", () => {
  let said: Said;
  /** The same proofs, each with one bit changed; those that are empty have none. */
  let saidOfChanged: Said;
  const folder = join(work, "folder");
  const zip = join(work, "module.zip");

  beforeAll(async () => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const entries = Object.entries(files).map(([name, content]) => ({ name: `${path}@${version}/${name}`, content }));
    writeFileSync(zip, makeZip(entries));
    const question = async (change: (proof: readonly Buffer[]) => readonly Buffer[]) => ({
      Zip: zip,
      Dir: folder,
      Prefix: `${path}@${version}`,
      Signer: goSigner,
      Verifier: verifierKey,
      Note: signNote(text, [signer]),
      Text: text,
      Records: log.records,
      Sizes: sizes,
      Tiles: tiles.map(({ level, n, width }) => ({ Level: level, N: n, Width: width })),
      Indexes: indexes,
      RecordProofs: await Promise.all(
        leaves.map(async ({ size, n }) => ({
          Size: size,
          N: n,
          Proof: base64(change(await proveRecord(size, n, log.read))),
        })),
      ),
      TreeProofs: await Promise.all(
        pairs.map(async ({ size, older }) => ({
          Size: size,
          Older: older,
          Proof: base64(change(await proveTree(size, older, log.read))),
        })),
      ),
      Lookup: lookup,
    });
    const program = join(work, "x-mod");
    const run = (command: string, args: readonly string[], input?: string): string => {
      const cwd = fileURLToPath(new URL("../support/x-mod", import.meta.url));
      const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", GOTOOLCHAIN: "local" };
      const result = spawnSync(command, args, { cwd, env, input, encoding: "utf8", maxBuffer: 1 << 28 });
      expect(result.status, result.stderr).toBe(0);
      return result.stdout;
    };
    run("go", ["build", "-o", program, "."]);
    said = JSON.parse(run(program, [], JSON.stringify(await question((proof) => proof)))) as Said;
    saidOfChanged = JSON.parse(run(program, [], JSON.stringify(await question(flipped)))) as Said;
  }, 200_000);

  it("on the h1 of a zip and of a folder", async () => {
    expect(await hashModuleZip(zip, path, version)).toBe(said.HashZip);
    expect(await hashFolder(folder, `${path}@${version}`)).toBe(said.HashDir);
    expect(said.HashDir).toBe(said.HashZip);
  });

  it("on signed notes, whoever signs", () => {
    expect(said.NoteText).toBe(text);
    expect(signNote(text, [signer])).toBe(said.NoteByGo);
    expect(openNote(said.NoteByGo, [parseVerifierKey(verifierKey)]).text).toBe(text);
  });

  it("on the roots and heads of trees", () => {
    for (const size of sizes) {
      expect(log.root(size).toString("base64")).toBe(said.Roots[size]);
      expect(formatTree(tree(size))).toBe(said.Heads[size]);
    }
  });

  it("on proofs that a record is in a tree, and refuses them once a bit has changed", async () => {
    expect(said.RefusedRecordProofs).toBeNull();
    expect(said.RecordProofs).toHaveLength(leaves.length);
    for (const { Size, N, Proof } of said.RecordProofs) {
      const leaf = recordHash(log.records[N] ?? "");
      const proof = bytes(Proof);
      expect(base64(await proveRecord(Size, N, log.read))).toEqual(Proof ?? []);
      expect(() => checkRecordProof(proof, tree(Size), N, leaf)).not.toThrow();
      if (proof.length > 0)
        expect(() => checkRecordProof(flipped(proof), tree(Size), N, leaf)).toThrow("PROOF_INVALID");
    }
    const changed = leaves.filter(({ size }) => size > 1).map(({ size, n }) => `${n} of ${size}`);
    expect(saidOfChanged.RefusedRecordProofs).toEqual(changed);
  });

  it("on proofs that a tree goes on from an older one, and refuses them once a bit has changed", async () => {
    expect(said.RefusedTreeProofs).toBeNull();
    expect(said.TreeProofs).toHaveLength(pairs.length);
    for (const { Size, Older, Proof } of said.TreeProofs) {
      const proof = bytes(Proof);
      expect(base64(await proveTree(Size, Older, log.read))).toEqual(Proof ?? []);
      expect(() => checkTreeProof(proof, tree(Size), tree(Older))).not.toThrow();
      if (proof.length > 0)
        expect(() => checkTreeProof(flipped(proof), tree(Size), tree(Older))).toThrow("PROOF_INVALID");
    }
    const changed = pairs.filter(({ size, older }) => older < size).map(({ size, older }) => `${older} in ${size}`);
    expect(saidOfChanged.RefusedTreeProofs).toEqual(changed);
  });

  it("on tiles: their paths, which one has a hash, and what is in it", () => {
    expect(tiles.map((tile) => tilePath(tile))).toEqual(said.Paths);
    expect(said.Paths.map((each) => parseTilePath(each))).toEqual(tiles);
    for (const [at, { Tile: there, Path }] of said.Located.entries()) {
      const { tile } = tileForIndex(indexes[at] ?? 0);
      expect(tile).toEqual({ level: there.Level, n: there.N, width: there.Width });
      expect(tilePath(tile)).toBe(Path);
      if (said.TileData[Path] !== undefined) expect(log.tile(tile).toString("base64")).toBe(said.TileData[Path]);
    }
    expect(Object.keys(said.TileData).length).toBeGreaterThan(5);
  });

  it("on the answer to a lookup", () => {
    const own = parseRecord(Buffer.from(lookup));
    expect({ id: said.LookupID, text: said.LookupText }).toEqual({ id: own.id, text: own.text });
    expect(lookup).toBe(`${said.LookupGo}${log.head()}`);
  });
});
