/** A key of medkit's own keyring, as it is stored: one file a primary key. */
export interface KeyRecord {
  readonly schema: "medkit/openpgp-key/v1";
  /** Of the primary key: 40 (version 4) or 64 (version 6) hexadecimal digits, upper case. */
  readonly fingerprint: string;
  /** Who said that this key is to be believed. */
  readonly confirmed: Confirmation;
  /** The public key, in ASCII armor. */
  readonly armored: string;
}

/** A person, who gave its fingerprint; or a key of the keyring (its fingerprint), which certified it. */
export type Confirmation = { readonly by: "person" } | { readonly by: "key"; readonly fingerprint: string };

/** A part of a key that may sign. Times are ISO 8601, in seconds. */
export interface SubkeyFacts {
  readonly fingerprint: string;
  readonly created: string;
  readonly expires: string | null;
  readonly state: "usable" | SignerFault;
}

export interface KeyFacts {
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly created: string;
  readonly expires: string | null;
  readonly revoked: boolean;
  /** `rsa4096`, `ed25519`. */
  readonly algorithm: string;
  /** Whose key it is, where medkit knows this fingerprint. */
  readonly known: string | null;
  /** The primary key first, then the subkeys. */
  readonly signers: readonly SubkeyFacts[];
}

/** Why a key could not make a signature that counts, judged at the time at which the signature says it was made. */
export type SignerFault =
  /** The key was made later than the signature. */
  | "before-key"
  | "expired"
  | "revoked"
  /** The primary key does not vouch for it as a signing key, or it not for the primary key. */
  | "unbound"
  /** An algorithm or length that can be broken. */
  | "weak";

/** A signature that counts. */
export interface GoodSignature {
  /** Of the primary key. */
  readonly key: string;
  /** Of the primary key or subkey that made the signature. */
  readonly signer: string;
  /** ISO 8601, in seconds. */
  readonly signedAt: string;
  readonly userId: string | null;
  /** `sha256`. */
  readonly hash: string;
  /** Which program judged it. */
  readonly verifier: string;
}
