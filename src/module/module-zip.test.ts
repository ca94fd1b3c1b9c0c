import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { makeZip, type FakeEntry, type FakeZip } from "./__fixtures__/zip-writer.ts";
import { bufferSource } from "./byte-source.ts";
import { digestZip, hash1, hashFolder, hashGoMod, hashModuleZip } from "./dirhash.ts";
import { checkModuleZip, MODULE_ZIP_LIMITS, openModuleZip, readZipFiles } from "./module-zip.ts";
import type { ZipReader } from "./zip-reader.ts";

const folder = mkdtempSync(join(tmpdir(), "medkit-zip-"));
afterAll(() => rmSync(folder, { recursive: true }));

const prefix = "example.org/m@v1.0.0/";
const limits = { maxFile: 1 << 20, maxContent: 1 << 16, maxEntries: 100 };
const goMod: FakeEntry = { name: `${prefix}go.mod`, content: "module example.org/m\n" };
const source: FakeEntry = { name: `${prefix}a/b.go`, content: "package b\n".repeat(100) };
const open = (entries: readonly FakeEntry[], options?: FakeZip): ZipReader =>
  checkModuleZip(bufferSource(makeZip(entries, options)), prefix, limits);

/** Reads every entry both ways, whole and in pieces; they must agree. */
async function readAll(zip: ZipReader): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of zip.entries) {
    const pieces: Buffer[] = [];
    let streamed: unknown;
    try {
      for await (const piece of zip.stream(entry)) pieces.push(piece);
    } catch (error) {
      streamed = error;
    }
    let content: Buffer;
    try {
      content = zip.read(entry);
    } catch (error) {
      // Broken data may break or overflow first: that depends on the size of the pieces.
      const broken = ["ZIP_BOMB", "ZIP_DAMAGED"];
      const { code } = error as { code: string };
      expect(broken.includes(code) ? broken : [code]).toContain((streamed as { code: string }).code);
      throw error;
    }
    expect(streamed).toBeUndefined();
    expect(Buffer.concat(pieces)).toEqual(content);
    found[entry.name.slice(prefix.length)] = content.toString();
  }
  return found;
}

describe("sound zips", () => {
  it.each<[string, readonly FakeEntry[], FakeZip?]>([
    ["deflated", [goMod, source]],
    ["stored", [{ ...goMod, method: 0 }, source]],
    ["with a signed descriptor", [{ ...goMod, descriptor: "signed" }, source]],
    [
      "with a bare descriptor",
      [
        { ...goMod, descriptor: "bare" },
        { ...source, descriptor: "bare" },
      ],
    ],
    ["with a 64-bit descriptor", [{ ...goMod, descriptor: "wide" }, source]],
    ["with 64-bit end records", [goMod, source], { zip64: true }],
    ["with modes", [{ ...goMod, mode: 0o100644 }, source]],
    [
      "with a timestamp in the extra field",
      [
        {
          ...goMod,
          extra: Buffer.from("5554050001", "hex").fill(0, 5),
          localExtra: Buffer.from("555405000100000000", "hex"),
        },
        source,
      ].slice(1),
    ],
    ["with a comment", [goMod, source], { comment: Buffer.from("made somewhere") }],
  ])("%s", async (_, entries, options) => {
    const found = await readAll(open(entries, options));
    expect(found["a/b.go"]).toBe(source.content);
  });

  it("gives folders and empty files as they are", async () => {
    const zip = open([{ name: `${prefix}d/` }, { name: `${prefix}d/empty` }]);
    expect(await readAll(zip)).toEqual({ "d/": "", "d/empty": "" });
  });
});

it("waits for a slow reader as often as it takes without leaving a listener each time", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  try {
    const content = randomBytes(12 << 20);
    const zip = checkModuleZip(bufferSource(makeZip([{ name: `${prefix}big.bin`, content }])), prefix, {
      ...limits,
      maxFile: 1 << 26,
      maxContent: 1 << 26,
    });
    const [entry] = zip.entries;
    let octets = 0;
    if (entry !== undefined) for await (const piece of zip.stream(entry)) octets += piece.length;
    expect(octets).toBe(content.length);
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    process.off("warning", note);
  }
  expect(warnings.map(({ message }) => message)).toEqual([]);
});

describe("hostile names", () => {
  it.each([
    ["/etc/passwd", "ZIP_PATH_ABSOLUTE"],
    ["C:/x", "ZIP_PATH_ABSOLUTE"],
    ["../x", "ZIP_PATH_TRAVERSAL"],
    [`${prefix}../x`, "ZIP_PATH_TRAVERSAL"],
    [`${prefix}a/../../x`, "ZIP_PATH_TRAVERSAL"],
    [`${prefix}a\\b`, "ZIP_PATH_BACKSLASH"],
    ["..\\x", "ZIP_PATH_BACKSLASH"],
    [`${prefix}C:x`, "ZIP_PATH_ABSOLUTE"],
    [`${prefix}a//b`, "ZIP_NAME_UNSAFE"],
    [`${prefix}./a`, "ZIP_NAME_UNSAFE"],
    [`${prefix}/a`, "ZIP_PATH_ABSOLUTE"],
    [`${prefix}a\nb`, "ZIP_PATH_CONTROL"],
    [`${prefix}a\0b`, "ZIP_PATH_CONTROL"],
    [`${prefix}a\u009bb`, "ZIP_PATH_CONTROL"],
    [`${prefix}aux.go`, "ZIP_NAME_UNSAFE"],
    [`${prefix}a.`, "ZIP_NAME_UNSAFE"],
    [`${prefix}sub/go.mod`, "ZIP_NESTED_MODULE"],
    [`${prefix}GO.MOD`, "ZIP_NESTED_MODULE"],
    [`${prefix}d/`, "ZIP_FOLDER_CONTENT"],
    ["example.org/m@v1.0.1/a", "ZIP_PREFIX"],
    ["a", "ZIP_PREFIX"],
    ["", "ZIP_PREFIX"],
  ])("%j", (name, code) => {
    expect(() => open([source, { name, content: "x" }])).toThrow(code);
  });

  it.each<[string, FakeEntry[], string]>([
    ["twice the same", [source, source], "ZIP_DUPLICATE"],
    ["a file that is a folder too", [source, { name: `${prefix}a`, content: "x" }], "ZIP_FILE_AS_FOLDER"],
    ["a folder that is a file too", [{ name: `${prefix}a`, content: "x" }, source], "ZIP_FILE_AS_FOLDER"],
  ])("%s", (_, entries, code) => {
    expect(() => open(entries)).toThrow(code);
  });

  it.each<[string, FakeEntry[]]>([
    ["the same in another case", [source, { ...source, name: `${prefix}A/b.go` }]],
    [
      "folded letters beyond ASCII",
      [
        { name: `${prefix}\u00e4`, content: "x" },
        { name: `${prefix}\u00c4`, content: "x" },
      ],
    ],
    [
      "the Kelvin sign for a k",
      [
        { name: `${prefix}k`, content: "x" },
        { name: `${prefix}\u212a`, content: "x" },
      ],
    ],
  ])("%s", (_, entries) => {
    expect(() => open(entries)).toThrow("ZIP_CASE_CLASH");
  });

  it("refuses names that are not UTF-8", () => {
    const zip = makeZip([{ name: `${prefix}aXb`, content: "x" }]);
    for (let at = zip.indexOf("aXb"); at >= 0; at = zip.indexOf("aXb", at + 1)) zip[at + 1] = 0xff;
    expect(() => checkModuleZip(bufferSource(zip), prefix, limits)).toThrow("ZIP_PATH_ENCODING");
  });

  it.each([
    [0o120777, "ZIP_LINK"],
    ...[0o020644, 0o010644, 0o060644, 0o140644].map((mode) => [mode, "ZIP_SPECIAL_FILE"] as const),
  ] as const)("refuses mode %o", (mode, code) => {
    expect(() => open([{ ...source, mode }])).toThrow(code);
  });

  it("does not hand a name to the terminal as it is", () => {
    const name = `${prefix}\u001b[2J\u009b31m`;
    expect(() => open([{ name, content: "x" }])).toThrow(
      expect.objectContaining({ params: { name: `${prefix}\\u001b[2J\\u009b31m` } }) as Error,
    );
  });

  it("refuses a module that cannot be", () => {
    expect(() => checkModuleZip(bufferSource(makeZip([])), "example.org/m@v2.0.0/", limits)).toThrow(
      "MODULE_VERSION_INVALID",
    );
    expect(() => checkModuleZip(bufferSource(makeZip([])), "../m@v1.0.0/", limits)).toThrow("MODULE_PATH_INVALID");
  });
});

describe("lies about content", () => {
  const text = String(source.content);
  const packed = deflateRawSync(text);
  const wrong = Buffer.alloc(16);
  it.each<[string, FakeEntry, string]>([
    ["a wrong CRC in both headers", { ...source, central: { crc: 1 }, local: { crc: 1 } }, "ZIP_CHECKSUM"],
    ["a CRC that only the directory has", { ...source, central: { crc: 1 } }, "ZIP_HEADERS_DISAGREE"],
    ["a size that only the directory has", { ...source, central: { size: 5 } }, "ZIP_HEADERS_DISAGREE"],
    ["a size that is too small in both", { ...source, central: { size: 5 }, local: { size: 5 } }, "ZIP_BOMB"],
    ["a size that is too large in both", { ...source, central: { size: 5000 }, local: { size: 5000 } }, "ZIP_DAMAGED"],
    ["another method in the local header", { ...source, local: { method: 0 } }, "ZIP_HEADERS_DISAGREE"],
    ["another name in the local header", { ...source, local: { name: `${prefix}a/c.go` } }, "ZIP_HEADERS_DISAGREE"],
    ["a descriptor flag that only one header has", { ...source, local: { flags: 8 } }, "ZIP_HEADERS_DISAGREE"],
    ["a descriptor with another CRC", { ...source, descriptor: wrong }, "ZIP_HEADERS_DISAGREE"],
    ["a descriptor of another length", { ...source, descriptor: wrong.subarray(0, 13) }, "ZIP_HEADERS_DISAGREE"],
    ["no descriptor where the flag says so", { ...source, flags: 8 }, "ZIP_HEADERS_DISAGREE"],
    ["garbage for deflate", { ...source, packed: Buffer.alloc(50, 0xff) }, "ZIP_DAMAGED"],
    ["a deflate stream that ends too early", { ...source, packed: packed.subarray(0, -3) }, "ZIP_DAMAGED"],
    [
      "bytes behind the deflate stream",
      { ...source, packed: Buffer.concat([packed, Buffer.from("hidden")]) },
      "ZIP_HIDDEN_DATA",
    ],
    ["bytes between the entries", { ...source, gap: Buffer.from("hidden") }, "ZIP_GAP"],
    ["a stored entry with two sizes", { ...source, method: 0, central: { size: 5 } }, "ZIP_HEADERS_DISAGREE"],
    ["encryption", { ...source, flags: 1 }, "ZIP_ENCRYPTED"],
    ["a masked local header", { ...source, flags: 0x2000 }, "ZIP_ENCRYPTED"],
    ["patched data", { ...source, flags: 0x20 }, "ZIP_UNSUPPORTED"],
    ["bzip2", { ...source, method: 12, packed: Buffer.from("x") }, "ZIP_METHOD"],
    ["an extra field that overruns", { ...source, localExtra: Buffer.from("0100ff00", "hex") }, "ZIP_HEADERS_DISAGREE"],
    ["64-bit sizes that are not there", { ...source, central: { size: 0xffffffff } }, "ZIP_HEADERS_DISAGREE"],
    ["an offset into another entry", { ...source, central: { offset: 3 } }, "ZIP_"],
  ])("%s", async (_, entry, code) => {
    await expect((async () => readAll(open([goMod, entry, { ...source, name: `${prefix}last` }])))()).rejects.toThrow(
      code,
    );
  });

  it("a bomb is stopped at its declared size, and its declared size at the limit", async () => {
    const bomb = deflateRawSync(Buffer.alloc(1 << 20));
    const lie: FakeEntry = { ...source, packed: bomb, central: { size: 100 }, local: { size: 100 } };
    await expect((async () => readAll(open([lie])))()).rejects.toThrow("ZIP_BOMB");
    expect(() => open([{ ...source, content: Buffer.alloc(1 << 20) }])).toThrow("ZIP_TOO_BIG");
    expect(() => open([1, 2, 3].map((n) => ({ name: `${prefix}${n}`, content: Buffer.alloc(30_000) })))).toThrow(
      "ZIP_TOO_BIG",
    );
    expect(() => open(Array.from({ length: 101 }, (_, n) => ({ name: `${prefix}${n}`, content: "x" })))).toThrow(
      "ZIP_TOO_BIG",
    );
    expect(() => checkModuleZip({ size: MODULE_ZIP_LIMITS.maxFile + 1, read: () => Buffer.alloc(0) }, prefix)).toThrow(
      "ZIP_TOO_BIG",
    );
  });
});

describe("broken containers", () => {
  const sound = makeZip([goMod, source]);
  const commented = makeZip([source], { comment: Buffer.from("made somewhere") });
  const part = Buffer.from(sound);
  part.writeUInt16LE(1, sound.length - 18);
  it.each<[string, Buffer, string]>([
    ["nothing", Buffer.alloc(0), "ZIP_TRUNCATED"],
    ["two bytes", Buffer.from("PK"), "ZIP_TRUNCATED"],
    ["text", Buffer.from("not a zip".repeat(10)), "ZIP_NOT_ZIP"],
    ["bytes before the first entry", makeZip([source], { before: Buffer.from("#!") }), "ZIP_LEADING_DATA"],
    ["bytes before the directory of nothing", makeZip([], { before: Buffer.from("#!") }), "ZIP_LEADING_DATA"],
    ["bytes behind the end", makeZip([source], { after: Buffer.from("x") }), "ZIP_TRAILING_DATA"],
    ["half a comment", commented.subarray(0, -3), "ZIP_TRUNCATED"],
    ["one part of several", part, "ZIP_MULTIPART"],
    ["a second zip in the comment", makeZip([goMod], { comment: makeZip([source]) }), "ZIP_DIRECTORY_INVALID"],
    ["fewer records than counted", makeZip([source], { count: 2 }), "ZIP_DIRECTORY_INVALID"],
    ["more records than counted", makeZip([goMod, source], { count: 1 }), "ZIP_DIRECTORY_INVALID"],
    ...[1, 10, 22, 60, 200].map(
      (cut) => [`the last ${cut} bytes lost`, sound.subarray(0, -cut), "ZIP_TRUNCATED"] as [string, Buffer, string],
    ),
    ["the first byte lost", sound.subarray(1), "ZIP_DIRECTORY_INVALID"],
  ])("%s", (_, bytes, code) => {
    expect(() => checkModuleZip(bufferSource(bytes), prefix, limits)).toThrow(code);
  });

  it("finds every changed bit of a sound zip, or the bit means nothing to the content", async () => {
    const whole = JSON.stringify(await readAll(checkModuleZip(bufferSource(sound), prefix, limits)));
    for (let at = 0; at < sound.length; at++) {
      const changed = Buffer.from(sound);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      let found: string | undefined;
      try {
        found = JSON.stringify(await readAll(checkModuleZip(bufferSource(changed), prefix, limits)));
      } catch (error) {
        expect((error as { code: string }).code).toMatch(/^ZIP_/);
      }
      if (found !== undefined) expect(found).toBe(whole);
    }
  });
});

describe("h1", () => {
  it("is Go's for a go.mod", () => {
    // go.sum's own line for golang.org/x/sync v0.8.0.
    expect(hashGoMod("module golang.org/x/sync\n\ngo 1.18\n")).toBe("h1:Czt+wKu1gCyEFDUtn0jG5QVvpJ6rzVqr5aXyt9drQfk=");
    expect(hashGoMod("")).toBe("h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=");
  });

  it("is the same for a zip, its entries in any order, and its folder", async () => {
    const entries = [
      goMod,
      source,
      { name: `${prefix}B.go`, content: "B" },
      { name: `${prefix}b.txt`, content: Buffer.alloc(100_000, 7) },
    ];
    const file = join(folder, "m.zip");
    writeFileSync(file, makeZip(entries));
    const h1 = await hashModuleZip(file, "example.org/m", "v1.0.0");
    const zip = checkModuleZip(bufferSource(makeZip(entries.toReversed())), prefix);
    expect(hash1(await digestZip(zip))).toBe(h1);
    const tree = join(folder, "tree");
    mkdirSync(join(tree, "a"), { recursive: true });
    for (const { name, content } of entries) writeFileSync(join(tree, name.slice(prefix.length)), content ?? "");
    expect(await hashFolder(tree, prefix.slice(0, -1))).toBe(h1);
    writeFileSync(join(tree, "extra"), "");
    expect(await hashFolder(tree, prefix.slice(0, -1))).not.toBe(h1);
    expect(
      await hashFolder(tree, prefix.slice(0, -1), { rename: (path) => (path === "extra" ? undefined : path) }),
    ).toBe(h1);
    symlinkSync("extra", join(tree, "link"));
    await expect(hashFolder(tree, prefix.slice(0, -1))).rejects.toMatchObject({ code: "FOLDER_NOT_PLAIN" });
  });

  it("sorts names by their bytes", () => {
    const files = ["\u{1f600}", "\uffee", "a"].map((name) => ({ name, sha256: "0".repeat(64) }));
    const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    expect(sorted.map((each) => each.name)).toEqual(["a", "\uffee", "\u{1f600}"]);
    expect(hash1(files)).toBe(hash1(files.toReversed()));
    expect(() => hash1([{ name: "a\nb", sha256: "" }])).toThrow("ZIP_PATH_CONTROL");
  });

  it("names the file in errors, and reads chosen entries", async () => {
    const file = join(folder, "bad.zip");
    writeFileSync(file, makeZip([{ ...source, central: { crc: 1 } }]));
    await expect(hashModuleZip(file, "example.org/m", "v1.0.0")).rejects.toMatchObject({
      code: "ZIP_HEADERS_DISAGREE",
      params: { file },
    });
    writeFileSync(file, "no zip");
    await expect(openModuleZip(file, { prefix })).rejects.toMatchObject({ code: "ZIP_NOT_ZIP", params: { file } });
    writeFileSync(file, makeZip([goMod, source]));
    const found = await readZipFiles(file, prefix, (name) => name.endsWith("go.mod"));
    expect([...found.keys()]).toEqual([goMod.name]);
  });
});
