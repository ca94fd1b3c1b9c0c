/** A text as one word of a POSIX shell, of zsh and of fish: in single quotes, with those inside put apart. */
export function quoteForShell(text: string, shell: "sh" | "fish" = "sh"): string {
  if (shell === "fish") return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
