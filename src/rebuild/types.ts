import type { Release } from "../core/go-version.ts";
import type { InclusionEvidence, TreeFile } from "../toolchain/index.ts";

/** What made a rebuilt toolchain: who compiled it, from which source. */
export interface Recipe {
  /** The toolchain whose tree gave the source, proven by the checksum database. */
  readonly source: Proven;
  /** The toolchain that compiled it, proven likewise. */
  readonly bootstrap: Proven;
}

export interface Proven {
  readonly release: Release;
  readonly h1: string;
}

/** What a rebuilt toolchain was found to be the same as. */
export type Match =
  /** The checksum database has this very hash for it. */
  | { readonly kind: "checksum-database"; readonly evidence: InclusionEvidence }
  /** Each file is that of the published one, which the checksum database proves, programs but for their code signatures. */
  | { readonly kind: "reference"; readonly path: string; readonly signaturesStripped: number }
  /** A second rebuild, in another place and by another toolchain where one was at hand, gave the same hash. */
  | { readonly kind: "second-rebuild"; readonly bootstrap: Proven }
  | { readonly kind: "none" };

export interface Rebuilt {
  readonly release: Release;
  readonly goroot: string;
  readonly h1: string;
  readonly files: readonly TreeFile[];
  readonly recipe: Recipe;
  readonly match: Match;
  /** What the checksum database has for it; undefined where it has no record of this port. */
  readonly published: string | undefined;
}

/** Whether a rebuilt toolchain is known to be the published one. A second rebuild shows that it can be reproduced, not that it is the same. */
export function isMatched(match: Match): boolean {
  return match.kind === "checksum-database" || match.kind === "reference";
}
