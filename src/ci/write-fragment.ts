import type { Fragment, FragmentPart, NoteCode } from "./types.ts";

/** Columns of a line of comment, its indentation left out. */
const width = 88;

export interface NoteWriter {
  /** The words of a note. */
  text(note: NoteCode): string;
  wrap(text: string, columns: number): readonly string[];
}

/** The indentation that a comment before this part has: that of its first line. Empty lines and `---` stay above it. */
function split({ text }: FragmentPart): { readonly before: string; readonly rest: string; readonly indent: string } {
  const [, before = "", rest = ""] = /^((?:\n|---\n|\[[A-Za-z]+\]\n)*)([\s\S]*)$/.exec(text) ?? [];
  return { before, rest, indent: /^ */.exec(rest)?.[0] ?? "" };
}

/** The file's text: each note as comment before the line that it explains; without a writer no comments. */
export function writeFragment({ parts }: Fragment, notes: NoteWriter | undefined): string {
  const out: string[] = [];
  for (const part of parts) {
    if (notes === undefined || part.note === undefined) {
      out.push(part.text);
      continue;
    }
    const { before, rest, indent } = split(part);
    const codes = typeof part.note === "string" ? [part.note] : part.note;
    const lines = codes.flatMap((code) => notes.wrap(notes.text(code), width)).map((line) => `${indent}# ${line}`);
    out.push(before + [...lines, rest].join("\n"));
  }
  return `${out.join("\n")}\n`;
}
