import { formatBytes } from "../core/format-bytes.ts";
import { createReadStream } from "node:fs";
import type { ErrorCode } from "../core/error-codes.ts";
import { MedkitError } from "../core/errors.ts";
import { ByteReader } from "./byte-reader.ts";
import { type CaseClash, linkFault, PathGuard, pathFault, printablePath } from "./entry-path.ts";
import { gunzip } from "./gzip-reader.ts";
import { type ArchiveLimits, DEFAULT_LIMITS } from "./limits.ts";
import { parsePax } from "./pax.ts";
import { Content } from "./tar-content.ts";
import { BLOCK, type Header, decodeHeader, decodeUtf8, isZero, paddingOf } from "./tar-header.ts";

export interface ReadTarOptions {
  /** Name of the archive in messages; the path by default. */
  readonly name?: string;
  readonly limits?: Partial<ArchiveLimits>;
  readonly compression?: "detect" | "gzip" | "none";
  /** Every member has to be this folder or lie in it. */
  readonly topFolder?: string;
  /** `kit`: only names of the kit's alphabet. */
  readonly alphabet?: "any" | "kit";
  /** Names that differ only by letter case or normalisation: `allow` (default) tells `onCaseClash`, `refuse` throws ARCHIVE_CASE_CLASH. */
  readonly caseClash?: "allow" | "refuse";
  readonly onCaseClash?: (clash: CaseClash) => void;
  /** Hash every file while it is read, also where the consumer skips it. */
  readonly hash?: boolean;
}

/** One member. Its content can be read once, and only until the next member is asked for. */
export interface TarEntry {
  readonly kind: "file" | "folder";
  /** Without a trailing slash; judged and safe to join to a folder. */
  readonly path: string;
  /** Permission bits as in the header, setuid, setgid and sticky included. */
  readonly mode: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  content(): AsyncGenerator<Buffer>;
  /** All of the content that was not read yet. For sizes that memory can hold. */
  bytes(): Promise<Buffer>;
  /** SHA-256 of the content, hexadecimal; reads what was not read yet. Needs the option `hash`. */
  sha256(): Promise<string>;
}

const LONGEST_PAX = 1 << 20;
const LONGEST_NAME = 1 << 13;

/** What the headers before a member said about it. */
interface Pending {
  readonly path?: string | undefined;
  readonly size?: number | undefined;
}

class TarReader {
  readonly #reader: ByteReader;
  readonly #archive: string;
  readonly #options: ReadTarOptions;
  readonly #limits: ArchiveLimits;
  readonly #guard: PathGuard;
  #headers = 0;
  #current: Content | undefined;

  constructor(reader: ByteReader, archive: string, options: ReadTarOptions) {
    this.#reader = reader;
    this.#archive = archive;
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#guard = new PathGuard(archive, (clash) => {
      if (options.caseClash === "refuse")
        this.#refuse("ARCHIVE_CASE_CLASH", clash.path, { other: printablePath(clash.other) });
      options.onCaseClash?.(clash);
    });
  }

  #refuse(code: ErrorCode, path?: string, more: Readonly<Record<string, string | number>> = {}): never {
    throw new MedkitError(code, {
      archive: this.#archive,
      ...(path === undefined ? {} : { entry: printablePath(path) }),
      ...more,
    });
  }

  async #need(count: number, path?: string): Promise<Buffer> {
    return this.#reader.now(count) ?? (await this.#reader.exactly(count)) ?? this.#refuse("ARCHIVE_TRUNCATED", path);
  }

  /** The next member; undefined after the end of the archive, whose rest has then been checked. */
  async next(): Promise<TarEntry | undefined> {
    await this.#current?.finish();
    this.#current = undefined;
    let pending: Pending | undefined;
    for (;;) {
      const block = await this.#need(BLOCK);
      if (isZero(block)) {
        if (pending !== undefined) this.#refuse("ARCHIVE_HEADER_INVALID");
        await this.#end();
        return undefined;
      }
      const header = this.#header(block);
      if (++this.#headers > this.#limits.entries) {
        this.#refuse("ARCHIVE_TOO_BIG", header.name ?? "", { measure: "entries", limit: this.#limits.entries });
      }
      if ("xgL".includes(header.type)) {
        const said = await this.#meta(header);
        if (said === undefined) continue;
        if (pending !== undefined) this.#refuse("ARCHIVE_HEADER_INVALID", header.name);
        pending = said;
        continue;
      }
      const entry = this.#member(header, pending ?? {});
      if (entry !== undefined) return entry;
      pending = undefined;
    }
  }

  #header(block: Buffer): Header {
    const header = decodeHeader(block);
    if (header === "not-tar") this.#refuse("ARCHIVE_NOT_TAR");
    if (header === "checksum") this.#refuse("ARCHIVE_HEADER_CHECKSUM");
    if (header === "field") this.#refuse("ARCHIVE_HEADER_INVALID");
    return header;
  }

  /** Reads a pax or GNU header about the next member; undefined where it says nothing that matters. */
  async #meta(header: Header): Promise<Pending | undefined> {
    if (header.size > (header.type === "L" ? LONGEST_NAME : LONGEST_PAX))
      this.#refuse("ARCHIVE_HEADER_INVALID", header.name);
    const body = Buffer.from(await this.#need(header.size));
    await this.#padding(header.size);
    if (header.type === "L") {
      const end = body.indexOf(0);
      return {
        path: decodeUtf8(end === -1 ? body : body.subarray(0, end)) ?? this.#refuse("ARCHIVE_PATH_CHARACTERS", "?"),
      };
    }
    const records = parsePax(body) ?? this.#refuse("ARCHIVE_HEADER_INVALID", header.name);
    for (const key of records.keys()) {
      if (key.startsWith("GNU.sparse.")) this.#refuse("ARCHIVE_SPECIAL_FILE", records.get("path") ?? header.name);
      if (key === "linkpath") this.#refuse("ARCHIVE_LINK_HIDDEN", records.get("path") ?? header.name);
      if (key === "hdrcharset") this.#refuse("ARCHIVE_HEADER_INVALID", header.name);
    }
    const [path, size] = [records.get("path"), records.get("size")];
    if (header.type === "g") {
      // A name or a size for all members at once has no honest use.
      if (path !== undefined || size !== undefined) this.#refuse("ARCHIVE_HEADER_INVALID", header.name);
      return undefined;
    }
    if (size !== undefined && !/^\d{1,15}$/.test(size)) this.#refuse("ARCHIVE_HEADER_INVALID", path ?? header.name);
    return { path, size: size === undefined ? undefined : Number(size) };
  }

  #member(header: Header, pending: Pending): TarEntry | undefined {
    const given = pending.path ?? header.name ?? this.#refuse("ARCHIVE_PATH_CHARACTERS", "?");
    const size = pending.size ?? header.size;
    const folder = header.type === "5";
    if (header.type === "1") this.#refuse("ARCHIVE_HARD_LINK", given);
    if (header.type === "2") this.#refuse(linkFault(given, header.linkName), given);
    if (!folder && header.type !== "0" && header.type !== "\u0000") this.#refuse("ARCHIVE_SPECIAL_FILE", given);
    if (header.linkName !== "") this.#refuse("ARCHIVE_LINK_HIDDEN", given);
    if (folder && size !== 0) this.#refuse("ARCHIVE_HEADER_INVALID", given);
    let path = folder && given.endsWith("/") ? given.slice(0, -1) : given;
    if (this.#options.topFolder === undefined) {
      // `tar -C folder .` writes names like this; where the names are agreed upon it is refused.
      if (folder && path === ".") return undefined;
      if (path.startsWith("./")) path = path.slice(2);
    }
    this.#judge(path, folder);
    if (size > this.#limits.entryBytes)
      this.#refuse("ARCHIVE_TOO_BIG", path, { measure: "entryBytes", limit: formatBytes(this.#limits.entryBytes) });
    const kind = folder ? "folder" : "file";
    this.#guard.add(path, kind);
    const content = new Content(this.#reader, size, this.#options.hash === true && !folder, () =>
      this.#refuse("ARCHIVE_TRUNCATED", path),
    );
    this.#current = content;
    return {
      kind,
      path,
      mode: header.mode,
      size,
      mtime: header.mtime,
      content: () => content.read(),
      bytes: () => content.rest(),
      sha256: () => content.sha256(),
    };
  }

  #judge(path: string, folder: boolean): void {
    const fault = pathFault(path, this.#options.alphabet);
    if (fault !== undefined) this.#refuse(fault, path);
    const top = this.#options.topFolder;
    if (top !== undefined && !(path === top && folder) && !path.startsWith(`${top}/`))
      this.#refuse("ARCHIVE_TOP_FOLDER", path, { expected: top });
  }

  async #padding(size: number): Promise<void> {
    const padding = paddingOf(size);
    if (padding > 0) await this.#need(padding);
  }

  /** After the first zero block: a second one, then nothing but zeros. */
  async #end(): Promise<void> {
    if (!isZero(await this.#need(BLOCK))) this.#refuse("ARCHIVE_TRAILING_DATA");
    for (let more = await this.#reader.some(); more !== undefined; more = await this.#reader.some()) {
      if (!isZero(more)) this.#refuse("ARCHIVE_TRAILING_DATA");
    }
  }
}

async function* limited(reader: ByteReader, archive: string, limit: number): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for (let chunk = await reader.some(); chunk !== undefined; chunk = await reader.some()) {
      total += chunk.length;
      if (total > limit)
        throw new MedkitError("ARCHIVE_TOO_BIG", { archive, measure: "totalBytes", limit: formatBytes(limit) });
      yield chunk;
    }
  } finally {
    await reader.close();
  }
}

/**
 * Reads a tar archive, gzip'd or plain, strictly and in constant memory, from a file or a stream of bytes. Whatever two unpackers
 * could understand differently is refused with a code of its own, at the member that does it; whoever has to be sure of the whole
 * archive before acting reads it to the end first, or unpacks through `extractTar`, which publishes only at the end.
 */
export async function* readTar(
  source: string | AsyncIterable<Uint8Array>,
  options: ReadTarOptions = {},
): AsyncGenerator<TarEntry> {
  const archive = options.name ?? (typeof source === "string" ? source : "tar");
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const raw = new ByteReader(
    typeof source === "string" ? createReadStream(source, { highWaterMark: 1 << 20 }) : source,
  );
  let reader: ByteReader | undefined;
  try {
    const first = await raw.exactly(1);
    if (first === undefined) throw new MedkitError("ARCHIVE_TRUNCATED", { archive });
    raw.unread(first);
    const packed = options.compression === "gzip" || (options.compression !== "none" && first[0] === 0x1f);
    const bytes = limited(raw, archive, packed ? Number.POSITIVE_INFINITY : limits.totalBytes);
    reader = new ByteReader(packed ? gunzip(bytes, { name: archive, limits }) : bytes);
    const tar = new TarReader(reader, archive, options);
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) yield entry;
  } finally {
    await reader?.close();
    await raw.close();
  }
}
