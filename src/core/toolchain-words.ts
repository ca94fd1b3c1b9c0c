/** How a toolchain was proven, weakest first; each level has the evidence of those before it. */
export const TRUST_LEVELS = ["sha256", "openpgp", "checksum-database", "rebuilt"] as const;

export type TrustLevel = (typeof TRUST_LEVELS)[number];

/**
 * The label of a toolchain that was made from proven source by a proven toolchain, and that nothing published could be compared with. It is none of the
 * levels: whoever demands one does not get it.
 */
export const REBUILT_UNMATCHED = "rebuilt-unmatched";

export type TrustLabel = TrustLevel | typeof REBUILT_UNMATCHED;

/** Whether what has this label has the evidence of a level. */
export function hasTrust(label: TrustLabel, wanted: TrustLevel): boolean {
  return label !== REBUILT_UNMATCHED && TRUST_LEVELS.indexOf(label) >= TRUST_LEVELS.indexOf(wanted);
}

/** Files that a project's version can be pinned in. */
export const PIN_FILES = ["go.mod", ".go-version", ".tool-versions", "mise.toml"] as const;

export type PinFile = (typeof PIN_FILES)[number];
