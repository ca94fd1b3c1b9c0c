import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gunzip } from "./gzip-reader.ts";
import { chunksOf } from "./raw-tar.ts";
import { type Piece, gzipFile, gzipPieces } from "./gzip-writer.ts";

async function gzip(pieces: readonly Piece[], level: 1 | 6 | 9 = 6): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of gzipPieces(pieces, level)) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

/** Bytes that compress somewhat and repeat over long distances. */
function text(length: number, seed: number): Buffer {
  const words: string[] = [];
  let state = seed;
  for (let size = 0; size < length;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const word = `w${(state >>> 8) % 5000} `;
    words.push(word);
    size += word.length;
  }
  return Buffer.from(words.join("").slice(0, length));
}

function cut(pieces: readonly Piece[], size: number): Piece[] {
  return pieces.flatMap(({ bytes, compress }) =>
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => ({
      bytes: bytes.subarray(index * size, (index + 1) * size),
      compress,
    })),
  );
}

const noise = (length: number): Buffer => createHash("shake256", { outputLength: length }).update("noise").digest();

describe("one gzip member of compressed and stored runs", () => {
  const sizes = [0, 1, 100, 16_384, 16_385, 65_534, 65_535, 65_536, 131_070, 524_287, 524_288, 524_289, 1_600_000];
  test.each(sizes)("of %d bytes, both kinds, unpacks to what went in", async (size) => {
    for (const kinds of [[true], [false], [true, false], [false, true, false]]) {
      const pieces = kinds.map((compress, index) => ({ bytes: compress ? text(size, index) : noise(size), compress }));
      const packed = await gzip(pieces);
      const plain = Buffer.concat(pieces.map((piece) => piece.bytes));
      expect(gunzipSync(packed).equals(plain)).toBe(true);
      const strict: Uint8Array[] = [];
      for await (const chunk of gunzip(chunksOf(packed, 100_000))) strict.push(Uint8Array.from(chunk));
      expect(Buffer.concat(strict).equals(plain)).toBe(true);
    }
  });

  test("the bytes do not depend on how the input is cut, nor on the run", async () => {
    const pieces = [
      { bytes: text(1_700_000, 1), compress: true },
      { bytes: noise(400_000), compress: false },
      { bytes: text(700, 2), compress: true },
      { bytes: noise(70_000), compress: false },
    ];
    const whole = await gzip(pieces, 9);
    for (const size of [1000, 4096, 65_535, 300_001])
      expect((await gzip(cut(pieces, size), 9)).equals(whole)).toBe(true);
    expect((await gzip(pieces, 9)).equals(whole)).toBe(true);
    expect(whole.subarray(0, 10)).toEqual(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]));
  });

  test("stored content costs five bytes in 65,535, and is in the stream as it is", async () => {
    const bytes = randomBytes(10 * 65_535);
    const packed = await gzip([{ bytes, compress: false }]);
    expect(packed.length).toBe(bytes.length + 10 * 5 + 10 + 2 + 8);
    expect(packed.subarray(15, 15 + 65_535).equals(bytes.subarray(0, 65_535))).toBe(true);
  });

  test("many stored bytes behind a slow run do not pile up", async () => {
    const bytes = noise(1 << 20);
    let made = 0;
    let got = 0;
    let most = 0;
    function* pieces(): Generator<Piece> {
      yield { bytes: text(500_000, 1), compress: true };
      for (let i = 0; i < 64; i++) {
        made += bytes.length;
        most = Math.max(most, made - got);
        yield { bytes, compress: false };
      }
    }
    for await (const chunk of gzipPieces(pieces(), 9)) got += chunk.length;
    expect(most).toBeLessThan(16 << 20);
  });

  test("an error of the source comes through", async () => {
    async function* failing(): AsyncGenerator<Piece> {
      yield { bytes: text(3_000_000, 1), compress: true };
      throw new Error("source");
    }
    const run = async (): Promise<void> => {
      for await (const _ of gzipPieces(failing(), 9));
    };
    await expect(run()).rejects.toThrow("source");
  });
});

describe("gzipFile", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "medkit-gzip-"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test("writes the member, and tells its size and digest", async () => {
    const data = text(3_000_001, 5);
    writeFileSync(join(root, "in"), data);
    const summary = await gzipFile(join(root, "in"), join(root, "out.gz"));
    const packed = readFileSync(join(root, "out.gz"));
    expect(gunzipSync(packed).equals(data)).toBe(true);
    expect(summary).toEqual({ bytes: packed.length, sha256: createHash("sha256").update(packed).digest("hex") });
  });

  test("leaves nothing when the source is not there", async () => {
    await expect(gzipFile(join(root, "absent"), join(root, "out.gz"))).rejects.toThrow("ENOENT");
    expect(readdirSync(root)).toEqual([]);
  });
});
