import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { MedkitError } from "../core/errors.ts";
import { sha256Hex } from "../core/digest.ts";

/** The bytes that are signed: schema and digest of the manifest, so that a signature of anything else never fits. */
export function signedMessage(manifest: string | Uint8Array): Buffer {
  return Buffer.from(`medkit/kit/v1 sha256:${sha256Hex(manifest)}\n`, "ascii");
}

function asEd25519(key: KeyObject, file: string): KeyObject {
  if (key.asymmetricKeyType !== "ed25519")
    throw new MedkitError("KEY_INVALID", { file, problem: `${key.asymmetricKeyType ?? "symmetric"} key` });
  return key;
}

/** Reads an Ed25519 private key (PKCS#8 PEM, RFC 8410). */
export function readPrivateKey(pem: string, file: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (error) {
    throw new MedkitError("KEY_INVALID", { file, problem: "not a PEM private key" }, { cause: error });
  }
  return asEd25519(key, file);
}

/** Reads an Ed25519 public key (SubjectPublicKeyInfo PEM, RFC 8410); a private key's PEM gives its public half. */
export function readPublicKey(pem: string, file: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (error) {
    throw new MedkitError("KEY_INVALID", { file, problem: "not a PEM public key" }, { cause: error });
  }
  return asEd25519(key, file);
}

export function publicPem(key: KeyObject): string {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return publicKey.export({ type: "spki", format: "pem" });
}

/** SHA-256 of the DER SubjectPublicKeyInfo, hexadecimal: the name of a key for people. */
export function keyFingerprint(key: KeyObject): string {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** `manifest.json.sig`: base64 of the 64-byte Ed25519 signature, LF. */
export function signManifest(manifest: string | Uint8Array, key: KeyObject): string {
  return `${sign(null, signedMessage(manifest), key).toString("base64")}\n`;
}

/** Whether the text of `manifest.json.sig` is this key's signature of the manifest. Anything malformed is a no. */
export function isManifestSignature(manifest: string | Uint8Array, signature: string, key: KeyObject): boolean {
  if (!/^[A-Za-z0-9+/]{86}==\n$/.test(signature)) return false;
  return verify(null, signedMessage(manifest), key, Buffer.from(signature, "base64"));
}
