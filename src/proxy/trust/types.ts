import type { ModuleVersion } from "../../module/index.ts";

export type ProvenKind = "mod" | "zip";

/** What is known of fetched bytes before they get their name. */
export interface FoundBytes {
  /** Hash1, as go.sum has it. */
  readonly h1: string;
  /** Who gave them, without credentials. */
  readonly source: string;
}

/** Says what proves these bytes, for the file's proof; MODULE_MISMATCH or MODULE_CHANGED where they are others. */
export type Judge = (found: FoundBytes) => Promise<string>;

/** Who knows what a version's files have to be. */
export interface Prover {
  /** Called before anything is fetched: what it does not know is not fetched. */
  judge(kind: ProvenKind, module: ModuleVersion): Promise<Judge>;
}
