/** How much an archive may ask of the host. */
export interface ArchiveLimits {
  /** Members, folders included. */
  readonly entries: number;
  /** Size of one member. */
  readonly entryBytes: number;
  /** Unpacked bytes altogether, headers and padding included. */
  readonly totalBytes: number;
  /** Unpacked bytes a packed byte, judged once `ratioFrom` bytes were unpacked (DEFLATE can reach 1032). */
  readonly ratio: number;
  readonly ratioFrom: number;
}

/** Wide enough for any Go toolchain, module set and kit; narrow enough that a bomb costs a second. */
export const DEFAULT_LIMITS: ArchiveLimits = {
  entries: 500_000,
  entryBytes: 2 * 2 ** 30,
  totalBytes: 16 * 2 ** 30,
  ratio: 200,
  ratioFrom: 64 * 2 ** 20,
};
