import { createHash } from "node:crypto";
import { deflateRawSync, constants, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../core/error-codes.ts";
import { type RawMember, chunksOf, pax, rawMember, rawTar, rawTarGz } from "./raw-tar.ts";
import { type ReadTarOptions, readTar } from "./tar-reader.ts";

async function read(bytes: Uint8Array, options: ReadTarOptions = {}, chunk?: number): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for await (const entry of readTar(chunksOf(bytes, chunk), { name: "a.tgz", ...options })) {
    tree[entry.path] = entry.kind === "folder" ? "/" : (await entry.bytes()).toString();
  }
  return tree;
}

const file = (name: string, data = "x"): RawMember => ({ name, data });
const folder = (name: string): RawMember => ({ name: `${name}/`, type: "5" });

describe("reads what honest writers write", () => {
  const long = `${"d".repeat(90)}/${"e".repeat(90)}/${"f".repeat(120)}`;
  const bytes = rawTarGz(
    pax({ comment: "0123456789abcdef" }, "g"),
    folder("a"),
    file("a/b", "hello"),
    { name: "d", type: "\u0000", data: "y".repeat(1500) },
    pax({ path: long, mtime: "1.5", "SCHILY.xattr.user.x": "v" }),
    file("short", "long"),
    { name: "././@LongLink", type: "L", data: `${long}2\u0000` },
    file("cut", "gnu"),
    { name: "name", prefix: "some/prefix", data: "" },
    folder("."),
    file("./dot"),
  );
  const expected = {
    a: "/",
    "a/b": "hello",
    d: "y".repeat(1500),
    [long]: "long",
    [`${long}2`]: "gnu",
    "some/prefix/name": "",
    dot: "x",
  };
  test.each([undefined, 1, 7, 511, 512, 513])("in chunks of %s", async (chunk) => {
    expect(await read(bytes, {}, chunk)).toEqual(expected);
  });
  test("plain, and with a record's worth of zeros after it", async () => {
    expect(await read(Buffer.concat([rawTar(file("a")), Buffer.alloc(9000)]))).toEqual({ a: "x" });
    expect(await read(Buffer.concat([rawTar(file("a")), Buffer.alloc(9000)]), {}, 100)).toEqual({ a: "x" });
    expect(await read(rawTar())).toEqual({});
  });
  test("gzip headers with a name, a comment, an extra field and a checksum", async () => {
    const gz = rawTarGz(file("a"));
    const header = Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 0x6e, 0, 0x63, 0, 1, 2]);
    for (const chunk of [1, 5, 1000])
      expect(await read(Buffer.concat([header, gz.subarray(10)]), {}, chunk)).toEqual({ a: "x" });
  });
  test("the consumer may skip, read in part, or ask for the digest", async () => {
    const data = "z".repeat(5000);
    const seen: string[] = [];
    for await (const entry of readTar(chunksOf(rawTarGz(file("a", data), file("b", data), file("c", data)), 300), {
      hash: true,
    })) {
      if (entry.path === "a") for await (const _ of entry.content()) break;
      if (entry.path === "b") await entry.bytes();
      if (entry.path !== "a") seen.push(await entry.sha256());
    }
    expect(seen).toEqual(Array.from({ length: 2 }, () => createHash("sha256").update(data).digest("hex")));
  });
});

describe("refuses, with the code that says why", () => {
  const base256 = (offset: number) => (header: Buffer) => header.fill(0, offset, offset + 12).writeUInt8(0x80, offset);
  const cases: readonly [string, ErrorCode, Buffer, ReadTarOptions?][] = [
    ["..", "ARCHIVE_PATH_TRAVERSAL", rawTar(file("../x"))],
    [".. inside", "ARCHIVE_PATH_TRAVERSAL", rawTar(file("a/../../x"))],
    [".. as a folder", "ARCHIVE_PATH_TRAVERSAL", rawTar(folder(".."))],
    [".. after ./", "ARCHIVE_PATH_TRAVERSAL", rawTar(file("./../x"))],
    [".. split over the prefix", "ARCHIVE_PATH_TRAVERSAL", rawTar({ name: "x", prefix: ".." })],
    [".. in a pax path", "ARCHIVE_PATH_TRAVERSAL", rawTar(pax({ path: "../x" }), file("ok"))],
    [
      ".. in a GNU long name",
      "ARCHIVE_PATH_TRAVERSAL",
      rawTar({ name: "L", type: "L", data: "../x\u0000" }, file("ok")),
    ],
    ["absolute", "ARCHIVE_PATH_ABSOLUTE", rawTar(file("/etc/passwd"))],
    ["absolute, twice", "ARCHIVE_PATH_ABSOLUTE", rawTar(file("//etc"))],
    ["a drive", "ARCHIVE_PATH_ABSOLUTE", rawTar(file("C:/x"))],
    ["backslash", "ARCHIVE_PATH_BACKSLASH", rawTar(file("a\\..\\b"))],
    ["NUL in a pax path", "ARCHIVE_PATH_CHARACTERS", rawTar(pax({ path: "a\u0000b" }), file("a"))],
    ["newline", "ARCHIVE_PATH_CHARACTERS", rawTar(file("a\nb"))],
    ["escape sequence", "ARCHIVE_PATH_CHARACTERS", rawTar(file("\u001b[2Ja"))],
    ["reversed text", "ARCHIVE_PATH_CHARACTERS", rawTar(file("a\u202egpj"))],
    ["not UTF-8", "ARCHIVE_PATH_CHARACTERS", rawTar({ name: "ab", edit: (header) => header.writeUInt8(0xff, 1) })],
    ["empty name", "ARCHIVE_PATH_FORM", rawTar(file(""))],
    ["empty component", "ARCHIVE_PATH_FORM", rawTar(file("a//b"))],
    [". component", "ARCHIVE_PATH_FORM", rawTar(file("a/./b"))],
    ["./ where names are agreed", "ARCHIVE_PATH_FORM", rawTar(file("./top/b")), { topFolder: "top" }],
    ["file that ends in a slash", "ARCHIVE_PATH_FORM", rawTar(file("a/"))],
    ["component of 256 bytes", "ARCHIVE_PATH_FORM", rawTar(pax({ path: "n".repeat(256) }), file("a"))],
    ["outside the kit's alphabet", "ARCHIVE_PATH_ALPHABET", rawTar(file("a b")), { alphabet: "kit" }],
    ["another top folder", "ARCHIVE_TOP_FOLDER", rawTar(folder("top"), file("topx/b")), { topFolder: "top" }],
    ["a file as top folder", "ARCHIVE_TOP_FOLDER", rawTar(file("top")), { topFolder: "top" }],
    ["hard link", "ARCHIVE_HARD_LINK", rawTar({ name: "a", type: "1", link: "b" })],
    ["symbolic link", "ARCHIVE_LINK", rawTar({ name: "a/b", type: "2", link: "../c" })],
    ["absolute link", "ARCHIVE_LINK_ABSOLUTE", rawTar({ name: "a", type: "2", link: "/etc" })],
    ["link that leads out", "ARCHIVE_LINK_OUTSIDE", rawTar({ name: "a/b", type: "2", link: "c/../../../d" })],
    ["link out with a backslash", "ARCHIVE_LINK_OUTSIDE", rawTar({ name: "a", type: "2", link: "..\\c" })],
    ["link of a hundred bytes", "ARCHIVE_LINK", rawTar({ name: "a", type: "2", link: "x".repeat(100) })],
    ["file with a link name", "ARCHIVE_LINK_HIDDEN", rawTar({ name: "a", link: "/etc" })],
    ["pax linkpath", "ARCHIVE_LINK_HIDDEN", rawTar(pax({ linkpath: "/etc" }), file("a"))],
    ["GNU long link", "ARCHIVE_SPECIAL_FILE", rawTar({ name: "a", type: "K", data: "x" })],
    ["character device", "ARCHIVE_SPECIAL_FILE", rawTar({ name: "a", type: "3" })],
    ["block device", "ARCHIVE_SPECIAL_FILE", rawTar({ name: "a", type: "4" })],
    ["fifo", "ARCHIVE_SPECIAL_FILE", rawTar({ name: "a", type: "6" })],
    ["GNU sparse", "ARCHIVE_SPECIAL_FILE", rawTar({ name: "a", type: "S" })],
    ["pax sparse", "ARCHIVE_SPECIAL_FILE", rawTar(pax({ "GNU.sparse.major": "1" }), file("a"))],
    ["unknown type", "ARCHIVE_SPECIAL_FILE", rawTar({ name: "a", type: "Z" })],
    ["same file twice", "ARCHIVE_DUPLICATE", rawTar(file("a"), file("a"))],
    ["same folder twice", "ARCHIVE_DUPLICATE", rawTar(folder("a"), folder("a"))],
    ["same name through ./", "ARCHIVE_DUPLICATE", rawTar(file("a"), file("./a"))],
    ["file and folder", "ARCHIVE_DUPLICATE", rawTar(file("a"), folder("a"))],
    ["file in a file", "ARCHIVE_FILE_AS_FOLDER", rawTar(file("a"), file("a/b/c"))],
    ["file over its folder", "ARCHIVE_FILE_AS_FOLDER", rawTar(file("a/b"), file("a"))],
    [
      "letter case, when asked",
      "ARCHIVE_CASE_CLASH",
      rawTar(file("d/README"), file("d/readme")),
      { caseClash: "refuse" },
    ],
    ["letter case of a folder", "ARCHIVE_CASE_CLASH", rawTar(file("D/x"), file("d/y")), { caseClash: "refuse" }],
    [
      "normalisation, when asked",
      "ARCHIVE_CASE_CLASH",
      rawTar(file("\u00e9"), file("e\u0301")),
      { caseClash: "refuse" },
    ],
    [
      "header checksum",
      "ARCHIVE_HEADER_CHECKSUM",
      rawTar({ name: "a", spoil: (header) => header.writeUInt8(0x62, 0) }),
    ],
    ["no magic", "ARCHIVE_NOT_TAR", rawTar({ name: "a", edit: (header) => header.fill(0, 257, 265) })],
    ["not an archive", "ARCHIVE_NOT_TAR", Buffer.from("x".repeat(600))],
    ["base-256 size", "ARCHIVE_HEADER_INVALID", rawTar({ name: "a", edit: base256(124) })],
    ["negative size", "ARCHIVE_HEADER_INVALID", rawTar({ name: "a", edit: (header) => header.fill(0xff, 124, 136) })],
    [
      "size with a sign",
      "ARCHIVE_HEADER_INVALID",
      rawTar({ name: "a", edit: (header) => header.write("-0000000001", 124) }),
    ],
    ["folder with content", "ARCHIVE_HEADER_INVALID", rawTar({ name: "a/", type: "5", data: "x" })],
    ["pax size that is none", "ARCHIVE_HEADER_INVALID", rawTar(pax({ size: "-1" }), file("a"))],
    ["pax size for all", "ARCHIVE_HEADER_INVALID", rawTar(pax({ size: "1" }, "g"), file("a"))],
    ["pax name for all", "ARCHIVE_HEADER_INVALID", rawTar(pax({ path: "b" }, "g"), file("a"))],
    ["pax character set", "ARCHIVE_HEADER_INVALID", rawTar(pax({ hdrcharset: "BINARY" }), file("a"))],
    ["pax record too long", "ARCHIVE_HEADER_INVALID", rawTar({ name: "x", type: "x", data: "99 path=b\n" }, file("a"))],
    [
      "pax record twice",
      "ARCHIVE_HEADER_INVALID",
      rawTar({ name: "x", type: "x", data: "9 path=b\n9 path=c\n" }, file("a")),
    ],
    [
      "two names for one member",
      "ARCHIVE_HEADER_INVALID",
      rawTar(pax({ path: "b" }), { name: "L", type: "L", data: "c" }, file("a")),
    ],
    ["pax for nothing", "ARCHIVE_HEADER_INVALID", rawTar(pax({ path: "b" }))],
    ["huge pax", "ARCHIVE_HEADER_INVALID", rawTar({ name: "x", type: "x", size: 2 ** 30 })],
    ["huge long name", "ARCHIVE_HEADER_INVALID", rawTar({ name: "x", type: "L", size: 2 ** 20 })],
    ["no end", "ARCHIVE_TRUNCATED", rawMember(file("a"))],
    ["one zero block", "ARCHIVE_TRUNCATED", Buffer.concat([rawMember(file("a")), Buffer.alloc(512)])],
    ["cut in the content", "ARCHIVE_TRUNCATED", rawTar(file("a", "x".repeat(2000))).subarray(0, 1000)],
    ["cut in the padding", "ARCHIVE_TRUNCATED", rawTar(file("a")).subarray(0, 800)],
    ["cut in a header", "ARCHIVE_TRUNCATED", rawTar(file("a")).subarray(0, 300)],
    ["size beyond the end", "ARCHIVE_TRUNCATED", rawTar({ name: "a", data: "x", size: 10_000 })],
    ["nothing", "ARCHIVE_TRUNCATED", Buffer.alloc(0)],
    ["member after the end", "ARCHIVE_TRAILING_DATA", Buffer.concat([rawTar(file("a")), rawMember(file("b"))])],
    ["member after one zero block", "ARCHIVE_TRAILING_DATA", Buffer.concat([Buffer.alloc(512), rawTar(file("b"))])],
    ["entry size", "ARCHIVE_TOO_BIG", rawTar({ name: "a", size: 8e9 })],
    ["entry size in pax", "ARCHIVE_TOO_BIG", rawTar(pax({ size: "999999999999" }), file("a"))],
    ["entry count", "ARCHIVE_TOO_BIG", rawTar(file("a"), file("b"), file("c")), { limits: { entries: 2 } }],
    ["total", "ARCHIVE_TOO_BIG", rawTar(file("a"), file("b"), file("c")), { limits: { totalBytes: 2000 } }],
  ];
  test.each(cases)("%s: %s", async (_, code, bytes, options) => {
    await expect(read(bytes, options)).rejects.toMatchObject({ code, exit: 4 });
    if (bytes.length === 0) return;
    await expect(read(gzipSync(bytes), options)).rejects.toMatchObject({ code });
    await expect(read(bytes, options, 100)).rejects.toMatchObject({ code });
  });

  test("names in messages cannot steer a terminal", async () => {
    await expect(read(rawTar(file("\u001b[2J")))).rejects.toMatchObject({
      params: { archive: "a.tgz", entry: "\\u001b[2J" },
    });
  });

  test("letter case is told where it is not refused", async () => {
    const clashes: unknown[] = [];
    await read(rawTar(file("Makefile"), file("makefile")), { onCaseClash: (clash) => clashes.push(clash) });
    expect(clashes).toEqual([{ path: "makefile", other: "Makefile" }]);
  });
});

describe("the gzip stream around it", () => {
  const gz = rawTarGz(file("a", "hello".repeat(100)));
  test.each([
    ["a second member", "ARCHIVE_MULTIPLE_MEMBERS", Buffer.concat([gz, gzipSync("")])],
    ["garbage", "ARCHIVE_TRAILING_DATA", Buffer.concat([gz, Buffer.from("x")])],
    ["zeros", "ARCHIVE_TRAILING_DATA", Buffer.concat([gz, Buffer.alloc(100)])],
    ["no trailer", "ARCHIVE_TRUNCATED", gz.subarray(0, -8)],
    ["half a trailer", "ARCHIVE_TRUNCATED", gz.subarray(0, -1)],
    ["half a stream", "ARCHIVE_TRUNCATED", gz.subarray(0, -20)],
    ["only a header", "ARCHIVE_TRUNCATED", gz.subarray(0, 10)],
    ["wrong CRC", "ARCHIVE_DAMAGED", Buffer.concat([gz.subarray(0, -8), Buffer.alloc(4), gz.subarray(-4)])],
    ["wrong length", "ARCHIVE_DAMAGED", Buffer.concat([gz.subarray(0, -4), Buffer.alloc(4)])],
    ["reserved flag", "ARCHIVE_DAMAGED", Buffer.concat([gz.subarray(0, 3), Buffer.from([0x80]), gz.subarray(4)])],
    ["another method", "ARCHIVE_DAMAGED", Buffer.concat([gz.subarray(0, 2), Buffer.from([7]), gz.subarray(3)])],
  ] as const)("%s: %s", async (_, code, bytes) => {
    for (const chunk of [undefined, 1, 13]) await expect(read(bytes, {}, chunk)).rejects.toMatchObject({ code });
  });

  test("every flipped bit is refused, or was none of the content (header fields, another encoding of the same bytes)", async () => {
    const original = await read(gz);
    let refused = 0;
    for (let bit = 0; bit < gz.length * 8; bit++) {
      const bytes = Buffer.from(gz);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const result = await read(bytes).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toMatchObject({ exit: 4 });
      else expect(result).toEqual(original);
      if (result instanceof Error) refused++;
    }
    expect(refused).toBeGreaterThan(gz.length * 7);
  });
});

describe("bombs", () => {
  const mebi = 2 ** 20;
  const zeros = deflateRawSync(Buffer.alloc(mebi), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const raw = (bytes: Buffer): Buffer => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });

  /** Of 1 MiB each, that were asked for. */
  let blocks = 0;

  /** 10 GiB of zeros in ten members; about 10 MB on the wire. */
  async function* bomb(): AsyncGenerator<Uint8Array> {
    yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
    for (let member = 0; member < 10; member++) {
      yield raw(rawMember({ name: `zeros${member}`, size: 1024 * mebi }));
      for (let block = 0; block < 1024; block++, blocks++) yield zeros;
    }
    yield deflateRawSync(Buffer.alloc(1024));
  }

  test.each([
    ["ratio", {}],
    ["totalBytes", { ratio: 2000, totalBytes: 500 * mebi }],
    ["entryBytes", { ratio: 2000, entryBytes: 1000 * mebi }],
  ])("10 GiB of zeros is refused by %s before a tenth is read, and in little memory", async (measure, limits) => {
    const before = process.memoryUsage().rss;
    blocks = 0;
    const run = async (): Promise<void> => {
      for await (const entry of readTar(bomb(), { limits })) for await (const _ of entry.content());
    };
    await expect(run()).rejects.toMatchObject({ code: "ARCHIVE_TOO_BIG", params: { measure } });
    expect(blocks).toBeLessThan(1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * mebi);
  });

  test("zeros after the end of the archive count too", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
      for (;;) yield zeros;
    }
    await expect(read(Buffer.alloc(0), {})).rejects.toMatchObject({ code: "ARCHIVE_TRUNCATED" });
    const run = async (): Promise<void> => {
      for await (const _ of readTar(endless()));
    };
    await expect(run()).rejects.toMatchObject({ code: "ARCHIVE_TOO_BIG" });
  });
});
