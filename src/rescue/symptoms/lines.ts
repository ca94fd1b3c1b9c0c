import { present } from "../../core/present.ts";
import type { Symptom, Transcript } from "../types.ts";

/** One pattern of a family: named groups become the symptom's fields. */
export interface Pattern {
  readonly kind: string;
  readonly pattern: RegExp;
  /** Fields that do not come from groups. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Characters of a line that patterns look at, and how many lines may be so long; of further ones less is looked at. */
const limits = { long: 2048, manyLong: 16, short: 300 } as const;

/** Cuts what is no line of the go command's: patterns take time that grows with more than the length. */
function bounded(lines: readonly string[]): readonly string[] {
  let long = 0;
  return lines.map((line) => {
    if (line.length <= limits.short) return line;
    long++;
    return line.slice(0, long > limits.manyLong ? limits.short : limits.long);
  });
}

/** Lines of both streams, without colour and without trailing blanks; a lost line end is none, and what is too long is cut. */
export function linesOf(transcript: Pick<Transcript, "stdout" | "stderr">): readonly string[] {
  const plain = `${transcript.stderr}\n${transcript.stdout}`.replaceAll(/\u001B\[[0-9;]*[A-Za-z]/g, "");
  return bounded(plain.split(/\r?\n/)).map((line) => line.trimEnd());
}

/** Every line against every pattern; the same symptom is told once. At most 50, for a failure that repeats itself has said it by then. */
export function matchLines(lines: readonly string[], patterns: readonly Pattern[]): readonly Symptom[] {
  const found = new Map<string, Symptom>();
  for (const line of lines) {
    for (const { kind, pattern, fields } of patterns) {
      const match = pattern.exec(line);
      if (match === null) continue;
      const symptom = { kind, line: line.trim(), fields: { ...fields, ...present(match.groups ?? {}) } };
      const key = JSON.stringify([kind, symptom.fields]);
      if (!found.has(key)) found.set(key, symptom);
      if (found.size >= 50) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** A reader that is nothing but patterns over lines. */
export function readWith(patterns: readonly Pattern[]): (transcript: Transcript) => readonly Symptom[] {
  return (transcript) => matchLines(linesOf(transcript), patterns);
}

export function kindsOf(patterns: readonly Pattern[]): readonly string[] {
  return [...new Set(patterns.map((each) => each.kind))];
}
