import { MedkitError } from "../core/errors.ts";

/** A directive of go.mod or go.work, its block undone: `require ( a v1 )` gives one line with verb `require`. */
export interface GoModLine {
  readonly verb: string;
  /** Tokens after the verb, quotes and all. */
  readonly args: readonly string[];
  /** 1 for the first line of the file. */
  readonly line: number;
  /** The text of the comment behind it, without its slashes; undefined where there is none. */
  readonly suffix: string | undefined;
  /** The comments that speak of this line: those above it and behind it, else those of its block, joined by line feeds. */
  readonly comment: string;
  readonly block: boolean;
}

interface Token {
  readonly text: string;
  readonly punctuation: boolean;
}

interface LexedLine {
  readonly tokens: readonly Token[];
  readonly comment: string | undefined;
}

interface OpenBlock {
  readonly verbs: readonly string[];
  readonly comment: readonly string[];
  readonly line: number;
}

/** Reads the grammar that go.mod and go.work share (golang.org/x/mod/modfile/read.go). Throws GO_MOD_INVALID with file and line. */
export function lexGoMod(text: string, file: string): GoModLine[] {
  const result: GoModLine[] = [];
  let before: string[] = [];
  let block: OpenBlock | undefined;
  for (const [index, source] of text.split("\n").entries()) {
    const line = index + 1;
    const { tokens, comment } = lexLine(source, file, line);
    const first = tokens[0];
    if (first === undefined) {
      if (comment !== undefined) before.push(comment);
      // A blank line parts a comment from the next statement; inside a block it does not.
      else if (block === undefined) before = [];
      continue;
    }
    const suffix = comment === undefined ? [] : [comment];
    const own = [...before, ...suffix];
    before = [];
    if (block !== undefined) {
      if (first.punctuation && first.text === ")") {
        if (tokens.length > 1) throw invalid(file, line, "something follows the closing parenthesis");
        block = undefined;
        continue;
      }
      result.push({
        verb: block.verbs.join(" "),
        args: tokens.map((token) => token.text),
        line,
        suffix: comment,
        comment: (own.length > 0 ? own : block.comment).join("\n"),
        block: true,
      });
      continue;
    }
    const opens = blockStart(tokens);
    if (opens === undefined) {
      const [verb = "", ...args] = tokens.map((token) => token.text);
      result.push({ verb, args, line, suffix: comment, comment: own.join("\n"), block: false });
    } else if (opens.open) {
      block = { verbs: opens.verbs, comment: own, line };
    }
  }
  if (block !== undefined) throw invalid(file, block.line, "the block that starts here has no end");
  return result;
}

/** Whether a statement's tokens end with `(`, which opens a block, or with `( )`, an empty one. */
function blockStart(tokens: readonly Token[]): { open: boolean; verbs: string[] } | undefined {
  const is = (index: number, text: string): boolean =>
    tokens.at(index)?.punctuation === true && tokens.at(index)?.text === text;
  const open = tokens.length > 1 && is(-1, "(");
  const empty = tokens.length > 2 && is(-1, ")") && is(-2, "(");
  if (!open && !empty) return undefined;
  return { open, verbs: tokens.slice(0, open ? -1 : -2).map((token) => token.text) };
}

function lexLine(source: string, file: string, line: number): LexedLine {
  const tokens: Token[] = [];
  let rest = source;
  for (;;) {
    rest = rest.replace(/^[ \t\r]+/, "");
    if (rest === "") return { tokens, comment: undefined };
    if (rest.startsWith("//")) return { tokens, comment: rest.slice(2).replace(/\r$/, "").trim() };
    if (rest.startsWith("/*")) throw invalid(file, line, "comments are written with //");
    const punctuation = /^[()[\]{},]/.exec(rest);
    const token = punctuation ?? /^"(?:\\.|[^"\\])*"|^`[^`]*`/.exec(rest);
    if (token !== null) {
      tokens.push({ text: token[0], punctuation: punctuation !== null });
      rest = rest.slice(token[0].length);
      continue;
    }
    if (/^["`]/.test(rest)) throw invalid(file, line, "a quoted string has no end");
    const word = /^(?:(?!\/\/)[^ ()[\]{},\p{Z}\p{C}])+/u.exec(rest)?.[0];
    if (word === undefined) throw invalid(file, line, "a character is not allowed here");
    if (word.includes("/*")) throw invalid(file, line, "comments are written with //");
    tokens.push({ text: word, punctuation: false });
    rest = rest.slice(word.length);
  }
}

export function invalid(file: string, line: number, problem: string): MedkitError {
  return new MedkitError("GO_MOD_INVALID", { file, line, problem });
}

/** The text of a token: a bare word, or an interpreted Go string. Undefined where it is neither. */
export function unquote(token: string): string | undefined {
  if (!token.startsWith('"')) return /["'`]/.test(token) ? undefined : token;
  const body = token.slice(1, -1);
  let valid = token.length >= 2 && token.endsWith('"');
  const text = body.replace(
    /\\(?:([abfnrtv\\"])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{3})|(.?))/g,
    (_, simple?: string, x?: string, u?: string, long?: string, octal?: string) => {
      if (simple !== undefined) return SIMPLE_ESCAPES[simple] ?? simple;
      const code = Number.parseInt(x ?? u ?? long ?? octal ?? "", octal === undefined ? 16 : 8);
      // Escaped bytes above ASCII would be half a UTF-8 sequence; no path, version or file name needs one.
      const limit = u === undefined && long === undefined ? 0x7f : 0x10ffff;
      if (Number.isNaN(code) || code > limit || (code >= 0xd800 && code < 0xe000)) {
        valid = false;
        return "";
      }
      return String.fromCodePoint(code);
    },
  );
  return valid ? text : undefined;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
