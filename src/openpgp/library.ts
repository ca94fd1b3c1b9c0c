import type { SignaturePacket } from "openpgp";
import type * as openpgp from "openpgp";

/** OpenPGP.js: it reads packets and does the cryptography. What counts when is judged in `certificate.ts`. */
export type Library = typeof openpgp;

let loading: Promise<Library> | undefined;

/** Loads the library when it is needed: no other command pays for it. */
export async function loadLibrary(): Promise<Library> {
  loading ??= import("openpgp");
  return loading;
}

/** `OpenPGP.js 6.3.2`. */
export function verifierName(lib: Library): string {
  return lib.config.versionString;
}

/** Fingerprints as medkit shows and compares them. */
export function fingerprintOf(key: { getFingerprint(): string }): string {
  return key.getFingerprint().toUpperCase();
}

/** ISO 8601, in seconds. */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** The key packet of a primary key or subkey. */
export type KeyPacket = Parameters<SignaturePacket["verify"]>[0];

/** What a signature in a key is over: the primary key, and what is bound to it. */
export interface Bound {
  readonly key: KeyPacket;
  readonly bind?: KeyPacket;
  readonly userID?: unknown;
  readonly userAttribute?: unknown;
}

/**
 * Whether a signature of one of these types is `by`'s, over this; never mind when. SHA-1 counts in what was made before 2023-02, when a second preimage
 * was out of everyone's reach (the limit of Sequoia's StandardPolicy), and in revocations; MD5 and RIPEMD never.
 */
export async function holds(
  signature: SignaturePacket,
  types: readonly number[],
  by: KeyPacket,
  over: Bound,
  anyHash = false,
): Promise<boolean> {
  const { signatureType: type, hashAlgorithm, created } = signature;
  if (type === null || created === null || !types.includes(type)) return false;
  if (isSha1(hashAlgorithm) && created >= sha1Limit && !anyHash) return false;
  try {
    // The library takes null for "at no particular time"; its types do not say so.
    await signature.verify(by, type, over, null as unknown as Date, false);
    return true;
  } catch {
    return false;
  }
}

/** SHA-1 among the hash algorithms: number 2. */
export function isSha1(hashAlgorithm: number | null): boolean {
  return hashAlgorithm === 2;
}

const sha1Limit = new Date("2023-02-01T00:00:00Z");
