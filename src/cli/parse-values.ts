import { resolve } from "node:path";
import { parseDuration } from "../core/duration.ts";
import type { FlagSpec, PositionalSpec } from "./route.ts";
import { closest, quoteList } from "./suggest.ts";
import { usageError } from "./usage.ts";

/** Turns one typed word into the value that a command gets. Throws USAGE, naming the flag or argument. */
export type ValueParser = (typed: string) => string | number;

export function flagParser(
  flag: Exclude<FlagSpec, { kind: "boolean" }>,
  shown: string,
  words: readonly string[],
  cwd: string,
): ValueParser {
  return (typed) => {
    if (typed === "") throw usageError("missingValue", words, { flag: shown });
    switch (flag.kind) {
      case "path":
        return flag.or !== undefined && typed.startsWith(flag.or) ? typed : resolve(cwd, typed);
      case "enum":
        return choose(typed, flag.values, shown, words);
      case "count": {
        const minimum = flag.minimum ?? 0;
        const value = Number(typed);
        if (!/^\d{1,15}$/.test(typed) || value < minimum)
          throw usageError("notACount", words, { flag: shown, value: typed, minimum });
        return value;
      }
      case "duration": {
        const value = parseDuration(typed);
        if (value === undefined) throw usageError("notADuration", words, { flag: shown, value: typed });
        return value;
      }
      default:
        return typed;
    }
  };
}

export function positionalParser(positional: PositionalSpec, words: readonly string[], cwd: string): ValueParser {
  const shown = positional.name.toUpperCase();
  return (typed) => {
    if (positional.kind === "enum") return choose(typed, positional.values ?? [], shown, words);
    if (positional.kind === "string") return typed;
    if (typed === "") throw usageError("missingArgument", words, { argument: shown });
    return resolve(cwd, typed);
  };
}

function choose(typed: string, values: readonly string[], flag: string, words: readonly string[]): string {
  if (values.includes(typed)) return typed;
  throw usageError("notAChoice", words, {
    flag,
    value: typed,
    choices: values.join(", "),
    ...quoteList(closest(typed, values)),
  });
}
