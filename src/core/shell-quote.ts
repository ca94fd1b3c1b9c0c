/** A text as one word of a POSIX shell or of zsh: in single quotes, with those inside put apart. */
export function quoteForSh(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A text as one word of fish, in which single quotes let a backslash stand for itself and for quotes. */
export function quoteForFish(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;
}
