import type { Readable } from "node:stream";
import type { ModuleVersion, Tile } from "../module/index.ts";

/** What a request asks of a module proxy (https://go.dev/ref/mod#goproxy-protocol). Paths and versions in their plain form. */
export type Asked =
  | { readonly kind: "list"; readonly path: string }
  | { readonly kind: "latest"; readonly path: string }
  /** `version` may be a query too: a branch, a commit. */
  | { readonly kind: "info"; readonly module: ModuleVersion }
  | { readonly kind: "mod" | "zip"; readonly module: ModuleVersion }
  | { readonly kind: "database"; readonly name: string; readonly file: DatabaseFile };

/** A file of a checksum database behind a proxy (golang.org/x/mod/sumdb/server.go). */
export type DatabaseFile =
  | { readonly kind: "supported" }
  | { readonly kind: "latest" }
  | { readonly kind: "lookup"; readonly module: ModuleVersion }
  | { readonly kind: "tile"; readonly tile: Tile };

/** A file of the store, opened: its size is that of the bytes that will come, whatever happens to its name meanwhile. */
export interface StoredFile extends AsyncDisposable {
  /** Octets. */
  readonly size: number;
  readonly modified: Date;
  /** Octets `start` to `end`, `end` not included. Closes the file when it ends or is destroyed. */
  stream(start: number, end: number): Readable;
  bytes(): Promise<Buffer>;
}

/** Where modules lie, by their path in a GOPROXY tree (`golang.org/x/sync/@v/v0.8.0.zip`). A disk's folder now, a bucket can be one too. */
export interface ObjectStore {
  open(path: string): Promise<StoredFile | undefined>;
  /** A small file, whole; undefined where it is not there. */
  read(path: string): Promise<Buffer | undefined>;
  /** Names right below a folder; none where it is not there. */
  names(folder: string): Promise<readonly string[]>;
  /** The bytes appear whole and durable, or not at all. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Runs `work` with a scratch file of the same store, then gives what is left in it the name `path`, durably. What fails leaves nothing. */
  publish<Result>(path: string, work: (scratch: string) => Promise<Result>): Promise<Result>;
  remove(path: string): Promise<void>;
}

/** How a stored file was proven: `V.mod.proof` and `V.zip.proof` beside it. Without it the file is not served. */
export interface FileProof {
  readonly schema: "medkit/module-proof/v1";
  /** Hash1, as go.sum has it. */
  readonly h1: string;
  /** SHA-256 of the very bytes, hexadecimal. */
  readonly sha256: string;
  /** Octets. */
  readonly size: number;
  /** `sum.golang.org#123456`, the database and its record's number. */
  readonly proven: string;
  /** Who gave the bytes, without credentials. */
  readonly source: string;
  /** RFC 3339. */
  readonly storedAt: string;
}

/** What is sent for a request. */
export type Reply = FileReply | BytesReply;

interface ReplyFacts {
  readonly status: number;
  /** Media type. */
  readonly type: string;
  /** How long it may be kept: for ever, a minute, or not at all. */
  readonly keep: "immutable" | "minute" | "never";
  /** What a browser calls it when it saves it. */
  readonly saveAs?: string;
}

export interface FileReply extends ReplyFacts {
  readonly file: StoredFile;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
}

export interface BytesReply extends ReplyFacts {
  readonly bytes: Buffer;
  readonly modified?: Date;
}
