import type { Evidence } from "../core/evidence.ts";
import type { Platform } from "../core/go-version.ts";
import type { TrustLabel } from "../core/toolchain-words.ts";

/** `toolchain.json` beside a stored GOROOT: what it is, and how that was proven. */
export interface StoreRecord {
  readonly schema: "medkit/stored-toolchain/v1";
  /** Without `go`. */
  readonly version: string;
  /** `linux/amd64`. */
  readonly platform: string;
  /** Hash of the tree as the module zip's. */
  readonly h1: string;
  readonly trust: TrustLabel;
  /** Where the bytes came from, without credentials. */
  readonly source: string;
  /** All that spoke for it when it was installed, weakest first; an older medkit did not write it. */
  readonly evidence?: readonly Evidence[];
  /** Kinds of difference from the published toolchain that the user accepted. */
  readonly accepted?: readonly string[];
  /** Where the tree is somebody else's, and the store has only a link to it. */
  readonly linked?: {
    /** The GOROOT, without links. */
    readonly target: string;
    readonly files: readonly LinkedFile[];
  };
  /** Of one that was made from source. */
  readonly rebuilt?: RebuiltRecord;
}

/** How a toolchain was made from source: `go1.22.5.linux-amd64` and h1 of what gave the source, and of what compiled it. */
export interface RebuiltRecord {
  readonly source: { readonly name: string; readonly h1: string };
  readonly bootstrap: { readonly name: string; readonly h1: string };
  /** What it was found to be the same as. */
  readonly match: "checksum-database" | "reference" | "second-rebuild" | "none";
  /** Programs that are the reference's but for their code signatures. */
  readonly signaturesStripped?: number;
}

/** A file of a linked tree as it was when the tree was proven. */
export interface LinkedFile {
  /** Relative to GOROOT. */
  readonly path: string;
  /** Octets. */
  readonly size: number;
  /** Inode, and times of the last change of content and of the file, in nanoseconds. */
  readonly stamp: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** A toolchain in medkit's store: complete, since it got its name only when it was. */
export interface StoredToolchain {
  /** `go1.22.5.linux-amd64`. */
  readonly name: string;
  readonly version: string;
  readonly platform: Platform;
  /** Without links: of a linked one the other's tree. */
  readonly goroot: string;
  /** Undefined where an older medkit stored it: it is proven again before it is used for anything that asks for proof. */
  readonly record: StoreRecord | undefined;
}
