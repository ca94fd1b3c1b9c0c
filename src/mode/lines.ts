import type { Evidence } from "./types.ts";

/** The first line of a go.mod or go.work that is a directive with one value, by a quick look as cmd/go/internal/gover.GoModLookup takes. */
export function lineWith(
  { path, text }: { readonly path: string; readonly text: string },
  directive: string,
): { readonly value: string; readonly evidence: Evidence } | undefined {
  for (const [index, line] of text.split("\n").entries()) {
    const [, word, value] = /^\s*(\S+)\s+(\S+)/.exec(line.replace(/\/\/.*/, "")) ?? [];
    if (word === directive && value !== undefined)
      return {
        value: value.replace(/^["`]|["`]$/g, ""),
        evidence: { where: path, line: index + 1, text: line.trim() },
      };
  }
  return undefined;
}

/** The line that a directive begins on, alone or as a block; 0 where there is none. */
export function lineOf(text: string, directive: string): number {
  return text.split("\n").findIndex((line) => line.trim().split(/[\s(]/)[0] === directive) + 1;
}

/** Evidence of a line by its number. */
export function lineAt({ path, text }: { readonly path: string; readonly text: string }, line: number): Evidence {
  const there = text.split("\n")[line - 1]?.trim();
  return { where: path, ...(line > 0 ? { line } : {}), ...(there === undefined || line <= 0 ? {} : { text: there }) };
}
