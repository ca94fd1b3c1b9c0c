/** How a toolchain was proven, weakest first; each level has the evidence of those before it. */
export const TRUST_LEVELS = ["sha256", "openpgp", "checksum-database", "rebuilt"] as const;

export type TrustLevel = (typeof TRUST_LEVELS)[number];

/** Files that a project's version can be pinned in. */
export const PIN_FILES = ["go.mod", ".go-version", ".tool-versions", "mise.toml"] as const;

export type PinFile = (typeof PIN_FILES)[number];
