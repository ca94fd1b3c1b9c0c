import { open, type FileHandle } from "node:fs/promises";
import { MedkitError } from "../core/errors.ts";
import type { ModuleVersion } from "../module/index.ts";

/** A module that a Go binary was built of. */
export interface BuiltModule extends ModuleVersion {
  readonly isMain: boolean;
}

export interface BuildInfo {
  /** `go1.22.5`. */
  readonly goVersion: string;
  /** With replacements applied; without those that were replaced by folders, and without a main module that has no version. */
  readonly modules: readonly BuiltModule[];
}

const magic = Buffer.from("\u00ff Go buildinf:", "latin1");
/** The header's size, and what its place is a multiple of. Octets. */
const headerSize = 32;
const alignment = 16;
/** Octets that are read at a time. */
const window = 1024 * 1024;
/** No build info is longer. Octets. */
const longest = 16 * 1024 * 1024;
/** Octets around the list of modules, so that a reader of plain bytes finds it. */
const sentinel = 16;

/** Whether a file begins as ELF, Mach-O (also fat), PE or XCOFF executables do. */
export function isExecutable(start: Uint8Array): boolean {
  const head = Buffer.from(start.subarray(0, 4)).toString("hex");
  return (
    ["7f454c46", "feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe", "01df", "01f7"].some((each) =>
      head.startsWith(each),
    ) || head.startsWith("4d5a")
  );
}

/**
 * Reads what the linker wrote into a Go binary, for any platform and without starting it: Go 1.18 and newer. BINARY_UNREADABLE.
 * Source: GOROOT/src/debug/buildinfo/buildinfo.go.
 */
export async function readBuildInfo(path: string): Promise<BuildInfo> {
  await using file = await open(path, "r");
  let isOld = false;
  for await (const place of headers(file)) {
    const header = await bytesAt(file, place, headerSize);
    // Bit 1: the texts follow the header. Before, it held addresses.
    if (header.length < headerSize) continue;
    if (((header[15] ?? 0) & 2) === 0) {
      isOld = true;
      continue;
    }
    const found = await readInline(file, place + headerSize);
    if (found !== undefined) return found;
  }
  const problem = isOld ? "a Go before 1.18 has linked it" : "no build information of Go is in it";
  throw new MedkitError("BINARY_UNREADABLE", { path, problem });
}

/** Places of headers, from the file's start. */
async function* headers(file: FileHandle): AsyncGenerator<number> {
  const overlap = magic.length;
  for (let start = 0; ; start += window - overlap) {
    const bytes = await bytesAt(file, start, window);
    for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1))
      if ((start + at) % alignment === 0) yield start + at;
    if (bytes.length < window) return;
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Two texts, each behind its length. Undefined: not what it looked like. */
async function readInline(file: FileHandle, position: number): Promise<BuildInfo | undefined> {
  const version = await readText(file, position);
  if (version === undefined || !/^(?:go|devel)/.test(version.bytes.toString("latin1"))) return undefined;
  const modules = await readText(file, version.end);
  if (modules === undefined) return undefined;
  const { bytes } = modules;
  const text =
    bytes.length >= 2 * sentinel + 1 && bytes[bytes.length - sentinel - 1] === 0x0a
      ? bytes.subarray(sentinel, -sentinel).toString("utf8")
      : "";
  return { goVersion: version.bytes.toString("utf8").split(" ")[0] ?? "", modules: parseModules(text) };
}

/** A text behind its length, an unsigned varint as in encoding/binary. */
async function readText(file: FileHandle, position: number): Promise<{ bytes: Buffer; end: number } | undefined> {
  const start = await bytesAt(file, position, 5);
  let length = 0;
  for (let index = 0; index < start.length; index++) {
    const byte = start[index] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte >= 0x80) continue;
    if (length > longest) return undefined;
    const from = position + index + 1;
    const bytes = await bytesAt(file, from, length);
    return bytes.length === length ? { bytes, end: from + length } : undefined;
  }
  return undefined;
}

/** The lines `mod`, `dep` and `=>` of runtime/debug.BuildInfo. */
function parseModules(text: string): BuiltModule[] {
  const found: BuiltModule[] = [];
  let last: BuiltModule | undefined;
  const keep = (): void => {
    if (last !== undefined && /^v\d/.test(last.version)) found.push(last);
    last = undefined;
  };
  for (const line of text.split("\n")) {
    const [word, path = "", version = ""] = line.split("\t");
    if (word === "mod" || word === "dep") {
      keep();
      last = { path, version, isMain: word === "mod" };
    } else if (word === "=>" && last !== undefined) last = { path, version, isMain: last.isMain };
  }
  keep();
  return found;
}
