import type { Key } from "openpgp";
import { MedkitError } from "../core/errors.ts";
import { forgedSubkeys, isKeyRevoked, signerStanding } from "./certificate.ts";
import { fingerprintOf, loadLibrary, seconds } from "./library.ts";
import type { KeyFacts, SubkeyFacts } from "./types.ts";

/** Octets of a key file; a key with many certifications has some hundred thousand. */
const keyFileLimit = 16 << 20;

/**
 * Keys that medkit can name. It does not ship them, and naming is not confirming: a person still gives the fingerprint. The fingerprint is the one
 * that Google publishes for its Linux packages, and by which Docker's image of Go checks the archives of go.dev/dl.
 */
const knownKeys: Readonly<Record<string, string>> = {
  EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796: "Google Inc. (Linux Packages Signing Authority): go.dev/dl",
};

const invalid = (file: string, problem: string, cause?: unknown): MedkitError =>
  new MedkitError("OPENPGP_KEY_INVALID", { file, problem: `@key.${problem}` }, { cause });

/**
 * The public keys of a file, armored (one block or several) or binary. OPENPGP_KEY_INVALID for anything else, and for secret keys: they do not belong
 * here. OPENPGP_KEY_FORGED where a subkey is not the primary key's.
 */
export async function readKeys(bytes: Uint8Array, file: string): Promise<readonly Key[]> {
  const lib = await loadLibrary();
  if (bytes.length > keyFileLimit) throw invalid(file, "tooBig");
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  if (text.includes("-----BEGIN PGP PRIVATE KEY BLOCK")) throw invalid(file, "secret");
  const blocks = text.match(/^-----BEGIN PGP PUBLIC KEY BLOCK-----[^]*?^-----END PGP PUBLIC KEY BLOCK-----/gm) ?? [];
  if (blocks.length === 0 && ((bytes[0] ?? 0) & 0x80) === 0) throw invalid(file, "noKey");
  const keys: Key[] = [];
  try {
    if (blocks.length === 0) keys.push(...(await lib.readKeys({ binaryKeys: bytes })));
    for (const block of blocks) keys.push(...(await lib.readKeys({ armoredKeys: block })));
  } catch (error) {
    throw invalid(file, "noKey", error);
  }
  if (keys.length === 0) throw invalid(file, "noKey");
  for (const key of keys) {
    if (key.isPrivate()) throw invalid(file, "secret");
    const [forged] = await forgedSubkeys(key);
    if (forged !== undefined)
      throw new MedkitError("OPENPGP_KEY_FORGED", { file, fingerprint: fingerprintOf(key), subkey: forged });
  }
  return keys;
}

async function signerFacts(key: Key, signer: Key["subkeys"][number] | Key, now: Date): Promise<SubkeyFacts> {
  const { fault, expires } = await signerStanding(key, signer, now, now);
  return {
    fingerprint: fingerprintOf(signer),
    created: seconds(signer.getCreationTime()),
    expires: expires === undefined ? null : seconds(expires),
    state: fault ?? "usable",
  };
}

/** What there is to know of a key, as of now. */
export async function describeKey(key: Key, now: Date): Promise<KeyFacts> {
  const fingerprint = fingerprintOf(key);
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  const own = await signerFacts(key, key, now);
  const signers = [own];
  for (const subkey of key.subkeys) signers.push(await signerFacts(key, subkey, now));
  return {
    fingerprint,
    userIds: key.getUserIDs(),
    created: own.created,
    expires: own.expires,
    revoked: await isKeyRevoked(key, now),
    algorithm: algorithm.startsWith("rsa") ? `rsa${bits ?? ""}` : (curve ?? algorithm),
    known: knownKeys[fingerprint] ?? null,
    signers,
  };
}

/** A fingerprint as people write it: spaces, `0x`, any case. Undefined where it is not a whole one: a key ID names many keys. */
export function parseFingerprint(text: string): string | undefined {
  const bare = text.replace(/^0x/i, "").replaceAll(/[\s:]/g, "").toUpperCase();
  return /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(bare) ? bare : undefined;
}
