import type { Readable } from "node:stream";
import type { ModuleInfo, ModuleVersion, Tile } from "../module/index.ts";

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
  /** SHA-256 of the whole, hexadecimal, where the store keeps it with the file. */
  readonly sha256?: string;
  /** Octets `start` to `end`, `end` not included. Closes the file when it ends or is destroyed. */
  stream(start: number, end: number): Readable;
  bytes(): Promise<Buffer>;
  /** Reads from `position` on into the first `length` octets of `target`, gives how many there were. Only where that is cheaper than a stream. */
  read?(target: Buffer, position: number, length: number): Promise<number>;
}

/**
 * Where the mirror fetches from. Each undefined stands for "not there" and lets a client's list go on; what fails is thrown (MODULE_UNAVAILABLE with the
 * sources' reasons, PROXY_*). Nothing that comes from it is verified yet.
 */
export interface Upstream {
  /** The text of `@v/list`. */
  list(path: string): Promise<readonly string[] | undefined>;
  latest(path: string): Promise<ModuleInfo | undefined>;
  /** `version` may be a query (a branch, a commit) too. */
  info(module: ModuleVersion): Promise<ModuleInfo | undefined>;
  /** A go.mod as bytes, and who gave it, without credentials. */
  mod(module: ModuleVersion): Promise<{ readonly bytes: Buffer; readonly from: string } | undefined>;
  /**
   * Writes the zip into `target`, which appears whole or not at all. One that was put together of parts may be worth fetching `whole`, over one
   * connection. MODULE_UNAVAILABLE.
   */
  zip(
    module: ModuleVersion,
    target: string,
    options?: { readonly whole?: boolean },
  ): Promise<{ readonly from: string; readonly isPutTogether?: boolean }>;
}

/** A part of the server beside the protocol: a page, another database. Undefined: not a path of its own. */
export interface Extra {
  answer(request: ExtraRequest): Promise<Reply | undefined>;
}

export interface ExtraRequest {
  /** As it was asked, without a query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** One request, when it is over. */
export interface AccessRecord {
  /** RFC 3339. */
  readonly time: string;
  readonly client: string;
  readonly method: string;
  /** As it was asked, without a query. */
  readonly path: string;
  /** What it asked for: a kind of the protocol, `database`, `health`, `metrics`, or `other`. */
  readonly kind: string;
  readonly status: number;
  /** Octets of the body that were handed to the system. */
  readonly octets: number;
  readonly milliseconds: number;
  /** Where a module was asked for: its path, and the version where one was named. */
  readonly module?: string;
  readonly version?: string;
  /** Who asked, where a login or a certificate said so. */
  readonly user?: string;
  /** First line of what a refusal said. */
  readonly refused?: string;
  /** Trace id of a W3C `traceparent`, where the client sent one. */
  readonly trace?: string;
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
  /**
   * Writes a small file where exactly `previous` lies (undefined: nothing), as one act even among processes and machines that share the store; false where
   * something else lies there. A store that cannot do it in one act says so when it is opened.
   */
  replace(path: string, previous: Uint8Array | undefined, next: Uint8Array): Promise<boolean>;
  /** Where a file lies on this machine, for those who read it whole; undefined where only its bytes can be had. */
  localPath?(path: string): string;
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
  /** `sum.golang.org#123456`, the database and its record's number; `private` where its first fetch has to do. */
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
  /** More headers: name and value in turns. */
  readonly more?: readonly string[];
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
