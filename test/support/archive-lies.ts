import { crc32, deflateRawSync, constants, gzipSync } from "node:zlib";
import { makeZip, type FakeEntry } from "../../src/module/__fixtures__/zip-writer.ts";
import { bytes, honestEntries, honestMembers, prefix, zipPath, type Lie } from "./lying-mirror.ts";
import { tarGz, type TarMember } from "./tar-members.ts";

/** What a mirror can send instead of a toolchain, each with the code that names it. */
export type LieRow = readonly [name: string, lie: Lie, code: string, exit: 4 | 5];

const content = (change: (entries: FakeEntry[]) => FakeEntry[]) => (): Buffer => makeZip(change(honestEntries()));
const more = (...entries: FakeEntry[]) => content((all) => [...all, ...entries]);
const named = (name: string): Lie => bytes(more({ name, content: "x" }));

const MEBIBYTE = 2 ** 20;

/** An entry of so many MiB of zeros that a few KiB unpack to: blocks of one MiB, one like the other. `said`: the size in both headers. */
function bomb(mebibytes: number, said: number): FakeEntry {
  const zeros = Buffer.alloc(MEBIBYTE);
  const block = deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH });
  const packed = Buffer.concat([...Array.from({ length: mebibytes }, () => block), deflateRawSync("")]);
  const crc = Array.from({ length: mebibytes }).reduce<number>((sum) => crc32(zeros, sum), 0);
  const sizes = { crc, size: said };
  return { name: `${prefix}bomb`, method: 8, packed, central: sizes, local: sizes };
}

/** The zip with two bytes at `place` changed, counted from its end. */
const spoilt =
  (place: number, value: number) =>
  (honest: Buffer): Buffer => {
    const copy = Buffer.from(honest);
    copy.writeUInt16LE(value, copy.length - place);
    return copy;
  };

export const zipLies: readonly LieRow[] = [
  ["other bytes", bytes(content((all) => all.map((each) => ({ ...each, content: "evil" })))), "TOOLCHAIN_MISMATCH", 4],
  [
    "a file that is not what its checksum says",
    bytes(more({ name: `${prefix}x`, content: "x", central: { crc: 1 }, local: { crc: 1 } })),
    "ZIP_CHECKSUM",
    4,
  ],
  [
    "a file that cannot be unpacked",
    bytes(more({ name: `${prefix}x`, content: "x", packed: Buffer.alloc(9, 255) })),
    "ZIP_DAMAGED",
    4,
  ],
  [
    "bytes behind a file's end",
    bytes(
      more({ name: `${prefix}x`, content: "x", packed: Buffer.concat([deflateRawSync("x"), Buffer.from("hidden")]) }),
    ),
    "ZIP_HIDDEN_DATA",
    4,
  ],
  [
    "half of it, with the length of the half",
    bytes((honest) => honest.subarray(0, honest.length >> 1)),
    "ZIP_TRUNCATED",
    4,
  ],
  [
    "the right bytes with too short a length",
    ({ response, honest }) => void response.writeHead(200, { "content-length": honest.length - 10 }).end(honest),
    "ZIP_TRUNCATED",
    4,
  ],
  ["more than the zip", bytes((honest) => Buffer.concat([honest, Buffer.from("x")])), "ZIP_TRAILING_DATA", 4],
  // It has to begin as a zip: what does not is taken for a page.
  ["something before the zip", bytes(() => makeZip(honestEntries(), { before: Buffer.from("PK\u0003\u0004") })), "ZIP_LEADING_DATA", 4], // prettier-ignore
  [
    "something between the files",
    bytes(content(([first, ...rest]) => [{ ...first, name: first?.name ?? "", gap: Buffer.from("x") }, ...rest])),
    "ZIP_GAP",
    4,
  ],
  ["a directory that is not where it should be", bytes(spoilt(6, 1)), "ZIP_DIRECTORY_INVALID", 4],
  ["one part of several", bytes(spoilt(18, 1)), "ZIP_MULTIPART", 4],
  [
    "another name in a file's own header",
    bytes(more({ name: `${prefix}x`, content: "x", local: { name: `${prefix}y` } })),
    "ZIP_HEADERS_DISAGREE",
    4,
  ],
  ["two files in the same bytes", bytes(more({ name: `${prefix}x`, content: "x", central: { offset: 0 } })), "ZIP_OVERLAP", 4], // prettier-ignore
  ["an encrypted file", bytes(more({ name: `${prefix}x`, content: "x", flags: 1 })), "ZIP_ENCRYPTED", 4],
  ["a method of its own", bytes(more({ name: `${prefix}x`, content: "x", method: 99 })), "ZIP_METHOD", 4],
  ["flags of its own", bytes(more({ name: `${prefix}x`, content: "x", flags: 0x20 })), "ZIP_UNSUPPORTED", 4],
  ["a login page", bytes(() => "<!doctype html>log in"), "PROXY_NOT_ARCHIVE", 5],
  ["a name that leads out", named(`${prefix}../../out`), "ZIP_PATH_TRAVERSAL", 4],
  ["an absolute name", named("/tmp/out"), "ZIP_PATH_ABSOLUTE", 4],
  ["a backslash in a name", named(`${prefix}..\\out`), "ZIP_PATH_BACKSLASH", 4],
  ["a zero byte in a name", named(`${prefix}go\0.txt`), "ZIP_PATH_CONTROL", 4],
  ["a name that Windows reserves", named(`${prefix}aux.go`), "ZIP_NAME_UNSAFE", 4],
  ["a module inside", named(`${prefix}src/go.mod`), "ZIP_NESTED_MODULE", 4],
  ["another top folder", named("other/x"), "ZIP_PREFIX", 4],
  ["a link", bytes(more({ name: `${prefix}l`, content: "/etc", mode: 0o120777 })), "ZIP_LINK", 4],
  ["a device", bytes(more({ name: `${prefix}d`, mode: 0o020666 })), "ZIP_SPECIAL_FILE", 4],
  ["a folder with content", named(`${prefix}d/`), "ZIP_FOLDER_CONTENT", 4],
  ["a name twice", named(`${prefix}VERSION`), "ZIP_DUPLICATE", 4],
  ["a file and a folder of one name", named(`${prefix}src`), "ZIP_FILE_AS_FOLDER", 4],
  ["a name in another case", named(`${prefix}version`), "ZIP_CASE_CLASH", 4],
  ["a bomb that says its size", bytes(more(bomb(600, 600 * MEBIBYTE))), "ZIP_TOO_BIG", 4],
  ["a bomb that says another size", bytes(more(bomb(600, 1000))), "ZIP_BOMB", 4],
  // Read in pieces, as everything above 16 MiB is.
  ["a bomb that says a large size", bytes(more(bomb(600, 20 * MEBIBYTE))), "ZIP_BOMB", 4],
  ["a redirect circle", bytes(() => "", { location: `/${zipPath}` }, 302), "PROXY_REDIRECTS", 5],
  ["a redirect to a file", bytes(() => "", { location: "file:///etc/passwd" }, 302), "PROXY_REDIRECT_REFUSED", 5],
  ["a redirect with a login", bytes(() => "", { location: "http://evil:word@localhost/z" }, 302), "PROXY_REDIRECT_LOGIN", 5], // prettier-ignore
  ["a demand to wait for a day", bytes(() => "", { "retry-after": 86_400 }, 429), "PROXY_BUSY", 5],
  ["an error for ever", bytes(() => "", {}, 500), "PROXY_FAILED", 5],
  [
    "a gzip bomb as its encoding",
    bytes((honest) => gzipSync(honest), { "content-encoding": "gzip" }),
    "PROXY_ENCODED",
    5,
  ],
  ["a part that nobody asked for", bytes((h) => h, { "content-range": "bytes 0-9/10" }, 206), "PROXY_PART_UNASKED", 4],
  ["headers without end", bytes((h) => h, { "x-long": "x".repeat(200_000) }), "PROXY_HEADERS_TOO_BIG", 5],
  ["no such file", bytes(() => "no", {}, 404), "TOOLCHAIN_UNAVAILABLE", 5],
  [
    "a length that is too long, then a reset",
    ({ response, honest }) => {
      response.writeHead(200, { "content-length": honest.length + 10 });
      response.write(honest, () => setTimeout(() => response.destroy(), 20));
    },
    "PROXY_BROKEN_OFF",
    5,
  ],
  ["nothing, for ever", () => undefined, "PROXY_STALLED", 5],
  [
    "the beginning, and then nothing",
    ({ response, honest }) => {
      response.writeHead(200, { "content-length": honest.length });
      response.write(honest.subarray(0, 100));
    },
    "PROXY_STALLED",
    5,
  ],
];

const tar = (...members: TarMember[]): Lie => bytes(() => tarGz([...honestMembers(), ...members]));

export const tarLies: readonly LieRow[] = [
  ["a login page", bytes(() => "<!doctype html>"), "PROXY_NOT_ARCHIVE", 5],
  ["other bytes", tar({ name: "go/evil", content: "x" }), "TOOLCHAIN_MISMATCH", 4],
  ["half of it", bytes((honest) => honest.subarray(0, honest.length >> 1)), "ARCHIVE_TRUNCATED", 4],
  ["a name that leads out", tar({ name: "go/../../out", content: "x" }), "ARCHIVE_PATH_TRAVERSAL", 4],
  ["an absolute name", tar({ name: "/out", content: "x" }), "ARCHIVE_PATH_ABSOLUTE", 4],
  ["a backslash in a name", tar({ name: "go/..\\out", content: "x" }), "ARCHIVE_PATH_BACKSLASH", 4],
  ["a line feed in a name", tar({ name: "go/a\nb", content: "x" }), "ARCHIVE_PATH_CHARACTERS", 4],
  ["another top folder", tar({ name: "other/x", content: "x" }), "ARCHIVE_TOP_FOLDER", 4],
  ["a symbolic link", tar({ name: "go/l", type: "2", link: "VERSION" }), "ARCHIVE_LINK", 4],
  ["a symbolic link to an absolute path", tar({ name: "go/l", type: "2", link: "/etc" }), "ARCHIVE_LINK_ABSOLUTE", 4],
  ["a symbolic link that leads out", tar({ name: "go/l", type: "2", link: "../../x" }), "ARCHIVE_LINK_OUTSIDE", 4],
  ["a file with a link's target", tar({ name: "go/l", link: "/etc", content: "x" }), "ARCHIVE_LINK_HIDDEN", 4],
  ["a hard link", tar({ name: "go/l", type: "1", link: "/etc/passwd" }), "ARCHIVE_HARD_LINK", 4],
  ["a device", tar({ name: "go/d", type: "3" }), "ARCHIVE_SPECIAL_FILE", 4],
  ["a name twice", tar({ name: "go/VERSION", content: "x" }), "ARCHIVE_DUPLICATE", 4],
  ["a file that is a folder too", tar({ name: "go/VERSION/x", content: "x" }), "ARCHIVE_FILE_AS_FOLDER", 4],
  ["a name in another case", tar({ name: "go/version", content: "x" }), "ARCHIVE_CASE_CLASH", 4],
  ["a member of a terabyte", tar({ name: "go/big", size: 2 ** 32 }), "ARCHIVE_TOO_BIG", 4],
  ["two archives in a row", bytes((honest) => Buffer.concat([honest, honest])), "ARCHIVE_MULTIPLE_MEMBERS", 4],
];
