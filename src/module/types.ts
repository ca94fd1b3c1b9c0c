/** A module at a version: `golang.org/x/sync` and `v0.8.0`. Both in their plain form, never escaped. */
export interface ModuleVersion {
  readonly path: string;
  readonly version: string;
}

/** `path@version`, as Go prints it. */
export function moduleName(module: ModuleVersion): string {
  return `${module.path}@${module.version}`;
}

/** The two hashes that go.sum and the checksum database hold for a module version, each `h1:` and 44 characters of base64. */
export interface ModuleHashes {
  /** Hash1 of the module zip's entries. */
  readonly h1: string;
  /** Hash1 of its go.mod alone. */
  readonly goModH1: string;
}

/** A tree of a transparency log: how many records, and the RFC 6962 root hash over them (32 bytes). */
export interface Tree {
  readonly size: number;
  readonly root: Buffer;
}

/** A tree with the signed note that vouches for it. */
export interface TreeHead extends Tree {
  /** The note exactly as it was signed and served. */
  readonly note: string;
}

/** A record of the checksum database, proven to be in the tree of a signed head. `isRecordProven` checks it again, offline. */
export interface ProvenRecord extends ModuleHashes {
  readonly recordId: number;
  /** The record's text, with its final line feed; its leaf hash is over these bytes. */
  readonly record: string;
  readonly treeSize: number;
  /** RFC 6962 audit path, base64, leaf to root. */
  readonly hashes: readonly string[];
}

/** A module version's `.info`: Go's JSON. */
export interface ModuleInfo {
  readonly version: string;
  /** RFC 3339, where the source gives it. */
  readonly time: string | undefined;
}

/** A retraction of go.mod: an inclusive interval of versions. */
export interface Retraction {
  readonly low: string;
  readonly high: string;
  readonly rationale: string;
}
