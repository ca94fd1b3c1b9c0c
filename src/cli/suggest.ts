/** Edits (insert, delete, replace, swap neighbours) between two words. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The nearest of the known words, best first, none that is far off. */
export function closest(input: string, known: readonly string[], limit = 3): string[] {
  const allowed = Math.max(1, Math.floor(input.length / 3));
  return known
    .map((word) => ({ word, distance: editDistance(input.toLowerCase(), word.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ word }) => word);
}

/** `` `a`, `b` `` for a sentence; undefined where there is nothing to list, so that the sentence goes without. */
export function quoteList(words: readonly string[]): Record<"suggestions", string> | Record<never, never> {
  return words.length === 0 ? {} : { suggestions: words.map((word) => `\`${word}\``).join(", ") };
}
