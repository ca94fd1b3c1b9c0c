import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { MedkitError } from "../core/errors.ts";

/** A key that signed notes are checked with: `name+hash+base64` (golang.org/x/mod/sumdb/note). */
export interface NoteVerifier {
  readonly name: string;
  /** The first 32 bits of SHA-256 over name, line feed and key. */
  readonly keyHash: number;
  /** The key as it was written. */
  readonly text: string;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

export interface NoteSigner {
  readonly name: string;
  readonly keyHash: number;
  sign(message: Uint8Array): Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyHash: number;
  /** Key hash and signature together, as in the note's line. */
  readonly base64: string;
}

export interface OpenedNote {
  /** The signed text, its final line feed included. */
  readonly text: string;
  /** By the known keys; at least one. */
  readonly verified: readonly NoteSignature[];
  /** By others. They say nothing, and are no fault. */
  readonly unverified: readonly NoteSignature[];
}

const ED25519 = 1;
const SIGNATURE_PREFIX = "\u2014 ";
const MAX_NOTE = 1_000_000;
const MAX_SIGNATURES = 100;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a verifier key. Throws DATABASE_KEY_INVALID. */
export function parseVerifierKey(text: string): NoteVerifier {
  const match = /^([^+]*)\+([0-9A-Fa-f]{8})\+(.*)$/s.exec(text);
  const name = match?.[1] ?? "";
  const key = decodeBase64(match?.[3] ?? "");
  const bad = (problem: string): MedkitError => new MedkitError("DATABASE_KEY_INVALID", { key: text, problem });
  if (match === null || !isKeyName(name) || key === undefined || key.length === 0)
    throw bad("it is not name+hash+base64");
  const keyHash = hashKey(name, key);
  if (Number.parseInt(match[2] ?? "", 16) !== keyHash) throw bad("its hash is not that of its key");
  if (key[0] !== ED25519) throw bad("its algorithm is not Ed25519");
  if (key.length !== 33) throw bad("an Ed25519 key has 32 bytes");
  const publicKey = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: key.subarray(1).toString("base64url") },
    format: "jwk",
  });
  return { name, keyHash, text, verify: (message, signature) => verify(null, message, publicKey, signature) };
}

/** A signer and its verifier key for an Ed25519 private key: for a private database, and for tests. */
export function createNoteSigner(name: string, privateKey: KeyObject): { signer: NoteSigner; verifierKey: string } {
  if (!isKeyName(name))
    throw new MedkitError("DATABASE_KEY_INVALID", { key: name, problem: "its name has a space or a plus sign" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const key = Buffer.concat([Buffer.from([ED25519]), Buffer.from(x, "base64url")]);
  const keyHash = hashKey(name, key);
  return {
    signer: { name, keyHash, sign: (message) => sign(null, message, privateKey) },
    verifierKey: `${name}+${keyHash.toString(16).padStart(8, "0")}+${key.toString("base64")}`,
  };
}

/** The Ed25519 private key with this seed of 32 bytes. */
export function ed25519FromSeed(seed: Uint8Array): KeyObject {
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
}

/** Signs a text that ends with a line feed. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith("\n")) throw new RangeError("the text of a note ends with a line feed");
  const message = Buffer.from(text, "utf8");
  const lines = signers.map((signer) => {
    const hash = Buffer.alloc(4);
    hash.writeUInt32BE(signer.keyHash);
    return `${SIGNATURE_PREFIX}${signer.name} ${Buffer.concat([hash, signer.sign(message)]).toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/**
 * Opens a signed note: at least one signature is by a known key, and every signature by a known key is right.
 * Throws DATABASE_NOTE_INVALID, DATABASE_SIGNATURE_INVALID or DATABASE_NOTE_UNSIGNED.
 */
export function openNote(note: string | Uint8Array, known: readonly NoteVerifier[]): OpenedNote {
  const malformed = (problem: string): MedkitError => noteInvalid(known, problem);
  const whole = decodeNote(note, known);
  const split = whole.lastIndexOf("\n\n");
  const signatures = whole.slice(split + 2);
  if (split < 0 || !signatures.endsWith("\n")) throw malformed("it has no signatures");
  const text = whole.slice(0, split + 1);
  const message = Buffer.from(text, "utf8");
  const verified: NoteSignature[] = [];
  const unverified: NoteSignature[] = [];
  const lines = signatures.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw malformed("it has too many signatures");
  for (const line of new Set(lines)) {
    const { name, keyHash, bytes, base64 } = parseSignature(line, known);
    const matching = known.filter((verifier) => verifier.name === name && verifier.keyHash === keyHash);
    const [verifier] = matching;
    if (matching.length > 1)
      throw new MedkitError("DATABASE_KEY_INVALID", { key: name, problem: "two known keys have its name and hash" });
    if (verifier === undefined) {
      unverified.push({ name, keyHash, base64 });
      continue;
    }
    if (verified.some((other) => other.name === name && other.keyHash === keyHash)) continue;
    if (!verifier.verify(message, bytes))
      throw new MedkitError("DATABASE_SIGNATURE_INVALID", { database: name, key: formatKey(name, keyHash) });
    verified.push({ name, keyHash, base64 });
  }
  if (verified.length === 0) {
    throw new MedkitError("DATABASE_NOTE_UNSIGNED", {
      database: known[0]?.name ?? "",
      wanted: known.map((key) => formatKey(key.name, key.keyHash)).join(", "),
      found: unverified.map((each) => formatKey(each.name, each.keyHash)).join(", "),
    });
  }
  return { text, verified, unverified };
}

function decodeNote(note: string | Uint8Array, known: readonly NoteVerifier[]): string {
  let text: string;
  try {
    text = typeof note === "string" ? note : decoder.decode(note);
  } catch (error) {
    throw noteInvalid(known, "it is not valid UTF-8", error);
  }
  if (!text.isWellFormed() || /[\0-\x09\x0b-\x1f]/.test(text)) throw noteInvalid(known, "it has control characters");
  if (text.length > MAX_NOTE) throw noteInvalid(known, "it is too long");
  return text;
}

function parseSignature(line: string, known: readonly NoteVerifier[]): NoteSignature & { bytes: Buffer } {
  if (!line.startsWith(SIGNATURE_PREFIX)) throw noteInvalid(known, "a line among its signatures is none");
  const space = line.indexOf(" ", SIGNATURE_PREFIX.length);
  const name = space < 0 ? "" : line.slice(SIGNATURE_PREFIX.length, space);
  const base64 = line.slice(space + 1);
  const bytes = decodeBase64(base64);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5)
    throw noteInvalid(known, "a signature in it is damaged");
  return { name, keyHash: bytes.readUInt32BE(0), base64, bytes: bytes.subarray(4) };
}

function isKeyName(name: string): boolean {
  return name !== "" && name.isWellFormed() && !/[\s\u0085+]/.test(name);
}

function hashKey(name: string, key: Uint8Array): number {
  return createHash("sha256").update(`${name}\n`).update(key).digest().readUInt32BE(0);
}

function formatKey(name: string, keyHash: number): string {
  return `${name}+${keyHash.toString(16).padStart(8, "0")}`;
}

/** Standard base64 with its padding, in its only canonical form; undefined otherwise. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

function noteInvalid(known: readonly NoteVerifier[], problem: string, cause?: unknown): MedkitError {
  return new MedkitError(
    "DATABASE_NOTE_INVALID",
    { database: known[0]?.name ?? "", problem },
    cause === undefined ? undefined : { cause },
  );
}
