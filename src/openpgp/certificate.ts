/**
 * What a key was good for at a given time. The times count that stand in the signatures themselves: RFC 9580, sections 5.2.1 (types), 5.2.3.13
 * (key expiration), 5.2.3.29 (flags), 5.2.3.31 (reasons for revocation).
 */
import type { Key, SignaturePacket, Subkey } from "openpgp";
import { holds, isSha1, type KeyPacket } from "./library.ts";
import type { SignerFault } from "./types.ts";

const type = {
  certifications: [0x10, 0x11, 0x12, 0x13],
  subkeyBinding: [0x18],
  primaryKeyBinding: [0x19],
  directKey: [0x1f],
  keyRevocation: [0x20],
  subkeyRevocation: [0x28],
  certificationRevocation: [0x30],
} as const;
/** Octet 0 of the key flags. */
const mayCertify = 0x01;
const maySign = 0x02;
/** Reasons after which what was signed before stays good: superseded, retired. Any other, and none, means that somebody else may have the key. */
const harmless = new Set<number | null>([1, 3]);

/** The library keeps them and does not say so in its types. */
function directSignatures(key: Key): readonly SignaturePacket[] {
  return (key as Key & { readonly directSignatures?: readonly SignaturePacket[] }).directSignatures ?? [];
}

const newestFirst = (a: SignaturePacket, b: SignaturePacket): number =>
  (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0);

/** Valid at `now` and not yet run out at `at`. A signature that was renewed since counts in its new form: it says the same of the same key. */
function current(signatures: readonly SignaturePacket[], at: Date, now: Date): SignaturePacket[] {
  return signatures
    .filter((each) => each.created !== null && each.created <= now && each.getExpirationTime() > at)
    .toSorted(newestFirst);
}

async function isRevoked(
  revocations: readonly SignaturePacket[],
  at: Date,
  isReal: (signature: SignaturePacket) => Promise<boolean>,
): Promise<boolean> {
  for (const each of revocations) {
    const counts = !harmless.has(each.reasonForRevocationFlag) || (each.created !== null && each.created <= at);
    if (counts && (await isReal(each))) return true;
  }
  return false;
}

/** The newest signature by which the primary key speaks of itself; undefined where there is none that holds. */
async function selfSignature(key: Key, at: Date, now: Date): Promise<SignaturePacket | undefined> {
  const primary = key.keyPacket;
  const found: SignaturePacket[] = [];
  for (const each of current(directSignatures(key), at, now))
    if (await holds(each, type.directKey, primary, { key: primary })) found.push(each);
  for (const user of key.users) {
    const over = { key: primary, userID: user.userID, userAttribute: user.userAttribute };
    for (const each of current(user.selfCertifications, at, now)) {
      if (!(await holds(each, type.certifications, primary, over))) continue;
      const later = user.revocationSignatures.filter(
        (one) => one.created !== null && each.created !== null && one.created >= each.created,
      );
      const revoked = await isRevoked(later, now, (one) =>
        holds(one, type.certificationRevocation, primary, over, true),
      );
      if (!revoked) found.push(each);
    }
  }
  return found.toSorted(newestFirst)[0];
}

/** When a key expires by a signature over it: seconds after it was made; undefined for never. */
function expiry(packet: { readonly created: Date }, signature: SignaturePacket): Date | undefined {
  const after = signature.keyExpirationTime;
  return after === null || after === 0 ? undefined : new Date(packet.created.getTime() + after * 1000);
}

function isWeak(key: Key | Subkey): boolean {
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  if (/^rsa/i.test(algorithm)) return (bits ?? 0) < 2047;
  return /dsa$|elgamal/i.test(algorithm) && !/^e[cd]dsa/i.test(algorithm) ? true : String(curve) === "secp256k1";
}

export interface Standing {
  readonly fault: SignerFault | undefined;
  readonly expires: Date | undefined;
}

async function primaryStanding(key: Key, at: Date, now: Date, flag: number): Promise<Standing> {
  const packet = key.keyPacket;
  const self = await selfSignature(key, at, now);
  const expires = self === undefined ? undefined : expiry(packet, self);
  const fault = async (): Promise<SignerFault | undefined> => {
    if (isWeak(key)) return "weak";
    const real = (each: SignaturePacket): Promise<boolean> =>
      holds(each, type.keyRevocation, packet, { key: packet }, true);
    if (await isRevoked(key.revocationSignatures, at, real)) return "revoked";
    if (packet.created > at) return "before-key";
    if (self === undefined) return "unbound";
    if (expires !== undefined && expires <= at) return "expired";
    // Without flags a primary key may do what its algorithm can.
    return self.keyFlags === null || ((self.keyFlags[0] ?? 0) & flag) !== 0 ? undefined : "unbound";
  };
  return { fault: await fault(), expires };
}

/** Whether the primary key could certify other keys at this time. */
export async function certifierFault(key: Key, at: Date, now: Date): Promise<SignerFault | undefined> {
  return (await primaryStanding(key, at, now, mayCertify)).fault;
}

/** Of a subkey by itself; its primary key is looked at apart. */
async function subkeyStanding(subkey: Subkey, primary: KeyPacket, at: Date, now: Date): Promise<Standing> {
  const packet = subkey.keyPacket;
  const over = { key: primary, bind: packet };
  let binding: SignaturePacket | undefined;
  for (const each of current(subkey.bindingSignatures, at, now)) {
    if (!(await holds(each, type.subkeyBinding, primary, over))) continue;
    binding = each;
    break;
  }
  const expires = binding === undefined ? undefined : expiry(packet, binding);
  const fault = async (): Promise<SignerFault | undefined> => {
    if (isWeak(subkey)) return "weak";
    const real = (each: SignaturePacket): Promise<boolean> => holds(each, type.subkeyRevocation, primary, over, true);
    if (await isRevoked(subkey.revocationSignatures, at, real)) return "revoked";
    if (packet.created > at) return "before-key";
    if (binding === undefined || ((binding.keyFlags?.[0] ?? 0) & maySign) === 0) return "unbound";
    // Else anybody could bind another's signing key to a primary key of his own.
    const back = binding.embeddedSignature;
    if (back === null || !(await holds(back, type.primaryKeyBinding, packet, over))) return "unbound";
    return expires !== undefined && expires <= at ? "expired" : undefined;
  };
  return { fault: await fault(), expires };
}

/** Whether the primary key, or a subkey of it, could sign at this time. */
export async function signerStanding(key: Key, signer: Key | Subkey, at: Date, now: Date): Promise<Standing> {
  if (signer.getFingerprint() === key.getFingerprint()) return primaryStanding(key, at, now, maySign);
  const own = await subkeyStanding(signer as Subkey, key.keyPacket, at, now);
  // A primary key need not sign itself: it has to be able to certify, and to be good.
  const primary = await primaryStanding(key, at, now, mayCertify);
  return primary.fault === undefined ? own : { ...own, fault: primary.fault };
}

/** Fingerprints of subkeys with a binding that is not by the primary key: somebody else put them there. */
export async function forgedSubkeys(key: Key): Promise<readonly string[]> {
  const forged: string[] = [];
  for (const subkey of key.subkeys) {
    const over = { key: key.keyPacket, bind: subkey.keyPacket };
    const bindings = subkey.bindingSignatures;
    let real = bindings.length > 0;
    for (const each of bindings) if (!(await holds(each, type.subkeyBinding, key.keyPacket, over, true))) real = false;
    if (!real) forged.push(subkey.getFingerprint().toUpperCase());
  }
  return forged;
}

/** Whether `old` has certified a user ID of `key`, at a time when it could, and has not taken that back. */
export async function isCertifiedBy(key: Key, old: Key, now: Date): Promise<boolean> {
  for (const user of key.users) {
    const over = { key: key.keyPacket, userID: user.userID, userAttribute: user.userAttribute };
    for (const each of current(user.otherCertifications, now, now)) {
      // What others certify is open to collisions: no SHA-1, whenever it was made.
      if (each.created === null || isSha1(each.hashAlgorithm)) continue;
      if (!(await holds(each, type.certifications, old.keyPacket, over))) continue;
      const takenBack = await isRevoked(user.revocationSignatures, now, (one) =>
        holds(one, type.certificationRevocation, old.keyPacket, over, true),
      );
      if (!takenBack && (await certifierFault(old, each.created, now)) === undefined) return true;
    }
  }
  return false;
}

/** Whether the key is revoked as of now. */
export async function isKeyRevoked(key: Key, now: Date): Promise<boolean> {
  return (await primaryStanding(key, now, now, mayCertify)).fault === "revoked";
}
