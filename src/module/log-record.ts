import { MedkitError } from "../core/errors.ts";
import { decodeBase64, openNote, type NoteVerifier } from "./note.ts";
import { HASH_SIZE } from "./tlog.ts";
import type { Tree, TreeHead } from "./types.ts";

/** The texts of a checksum database: tree heads and lookups (golang.org/x/mod/sumdb/tlog/note.go). */

const HEAD_TITLE = "go.sum database tree";

/** Go keeps tree sizes in 63 bits; beyond this many records our index arithmetic would not be exact. */
export const MAX_TREE_SIZE = 2 ** 50;

/** The text of a tree head, to be signed. */
export function formatTree(tree: Tree): string {
  return `${HEAD_TITLE}\n${tree.size}\n${tree.root.toString("base64")}\n`;
}

/** Opens a signed tree head. Lines after the third are for later extensions. Throws DATABASE_NOTE_INVALID and what openNote throws. */
export function openTreeHead(note: string, verifier: NoteVerifier): TreeHead {
  const { text } = openNote(note, [verifier]);
  const [title, size = "", hash = "", end] = text.split("\n", 4);
  const root = decodeBase64(hash);
  const isNumber = /^(?:0|[1-9][0-9]{0,15})$/.test(size) && Number(size) <= MAX_TREE_SIZE;
  if (title !== HEAD_TITLE || end === undefined || !isNumber || root?.length !== HASH_SIZE) {
    throw new MedkitError("DATABASE_NOTE_INVALID", { database: verifier.name, problem: "it is not a tree head" });
  }
  return { size: Number(size), root, note };
}

/** A lookup's answer: the record's number, its text, and the signed head of a tree that holds it. */
export interface LogRecord {
  readonly id: number;
  /** Lines of go.sum, each with its line feed. */
  readonly text: string;
  /** The signed note, exactly. */
  readonly note: string;
}

export function formatRecord(record: LogRecord): string {
  return `${record.id}\n${record.text}\n${record.note}`;
}

/** Throws DATABASE_RECORD_EMPTY and DATABASE_RECORD_MALFORMED. Says nothing yet of the truth of what it read. */
export function parseRecord(answer: Uint8Array): LogRecord {
  const bad = (problem: string): MedkitError => new MedkitError("DATABASE_RECORD_MALFORMED", { problem });
  let message: string;
  try {
    message = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(answer);
  } catch (error) {
    throw new MedkitError("DATABASE_RECORD_MALFORMED", { problem: "it is not valid UTF-8" }, { cause: error });
  }
  if (message === "") throw new MedkitError("DATABASE_RECORD_EMPTY");
  const first = message.indexOf("\n");
  const number = message.slice(0, Math.max(0, first));
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(number) || Number(number) > MAX_TREE_SIZE)
    throw bad("it does not begin with a record number");
  const rest = message.slice(first + 1);
  const split = rest.indexOf("\n\n");
  if (split < 0) throw bad("it has no signed tree head");
  const text = rest.slice(0, split + 1);
  if (!isRecordText(text)) throw bad("its text is not made of lines");
  return { id: Number(number), text, note: rest.slice(split + 2) };
}

function isRecordText(text: string): boolean {
  return (
    text.endsWith("\n") &&
    text !== "\n" &&
    !text.includes("\n\n") &&
    !/[\0-\x09\x0b-\x1f]/.test(text) &&
    text.isWellFormed()
  );
}
