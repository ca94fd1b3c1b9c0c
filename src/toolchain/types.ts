import type { Evidence } from "../core/evidence.ts";
import type { Release } from "../core/go-version.ts";
import type { TransferProgress } from "../module/index.ts";
import type { ArchiveAtHand } from "./examine-archive.ts";

export type ToolchainRequest = Release;

/** One file of a toolchain's tree. */
export interface TreeFile {
  /** Relative to GOROOT. */
  readonly path: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** Octets. */
  readonly size: number;
}

/** RFC 6962 inclusion of the toolchain's go.sum record in the checksum database. */
export interface InclusionEvidence {
  readonly recordId: number;
  /** The record's text: go.sum lines. */
  readonly record: string;
  readonly treeSize: number;
  /** Base64 hashes, leaf to root. */
  readonly hashes: readonly string[];
}

/** An unpacked toolchain whose every byte was proven to be the published one. */
export interface Toolchain {
  readonly request: ToolchainRequest;
  readonly goroot: string;
  /** Module version in the checksum database. */
  readonly moduleVersion: string;
  readonly h1: string;
  readonly evidence: InclusionEvidence;
  /** Which source gave the bytes, without credentials. */
  readonly source: string;
  /** Sorted by path. */
  readonly files: readonly TreeFile[];
}

export type SourceKind = "proxy" | "download" | "local" | "kit" | "module-cache";

/** Looks at a published archive before it is unpacked; what it throws ends the attempt. */
export type ExamineArchive = (archive: ArchiveAtHand) => Promise<readonly Evidence[]>;

export interface Fetched {
  readonly from: string;
  /** What `examine` found; undefined where the source gives no published archives, but trees or module zips. */
  readonly evidence?: readonly Evidence[];
}

/** How one attempt at a source goes. */
export interface FetchOptions {
  readonly examine?: ExamineArchive | undefined;
  /** Told what comes over the network. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Told which of the source's places gave all the bytes, before they are looked at. */
  readonly onBytes?: (place: string) => void;
  /** Fetch in one piece, with nothing of an earlier command's. */
  readonly whole?: boolean;
  /** Places that are not asked. */
  readonly avoid?: ReadonlySet<string>;
}

/** Where a toolchain's bytes may come from; none of them is trusted. */
export interface ToolchainSource {
  readonly kind: SourceKind;
  /** Its address, without credentials, where there can be several of a kind. */
  readonly at?: string;
  /** The addresses on a network that it asks, without credentials; undefined for what lies on this machine. */
  readonly places?: readonly string[];
  /** Puts the files into `into` as they lie in GOROOT and says where they came from. Throws MedkitError with the reason where it has them not. */
  fetch(request: ToolchainRequest, into: string, options?: FetchOptions): Promise<Fetched>;
}
