import { MedkitError } from "../../core/errors.ts";
import type { Style } from "./style.ts";

// Characters that a terminal acts upon, that turn the order of what is read around, or that nobody sees: C0 but line end and tab, DEL, C1, line and
// paragraph separators, the bidirectional controls of Unicode (UAX 9), and what has no width.
const unsafe =
  /\u001B\[(?:1|2|22|31|32|33|39)m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

function escaped(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}

/**
 * A text as it may go to a terminal. Module paths, file names, servers' answers and other programs' words come from outside: what could move the
 * cursor, retitle the window or hide a line is shown as an escape. Of a style only its own sequences pass, and only where it is one of colour.
 */
export function printable(text: string, style?: Style): string {
  const colour = style !== undefined && style.bold("") !== "";
  return text.replace(unsafe, (found) => {
    if (found.length < 3) return escaped(found);
    return colour ? found : escaped("\u001B") + found.slice(1);
  });
}

/** Like {@link printable}, for one line: only rows of our own, which are indented, may follow. */
export function printableLine(text: string, style?: Style): string {
  return printable(text, style).replace(/\n(?! {2})/g, escaped);
}

/** A value from outside, as a part of one line. */
function inert(text: string): string {
  return printable(text).replaceAll("\n", escaped);
}

/** The same data with every text in it {@link inert}: for what is put into sentences, before they are styled. */
export function inertData<T>(data: T): T {
  return inertValue(data) as T;
}

function inertValue(value: unknown): unknown {
  if (typeof value === "string") return inert(value);
  if (Array.isArray(value)) return value.map(inertValue);
  if (value instanceof MedkitError) return new MedkitError(value.code, inertData(value.params), { cause: value.cause });
  if (value instanceof Error) return Object.assign(new Error(inert(value.message)), inertData({ ...value }));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inertValue(each)]));
}
