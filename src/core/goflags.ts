/** Splits GOFLAGS as cmd/go does (internal/quoted): blanks separate, single or double quotes hold together, no escapes. */
export function splitGoflags(text: string): readonly string[] {
  const words: string[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const quote = rest[0] === '"' || rest[0] === "'" ? rest[0] : undefined;
    const end = quote === undefined ? rest.search(/\s|$/) : rest.indexOf(quote, 1);
    if (end < 0) return [...words, rest];
    words.push(quote === undefined ? rest.slice(0, end) : rest.slice(1, end));
    rest = rest.slice(quote === undefined ? end : end + 1).trim();
  }
  return words;
}
