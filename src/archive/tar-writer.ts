import { open, rm } from "node:fs/promises";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { formatBytes } from "../core/format-bytes.ts";
import { publishFile, temporaryBeside } from "../state/index.ts";
import { PathGuard, pathFault, printablePath } from "./entry-path.ts";
import { type OutputSummary, readFileChunks, writeChunks } from "./file-io.ts";
import { type GzipLevel, type Piece, gzipPieces } from "./gzip-writer.ts";
import { encodePaxRecord } from "./pax.ts";
import { BLOCK, MAX_OCTAL_SIZE, encodeHeader, paddingOf, splitPath } from "./tar-header.ts";

export interface FolderMember {
  readonly kind: "folder";
  /** Without a trailing slash. */
  readonly path: string;
}

export interface FileMember {
  readonly kind: "file";
  readonly path: string;
  readonly executable: boolean;
  /** Bytes; a promise that the content has to keep. */
  readonly size: number;
  readonly content: Uint8Array | { readonly file: string } | AsyncIterable<Uint8Array>;
  /** False for content that is compressed already: it lies in the gzip stream as it is. Default true. */
  readonly compress?: boolean;
}

export type TarMember = FolderMember | FileMember;

export interface TarOptions {
  /** Modification time of every member, whole seconds since 1970. */
  readonly mtime: number;
  /** Name of the archive in messages. */
  readonly name?: string;
}

export interface TarGzOptions extends TarOptions {
  readonly level?: GzipLevel;
  /** Where `writeTarGz` writes before the rename: an absent path on the target's file system. Name it in a journal's `staging` and a kill -9 leaves nothing behind. */
  readonly temporary?: string;
}

async function* headerOf(member: TarMember, options: TarOptions): AsyncGenerator<Piece> {
  const folder = member.kind === "folder";
  const path = folder ? `${member.path}/` : member.path;
  const fields = {
    mode: folder || member.executable ? 0o755 : 0o644,
    size: folder ? 0 : member.size,
    mtime: options.mtime,
    type: folder ? "5" : "0",
  } as const;
  const split = splitPath(path);
  if (split !== undefined) {
    yield { bytes: encodeHeader({ ...split, ...fields }), compress: true };
    return;
  }
  const record = encodePaxRecord("path", path);
  // The name that an unpacker without pax sees: the end of the path, cut on a character.
  const short = Buffer.from(path)
    .subarray(-80)
    .toString("utf8")
    .replace(/^\ufffd+/, "")
    .replaceAll("/", "_");
  yield {
    bytes: encodeHeader({
      name: `PaxHeader/${short}`,
      prefix: "",
      mode: 0o644,
      size: record.length,
      mtime: options.mtime,
      type: "x",
    }),
    compress: true,
  };
  yield { bytes: Buffer.concat([record, Buffer.alloc(paddingOf(record.length))]), compress: true };
  yield { bytes: encodeHeader({ name: short, prefix: "", ...fields }), compress: true };
}

async function* contentOf(member: FileMember, archive: string): AsyncGenerator<Piece> {
  const { content, size } = member;
  const compress = member.compress !== false;
  const changed = (found: number): MedkitError =>
    new MedkitError("ARCHIVE_SOURCE_CHANGED", { archive, path: printablePath(member.path), expected: size, found });
  const chunks = content instanceof Uint8Array ? [content] : "file" in content ? readFileChunks(content.file) : content;
  let found = 0;
  for await (const bytes of chunks) {
    found += bytes.length;
    if (found > size) throw changed(found);
    yield { bytes, compress };
  }
  if (found !== size) throw changed(found);
}

/**
 * A deterministic ustar archive: owner 0, no owner names, one time, modes 0755 and 0644, members in the given order. A pax header
 * only where a path does not fit. Throws the reader's own codes for a name or a tree that the reader would refuse, ARCHIVE_SOURCE_CHANGED
 * where a content does not keep its promised size, ARCHIVE_TOO_BIG from 8 GiB a member.
 */
export async function* tarPieces(
  members: AsyncIterable<TarMember> | Iterable<TarMember>,
  options: TarOptions,
): AsyncGenerator<Piece> {
  const archive = options.name ?? "tar";
  const guard = new PathGuard(archive);
  for await (const member of members) {
    const fault = pathFault(member.path);
    if (fault !== undefined) throw new MedkitError(fault, { archive, entry: printablePath(member.path) });
    guard.add(member.path, member.kind);
    if (member.kind === "file" && member.size > MAX_OCTAL_SIZE) {
      throw new MedkitError("ARCHIVE_TOO_BIG", {
        archive,
        entry: printablePath(member.path),
        measure: "entryBytes",
        limit: formatBytes(MAX_OCTAL_SIZE),
      });
    }
    yield* headerOf(member, options);
    if (member.kind === "folder") continue;
    yield* contentOf(member, archive);
    const padding = paddingOf(member.size);
    if (padding > 0) yield { bytes: Buffer.alloc(padding), compress: true };
  }
  yield { bytes: Buffer.alloc(2 * BLOCK), compress: true };
}

/** The gzip'd archive as a stream; see {@link tarPieces} and {@link gzipPieces}. */
export function tarGz(
  members: AsyncIterable<TarMember> | Iterable<TarMember>,
  options: TarGzOptions,
): AsyncGenerator<Uint8Array> {
  return gzipPieces(tarPieces(members, options), options.level ?? 9);
}

/** Writes a gzip'd archive to `target`, durably and by rename: there is never a part of one under that name. Returns its size and SHA-256. */
export async function writeTarGz(
  target: string,
  members: AsyncIterable<TarMember> | Iterable<TarMember>,
  options: TarGzOptions,
): Promise<OutputSummary> {
  const temporary = options.temporary ?? temporaryBeside(target);
  let ours = false;
  try {
    const handle = await open(temporary, "wx");
    ours = true;
    let summary: OutputSummary;
    try {
      summary = await writeChunks(handle, tarGz(members, { name: target, ...options }), target);
    } finally {
      await handle.close();
    }
    await publishFile(temporary, target);
    return summary;
  } catch (error) {
    if (ours) await rm(temporary, { force: true }).catch(() => undefined);
    // Only what the target's file system says is about the target; a source that cannot be read speaks for itself.
    throw systemCode(error) === undefined || (error as NodeJS.ErrnoException).path !== temporary
      ? error
      : fromSystemError(error, target);
  }
}
