import { MedkitError } from "../core/errors.ts";
import {
  databaseKey,
  gosumdbValue,
  isSameKey,
  KNOWN_DATABASE_KEYS,
  parseGosumdb,
  type NoteVerifier,
} from "../module/index.ts";
import { isKitPath } from "./sum-file.ts";
import type { KitManifest } from "./types.ts";

/** The database that a configuration names, and where it is asked past every proxy. DATABASE_KEY_INVALID for `off`, and for one that no kit can hold. */
export function kitDatabase(gosumdb: string): { readonly verifier: NoteVerifier; readonly url: string | undefined } {
  const setting = parseGosumdb(gosumdb);
  const verifier = databaseKey(gosumdb);
  // Its records lie at `modules/sumdb/<name>/`.
  if (!isKitPath(verifier.name))
    throw new MedkitError("DATABASE_KEY_INVALID", { key: gosumdb, problem: "a kit holds no path with a colon" });
  return { verifier, url: setting.kind === "database" ? setting.url : undefined };
}

/** What `modules/gosumdb.txt` must hold; undefined: the go command knows the database by name, and there is no such file. */
export function gosumdbFile({ checksumDatabase }: KitManifest): string | undefined {
  const value = gosumdbValue(checksumDatabase.key);
  return value.includes("+") ? `${value}\n` : undefined;
}

/** Whose word it is that the key is the database's: medkit's own list, the person's (`--sumdb`), the trusted signer's, or nobody's but the kit's. */
export type KeyVoucher = "medkit" | "sumdb" | "signer" | "nobody";

export interface ChosenKey {
  readonly verifier: NoteVerifier;
  readonly vouchedBy: KeyVoucher;
}

/** Keys from outside the kit that may vouch for its database. */
export interface OutsideKeys {
  /** The database's key as `--sumdb` gives it. */
  readonly sumdb?: NoteVerifier | undefined;
  /** Whether a signer from outside the kit signed the manifest, and so the key in it. */
  readonly signed?: boolean | undefined;
}

/**
 * The key that a kit's proofs are checked with. What the manifest says never stands for a known database's key nor for the one that was
 * given. A text: why there is none.
 */
export function chooseKey({ checksumDatabase: named }: KitManifest, outside: OutsideKeys = {}): ChosenKey | string {
  let own: NoteVerifier;
  try {
    own = databaseKey(named.key);
  } catch (error) {
    if (error instanceof MedkitError) return "the manifest's database key is malformed";
    throw error;
  }
  if (own.text !== named.key || own.name !== named.name) return "the manifest's database key is another database's";
  if (outside.sumdb !== undefined) {
    return isSameKey(own, outside.sumdb)
      ? { verifier: outside.sumdb, vouchedBy: "sumdb" }
      : `the kit's records are of ${own.name}, under another key than the one that was given`;
  }
  const known = Object.hasOwn(KNOWN_DATABASE_KEYS, own.name) ? KNOWN_DATABASE_KEYS[own.name] : undefined;
  if (known === undefined) return { verifier: own, vouchedBy: outside.signed === true ? "signer" : "nobody" };
  const verifier = databaseKey(known);
  return isSameKey(own, verifier) ? { verifier, vouchedBy: "medkit" } : `this is not the key of ${own.name}`;
}
