/** Ranges of code points that take two columns in a terminal: East Asian Wide and Fullwidth (UAX #11), and emoji. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

const escapes = /\u001B\[[0-9;]*m/g;

/** Columns that a text takes in a terminal; colour escapes and combining marks take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text.replace(escapes, "")) {
    if (/\p{Mark}|\p{Cf}/u.test(char)) continue;
    const code = char.codePointAt(0) ?? 0;
    width += wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
  }
  return width;
}

/** Pads with spaces on the right to a width in columns. */
export function padColumns(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** Lines of a table with aligned columns, two spaces apart; the last column is not padded. */
export function tableLines(rows: readonly (readonly string[])[], indent = ""): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
  return rows.map(
    (row) =>
      indent +
      row.map((cell, column) => (column === row.length - 1 ? cell : padColumns(cell, widths[column] ?? 0))).join("  "),
  );
}

/** Breaks a text into lines of at most `width` columns: between words, and anywhere between East Asian characters. */
export function wrapColumns(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(
    /\s+|[^\s\u2E80-\uFFEF]+[\u3001\u3002\uFF00-\uFF0F\uFF1A\uFF1B]*|[\u2E80-\uFFEF][\u3001\u3002\uFF01\uFF09\uFF0C\uFF1A\uFF1B\uFF1F]*/g,
  ) ?? []) {
    if (line !== "" && displayWidth(line) + displayWidth(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  if (line.trimEnd() !== "") lines.push(line.trimEnd());
  return lines;
}
