import { hasTrust, TRUST_LEVELS, type TrustLabel, type TrustLevel } from "./toolchain-words.ts";

/** Something that speaks for a toolchain: of what level, by whom, and what exactly was seen. Times are ISO 8601. */
export type Evidence = ChecksumEvidence | SignatureEvidence | DatabaseEvidence | RebuiltEvidence;

/** The archive (or the tree, by its h1) has the sum that another place publishes. */
export interface ChecksumEvidence {
  readonly level: "sha256";
  /** Name of the archive. */
  readonly file: string;
  /** Hexadecimal, of the archive; or `h1:…` of the tree. */
  readonly sum: string;
  /** Who published the sum: a host, or the file that a person named. */
  readonly by: string;
}

/** The archive is signed by a key of medkit's keyring. */
export interface SignatureEvidence {
  readonly level: "openpgp";
  readonly file: string;
  /** Of the archive, hexadecimal. */
  readonly sha256: string;
  /** Fingerprint of the primary key. */
  readonly key: string;
  /** Fingerprint of the key that signed: the primary key or a subkey. */
  readonly signer: string;
  readonly signedAt: string;
  readonly userId: string | null;
  /** Which program judged it. */
  readonly verifier: string;
}

/** The tree's h1 is in a checksum database, proven by inclusion. */
export interface DatabaseEvidence {
  readonly level: "checksum-database";
  /** Name of the database. */
  readonly by: string;
  readonly h1: string;
  readonly recordId: number;
  readonly treeSize: number;
}

/** It was made from source here, and is the same as something else. */
export interface RebuiltEvidence {
  readonly level: "rebuilt";
  /** What it is the same as: `checksum-database`, `reference`, `second-rebuild`. */
  readonly by: string;
  /** What gave the source, and what compiled it: `go1.22.5.linux-amd64`. */
  readonly source: string;
  readonly bootstrap: string;
}

function rank(level: TrustLevel): number {
  return TRUST_LEVELS.indexOf(level);
}

/** Whether `has` is the level `wanted` or a stronger one. Undefined is less than every level. */
export function meetsTrust(has: TrustLabel | undefined, wanted: TrustLevel): boolean {
  return has !== undefined && hasTrust(has, wanted);
}

/** The strongest level that there is evidence of; undefined where there is none. */
export function trustOf(evidence: readonly Evidence[]): TrustLevel | undefined {
  return TRUST_LEVELS.findLast((level) => evidence.some((each) => each.level === level));
}

/** What was known with what was seen now; of each level the newer. */
export function mergeEvidence(before: readonly Evidence[], now: readonly Evidence[]): readonly Evidence[] {
  return [...before.filter((each) => !now.some((other) => other.level === each.level)), ...now].toSorted(
    (a, b) => rank(a.level) - rank(b.level),
  );
}
