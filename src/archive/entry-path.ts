import type { ErrorCode } from "../core/error-codes.ts";
import { MedkitError } from "../core/errors.ts";

/** What is special about an archive path; undefined where nothing is. */
export type PathFault = Extract<
  ErrorCode,
  | "ARCHIVE_PATH_TRAVERSAL"
  | "ARCHIVE_PATH_ABSOLUTE"
  | "ARCHIVE_PATH_BACKSLASH"
  | "ARCHIVE_PATH_CHARACTERS"
  | "ARCHIVE_PATH_FORM"
  | "ARCHIVE_PATH_ALPHABET"
>;

const kitAlphabet = /^[A-Za-z0-9._+~!@=,/-]*$/;
// C0, DEL, C1, and the characters that reorder or break the line that a person reads.
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/;

/** Judges a path without a trailing slash, by what it could do on any host that unpacks it. */
export function pathFault(path: string, alphabet: "any" | "kit" = "any"): PathFault | undefined {
  if (unfit.test(path)) return "ARCHIVE_PATH_CHARACTERS";
  if (path.includes("\\")) return "ARCHIVE_PATH_BACKSLASH";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "ARCHIVE_PATH_ABSOLUTE";
  const components = path.split("/");
  if (components.includes("..")) return "ARCHIVE_PATH_TRAVERSAL";
  if (components.some((component) => component === "" || component === "." || Buffer.byteLength(component) > 255))
    return "ARCHIVE_PATH_FORM";
  if (Buffer.byteLength(path) > 4096) return "ARCHIVE_PATH_FORM";
  if (alphabet === "kit" && !kitAlphabet.test(path)) return "ARCHIVE_PATH_ALPHABET";
  return undefined;
}

/** What a symbolic link says that it does. None is unpacked, wherever it leads; `path` is the link's own, a folder's end is `/`. */
export function linkFault(
  path: string,
  target: string,
): Extract<ErrorCode, "ARCHIVE_LINK" | "ARCHIVE_LINK_ABSOLUTE" | "ARCHIVE_LINK_OUTSIDE"> {
  if (/^[/\\]|^[A-Za-z]:/.test(target)) return "ARCHIVE_LINK_ABSOLUTE";
  let depth = path.split("/").filter((part) => part !== "" && part !== ".").length - 1;
  for (const part of target.split(/[/\\]/)) {
    if (part === "..") depth--;
    else if (part !== "" && part !== ".") depth++;
    if (depth < 0) return "ARCHIVE_LINK_OUTSIDE";
  }
  return "ARCHIVE_LINK";
}

/** A hostile name made safe for a terminal: what could steer it is escaped, and it is cut to 200 characters. */
export function printablePath(path: string): string {
  const escaped = path.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return escaped.length > 200 ? `${escaped.slice(0, 199)}…` : escaped;
}

/** Two names of one archive that a file system without letter case, or with normalisation, takes for one. */
export interface CaseClash {
  readonly path: string;
  readonly other: string;
}

/** Remembers the tree that the members so far make, and refuses a member that contradicts it. */
export class PathGuard {
  readonly #archive: string;
  readonly #kinds = new Map<string, "file" | "folder" | "implied">();
  readonly #folded = new Map<string, string>();
  readonly #onClash: ((clash: CaseClash) => void) | undefined;

  constructor(archive: string, onClash?: (clash: CaseClash) => void) {
    this.#archive = archive;
    this.#onClash = onClash;
  }

  /** Throws ARCHIVE_DUPLICATE or ARCHIVE_FILE_AS_FOLDER. */
  add(path: string, kind: "file" | "folder"): void {
    for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
      const parent = path.slice(0, slash);
      const known = this.#kinds.get(parent);
      if (known === "file") this.#refuse("ARCHIVE_FILE_AS_FOLDER", path);
      if (known === undefined) this.#put(parent, "implied");
    }
    const known = this.#kinds.get(path);
    if (known === "implied" && kind === "file") this.#refuse("ARCHIVE_FILE_AS_FOLDER", path);
    if (known === "file" || known === "folder") this.#refuse("ARCHIVE_DUPLICATE", path);
    this.#put(path, kind);
  }

  #put(path: string, kind: "file" | "folder" | "implied"): void {
    const fresh = !this.#kinds.has(path);
    this.#kinds.set(path, kind);
    if (!fresh || this.#onClash === undefined) return;
    const folded = path.normalize("NFC").toLowerCase();
    const other = this.#folded.get(folded);
    if (other === undefined) this.#folded.set(folded, path);
    else this.#onClash({ path, other });
  }

  #refuse(code: "ARCHIVE_DUPLICATE" | "ARCHIVE_FILE_AS_FOLDER", path: string): never {
    throw new MedkitError(code, { archive: this.#archive, entry: printablePath(path) });
  }
}
