/** A cell of a Markdown table. */
export function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`).replaceAll("\n", " ");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** A page of blocks, one empty line between them. */
export function page(blocks: readonly (string | readonly string[])[]): string {
  const texts = blocks
    .map((block) => (typeof block === "string" ? block : block.join("\n")))
    .filter((text) => text !== "");
  return `${texts.join("\n\n")}\n`;
}

/** Angle brackets of placeholders would be read as HTML. */
export function prose(text: string): string {
  return text.replaceAll("<", "&lt;");
}
