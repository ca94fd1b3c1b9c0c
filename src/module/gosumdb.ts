import { MedkitError } from "../core/errors.ts";
import { parseVerifierKey, type NoteVerifier } from "./note.ts";

/** The databases that the go command knows by name, with their keys (cmd/go/internal/modfetch/key.go). */
export const KNOWN_DATABASE_KEYS: Readonly<Record<string, string>> = {
  "sum.golang.org": "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
};

/** Go's alias: the known database at an address of its own (cmd/go/internal/modfetch/sumdb.go). */
const ALIASES: Readonly<Record<string, string>> = {
  "sum.golang.google.cn": "sum.golang.org https://sum.golang.google.cn",
};

/** What a GOSUMDB text means. */
export type DatabaseSetting =
  | { readonly kind: "off" }
  | {
      readonly kind: "database";
      readonly verifier: NoteVerifier;
      /** Where to ask, past every proxy; undefined: through the proxies, else at the address of its name. */
      readonly url: string | undefined;
    };

function wordsOf(text: string): readonly string[] {
  const trimmed = text.trim();
  return (ALIASES[trimmed] ?? trimmed).split(/\s+/);
}

/** Reads `off`, `NAME`, `KEY`, `NAME URL` or `KEY URL`. Throws DATABASE_KEY_INVALID. */
export function parseGosumdb(text: string): DatabaseSetting {
  const [first, url, ...more] = wordsOf(text);
  const bad = (problem: string): MedkitError => new MedkitError("DATABASE_KEY_INVALID", { key: text, problem });
  if (first === undefined || first === "") throw bad("it is empty");
  if (first === "off") return { kind: "off" };
  if (more.length > 0) throw bad("it has more than a key and a URL");
  const verifier = parseVerifierKey(KNOWN_DATABASE_KEYS[first] ?? first);
  // The name becomes an address and a folder.
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/.test(verifier.name)) {
    throw bad("the database's name is not host[/path]");
  }
  if (url !== undefined && !/^(?:https?|file):\/\//.test(url)) throw bad("its URL is not one of http, https or file");
  return { kind: "database", verifier, url };
}

/** The verifier key that a GOSUMDB text names. `off` is not accepted: what is not proven is not used. */
export function databaseKey(gosumdb: string): NoteVerifier {
  const setting = parseGosumdb(gosumdb);
  if (setting.kind === "off")
    throw new MedkitError("DATABASE_KEY_INVALID", { key: gosumdb, problem: "the database cannot be switched off" });
  return setting.verifier;
}

/** Whether two keys are one: their names and their bytes, whatever the case of the hash between them. */
export function isSameKey(a: NoteVerifier, b: NoteVerifier): boolean {
  const bytes = ({ name, text }: NoteVerifier): string => text.slice(name.length + "+12345678+".length);
  return a.name === b.name && bytes(a) === bytes(b);
}

/** What GOSUMDB has to say for a database whose records are at hand: the name where go knows its key, else the key; never an address. */
export function gosumdbValue(gosumdb: string): string {
  const [first = ""] = wordsOf(gosumdb);
  return Object.entries(KNOWN_DATABASE_KEYS).find(([name, key]) => first === name || first === key)?.[0] ?? first;
}

/** Settings of the go command that decide about which modules it asks the database. */
export interface ExemptionSettings {
  readonly gosumdb: string;
  readonly gonosumdb: string;
  readonly goprivate: string;
  /** Words of GOFLAGS. */
  readonly goflags: readonly string[];
}

/**
 * Patterns of module paths about which the go command asks no checksum database (cmd/go/internal/modfetch.useSumDB): GONOSUMDB, which is GOPRIVATE
 * where it is unset. GOINSECURE is none of them: it is about the transport of direct fetches only. `*` matches everything.
 */
export function exemptPatterns({ gosumdb, gonosumdb, goprivate, goflags }: ExemptionSettings): string {
  if (gosumdb === "off" || goflags.some((word) => /^--?insecure/.test(word))) return "*";
  return gonosumdb === "" ? goprivate : gonosumdb;
}
