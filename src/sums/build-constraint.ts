/**
 * Whether a Go file could be part of any build: what `go mod vendor` asks before it copies one. Every tag counts as set and as not set, but for `ignore`.
 * Source: cmd/go/internal/imports/build.go (ShouldBuild with AnyTags), go/build/constraint.
 */
export function couldBuild(content: string): boolean {
  const { goBuild, before } = readHeader(content.replace(/^\ufeff/, ""));
  if (goBuild.length > 1) return false;
  if (goBuild[0] !== undefined) return new Expression(goBuild[0]).holds() ?? false;
  return before.every((line) => {
    const terms = /^\/\/[ \t]*\+build(?:[ \t]+(.*))?$/.exec(line);
    return terms === null || couldHold((terms[1] ?? "").trim());
  });
}

/** A `+build` line: spaces for or, commas for and, `!` for not. */
function couldHold(line: string): boolean {
  return line.split(/\s+/).some((option) => option.split(",").every((term) => isTrue(term.replace(/^!/, ""), !term.startsWith("!")) === !term.startsWith("!"))); // prettier-ignore
}

/** The value of a tag when `wanted` is what the whole would like it to be. */
function isTrue(tag: string, wanted: boolean): boolean {
  if (!/^[\p{L}\p{Nd}_.]+$/u.test(tag) || tag === "ignore") return false;
  return wanted;
}

/** The `//go:build` lines before the package clause, and the comment lines that `+build` may stand in: those before the last blank line. */
function readHeader(content: string): { readonly goBuild: readonly string[]; readonly before: readonly string[] } {
  const goBuild: string[] = [];
  const comments: string[] = [];
  let end = 0;
  let ended = false;
  let inside = false;
  for (const raw of content.split("\n")) {
    let line = raw.trim();
    if (line === "" && !ended) {
      end = comments.length;
      continue;
    }
    if (!line.startsWith("//")) ended = true;
    const found = /^\/\/go:build(?:\s+(.*))?$/.exec(line);
    if (!inside && found !== null) goBuild.push(found[1] ?? "");
    if (!ended) comments.push(line);
    while (line !== "") {
      if (inside) {
        const close = line.indexOf("*/");
        if (close === -1) break;
        inside = false;
        line = line.slice(close + 2).trim();
      } else if (line.startsWith("//")) break;
      else if (line.startsWith("/*")) {
        inside = true;
        line = line.slice(2).trim();
      } else return { goBuild, before: comments.slice(0, end) };
    }
  }
  return { goBuild, before: comments.slice(0, end) };
}

/** `a && (b || !c)`; undefined where it is none. */
class Expression {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(/\|\||&&|[!()]|[^\s!()&|]+|\S/g) ?? [];
  }

  holds(): boolean | undefined {
    try {
      const value = this.#or(true);
      return this.#at === this.#tokens.length ? value : undefined;
    } catch {
      return undefined;
    }
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #or(wanted: boolean): boolean {
    let value = this.#and(wanted);
    while (this.#takes("||")) value = this.#and(wanted) || value;
    return value;
  }

  #and(wanted: boolean): boolean {
    let value = this.#not(wanted);
    while (this.#takes("&&")) value = this.#not(wanted) && value;
    return value;
  }

  #not(wanted: boolean): boolean {
    if (this.#takes("!")) return !this.#not(!wanted);
    if (this.#takes("(")) {
      const value = this.#or(wanted);
      if (!this.#takes(")")) throw new SyntaxError("a bracket is open");
      return value;
    }
    const tag = this.#tokens[this.#at++] ?? "";
    if (!/^[\p{L}\p{Nd}_.]+$/u.test(tag)) throw new SyntaxError("a tag is missing");
    return isTrue(tag, wanted);
  }
}
