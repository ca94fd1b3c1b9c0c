// Characters that a terminal acts upon, or that turn the order of what is read around: C0 but line end and tab, DEL, C1, and the
// bidirectional controls of Unicode (UAX 9).
const unsafe = /\u001B\[[0-9;]*m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * A text as it may go to a terminal. Module paths, file names, servers' answers and other programs' words come from outside: what could move the
 * cursor, retitle the window or hide a line is shown as an escape. Colour passes: it is ours, and harmless.
 */
export function printable(text: string): string {
  return text.replace(unsafe, (found) => {
    if (found.length > 1) return found;
    const code = found.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
}
