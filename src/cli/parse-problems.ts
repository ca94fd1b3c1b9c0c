import {
  AliasNotFoundError,
  ArgumentParseError,
  FlagNotFoundError,
  UnexpectedFlagError,
  UnexpectedPositionalError,
  UnsatisfiedFlagError,
} from "@stricli/core";
import { MedkitError } from "../core/errors.ts";
import { globalFlags } from "./global-flags.ts";
import { kebab, type RouteTable } from "./route.ts";
import { closest, quoteList } from "./suggest.ts";
import { usageError } from "./usage.ts";

const globalFlagWords = Object.keys(globalFlags).map((name) => `--${kebab(name)}`);

/** The route that a line names as far as it goes, for messages. */
export function understood(table: RouteTable, line: readonly string[]): string[] {
  const words: string[] = [];
  for (const word of line) {
    const next = [...words, word].join(" ");
    if (!Object.keys(table).some((id) => id === next || id.startsWith(`${next} `))) break;
    words.push(word);
  }
  return words;
}

/** What the framework takes for an argument though it was meant as a flag: `--out=`, `-1`. */
export function strayFlag(input: string, words: readonly string[]): MedkitError | undefined {
  if (!input.startsWith("-") || input === "-") return undefined;
  if (input.endsWith("=")) return usageError("missingValue", words, { flag: input.slice(0, -1) });
  return unknownFlag(input, words);
}

function flagProblem(error: UnsatisfiedFlagError, line: readonly string[], words: readonly string[]): MedkitError {
  const flag = `--${error.externalFlagName}`;
  const given = line.some((word) => word === flag || word.startsWith(`${flag}=`));
  return usageError(given ? "missingValue" : "missingFlag", words, { flag });
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Turns what the framework found wrong into our error. */
export function argumentProblem(error: unknown, line: readonly string[], words: readonly string[]): Error {
  if (error instanceof ArgumentParseError) return error.exception instanceof MedkitError ? error.exception : error;
  if (error instanceof FlagNotFoundError) {
    return unknownFlag(
      `--${error.input}`,
      words,
      error.corrections.map((name) => (name.startsWith("-") ? name : `--${name}`)),
    );
  }
  if (error instanceof AliasNotFoundError) return usageError("unknownFlag", words, { flag: `-${error.input}` });
  if (error instanceof UnsatisfiedFlagError) return flagProblem(error, line, words);
  if (error instanceof UnexpectedFlagError)
    return usageError("repeated", words, { flag: `--${error.externalFlagName}` });
  if (error instanceof UnexpectedPositionalError)
    return strayFlag(error.input, words) ?? usageError("extraArgument", words, { input: error.input });
  return asError(error);
}

function unknownFlag(flag: string, words: readonly string[], corrections: readonly string[] = []): MedkitError {
  return usageError("unknownFlag", words, { flag, ...quoteList(closest(flag, [...corrections, ...globalFlagWords])) });
}

export function unknownCommand(
  table: RouteTable,
  input: string,
  words: readonly string[],
  corrections: readonly string[],
): MedkitError {
  if (input.startsWith("-")) return unknownFlag(input, words);
  const near = corrections.map((name) => [...words, name.replaceAll("`", "")].join(" "));
  const elsewhere = Object.keys(table).filter((id) => id.split(" ").at(-1) === input);
  const inherited = closest(
    input,
    Object.keys(table).filter((id) => !id.includes(" ")),
  );
  const suggestions = [...new Set([...near, ...elsewhere, ...(words.length === 0 ? inherited : [])])].map(
    (id) => `medkit ${id}`,
  );
  return usageError("unknownCommand", words, {
    input: [...words, input].join(" "),
    ...quoteList(suggestions.slice(0, 3)),
  });
}
