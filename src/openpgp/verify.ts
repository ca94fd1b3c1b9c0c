import type { Key, SignaturePacket, Subkey } from "openpgp";
import { MedkitError } from "../core/errors.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import { signerStanding } from "./certificate.ts";
import { fingerprintOf, loadLibrary, seconds, isSha1, verifierName, type Library } from "./library.ts";
import type { GoodSignature, SignerFault } from "./types.ts";

/** Octets; a signature file has some hundred. */
const signatureLimit = 1 << 20;

const unreadable = (file: string, problem: string): MedkitError =>
  new MedkitError("SIGNATURE_UNREADABLE", { file, problem: `@signature.${problem}` });

/** The signature packets of a detached signature file, armored or binary. SIGNATURE_UNREADABLE. */
async function readPackets(lib: Library, bytes: Uint8Array, file: string): Promise<readonly SignaturePacket[]> {
  if (bytes.length > signatureLimit) throw unreadable(file, "tooBig");
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const blocks = [...text.matchAll(/^-----BEGIN PGP ([A-Z ]+?)-----[ \t\r]*$/gm)].map((match) => match[1] ?? "");
  const [kind] = blocks;
  if (kind === "SIGNED MESSAGE") throw unreadable(file, "cleartext");
  if (kind === "MESSAGE") throw unreadable(file, "message");
  if (kind === "PUBLIC KEY BLOCK" || kind === "PRIVATE KEY BLOCK") throw unreadable(file, "key");
  if (blocks.length > 1) throw unreadable(file, "manyBlocks");
  // Bit 7 is set in the first octet of every packet (RFC 9580, section 4.2).
  if (kind === undefined && ((bytes[0] ?? 0) & 0x80) === 0) throw unreadable(file, "noSignature");
  try {
    const signature =
      kind === undefined
        ? await lib.readSignature({ binarySignature: bytes })
        : await lib.readSignature({ armoredSignature: text });
    const packets = [...signature.packets] as unknown[];
    const read = packets.filter((each): each is SignaturePacket => each instanceof lib.SignaturePacket);
    if (read.length === 0 || read.length !== packets.length) throw unreadable(file, "noSignature");
    return read;
  } catch (error) {
    if (error instanceof MedkitError) throw error;
    throw new MedkitError("SIGNATURE_UNREADABLE", { file, problem: "@signature.noSignature" }, { cause: error });
  }
}

interface Candidate {
  readonly key: Key;
  readonly signer: Key | Subkey;
}

/** Keys that may have made a signature, by what it says of its issuer. Only the cryptography then says whether one has. */
function candidates(signature: SignaturePacket, keys: readonly Key[]): readonly Candidate[] {
  return keys.flatMap((key) => key.getKeys(signature.issuerKeyID).map((signer) => ({ key, signer })));
}

const faultCode: Readonly<Record<SignerFault, ErrorCode>> = {
  "before-key": "SIGNATURE_BEFORE_KEY",
  expired: "SIGNATURE_AFTER_EXPIRY",
  revoked: "SIGNATURE_KEY_REVOKED",
  unbound: "SIGNATURE_KEY_UNBOUND",
  weak: "SIGNATURE_WEAK",
};

export interface SignedFile {
  /** As it is called in errors. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Judging {
  readonly lib: Library;
  readonly file: SignedFile;
  readonly keys: readonly Key[];
  readonly now: Date;
}

/** One signature. Throws the MedkitError that says why it does not count. */
async function judgeOne(signature: SignaturePacket, { lib, file, keys, now }: Judging): Promise<GoodSignature> {
  const { signatureType, hashAlgorithm, created } = signature;
  const found = candidates(signature, keys);
  const signerId = signature.issuerKeyID.toHex().toUpperCase();
  const subject = { file: file.name, signer: found[0] === undefined ? signerId : fingerprintOf(found[0].signer) };
  if (found.length === 0) throw new MedkitError("SIGNATURE_KEY_UNKNOWN", subject);
  if (signatureType === lib.enums.signature.text) throw unreadable(file.name, "textMode");
  if (signatureType !== lib.enums.signature.binary || created === null || hashAlgorithm === null)
    throw unreadable(file.name, "otherType");
  const hash = Object.entries(lib.enums.hash).find(([, value]) => value === hashAlgorithm)?.[0];
  if (hash === undefined || isSha1(hashAlgorithm) || lib.config.rejectMessageHashAlgorithms.has(hashAlgorithm))
    throw new MedkitError("SIGNATURE_WEAK", { ...subject, what: hash ?? `hash ${hashAlgorithm}` });
  const [data] = (await lib.createMessage({ binary: file.bytes })).packets;
  let last: MedkitError | undefined;
  for (const { key, signer } of found) {
    try {
      // Null: at no particular time. Times are judged below, each with its own error.
      await signature.verify(signer.keyPacket, signatureType, data ?? {}, null as unknown as Date, true);
    } catch (error) {
      last = new MedkitError("SIGNATURE_WRONG", subject, { cause: error });
      continue;
    }
    const signedAt = seconds(created);
    const facts = { ...subject, signer: fingerprintOf(signer), signedAt };
    if (created > now) throw new MedkitError("SIGNATURE_FUTURE", { ...facts, now: seconds(now) });
    if (signature.getExpirationTime() <= now) throw new MedkitError("SIGNATURE_EXPIRED", facts);
    const { fault, expires } = await signerStanding(key, signer, created, now);
    if (fault !== undefined) {
      const { algorithm, bits } = signer.getAlgorithmInfo();
      const made = seconds(signer.getCreationTime());
      const until = expires === undefined ? {} : { expires: seconds(expires) };
      throw new MedkitError(faultCode[fault], { ...facts, ...until, made, what: `${algorithm} ${bits ?? ""}`.trim() });
    }
    const userId = key.getUserIDs()[0] ?? null;
    return { key: fingerprintOf(key), signer: facts.signer, signedAt, userId, hash, verifier: verifierName(lib) };
  }
  throw last ?? new MedkitError("SIGNATURE_KEY_UNKNOWN", subject);
}

/**
 * Judges a detached OpenPGP signature over a file, by the keys of the keyring alone. Everything is judged at the time at which the signature says it was
 * made: a key that has expired since is no objection. Of several signatures one good one is enough, unless one by a known key is over other
 * bytes. SIGNATURE_… says why none counts.
 */
export async function verifyDetached(
  file: SignedFile,
  signature: { readonly name: string; readonly bytes: Uint8Array },
  keys: readonly Key[],
  now: Date,
): Promise<GoodSignature> {
  const lib = await loadLibrary();
  const packets = await readPackets(lib, signature.bytes, signature.name);
  const judging = { lib, file, keys, now };
  let good: GoodSignature | undefined;
  let refusal: MedkitError | undefined;
  for (const packet of packets) {
    try {
      const judged = await judgeOne(packet, judging);
      good ??= judged;
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
      if (error.code === "SIGNATURE_WRONG") throw error;
      // What is said of a known key tells a person more than that another is unknown.
      if (refusal === undefined || refusal.code === "SIGNATURE_KEY_UNKNOWN") refusal = error;
    }
  }
  if (good !== undefined) return good;
  throw refusal ?? unreadable(signature.name, "noSignature");
}
