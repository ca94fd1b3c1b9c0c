import { MedkitError } from "../core/errors.ts";
import { compareSemver, compareText } from "./semver.ts";

/** A line of go.sum. */
export interface GoSumLine {
  readonly path: string;
  readonly version: string;
  /** Of what: the module zip, or its go.mod alone (`version/go.mod` in the file). */
  readonly subject: "zip" | "go.mod";
  /** `h1:…`, or of an algorithm that is not known here. */
  readonly hash: string;
}

/** The hash of an empty go.mod, which an old bug of Go's wrote for folders that were no modules; Go drops such lines. */
const EMPTY_GO_MOD = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";

/** A line that is none of go.sum's. */
export interface GoSumProblem {
  readonly line: number;
  readonly text: string;
  readonly problem: string;
}

/** Reads go.sum or go.work.sum line by line, and tells of each line that cannot be read. */
export function readGoSum(text: string): {
  /** `line`: 1 for the first line of the file. */
  readonly lines: readonly (GoSumLine & { readonly line: number })[];
  readonly problems: readonly GoSumProblem[];
} {
  const lines: (GoSumLine & { line: number })[] = [];
  const problems: GoSumProblem[] = [];
  for (const [index, source] of text.split("\n").entries()) {
    const fields = source.trim().split(/\s+/);
    const [path = "", version = "", hash = ""] = fields;
    if (path === "") continue;
    const line = index + 1;
    if (fields.length !== 3 || !hash.includes(":")) {
      const problem = `it has ${fields.length} fields and not a path, a version and a hash`;
      problems.push({ line, text: source, problem });
    } else if (hash !== EMPTY_GO_MOD) {
      const isGoMod = version.endsWith("/go.mod");
      lines.push({
        path,
        version: isGoMod ? version.slice(0, -"/go.mod".length) : version,
        subject: isGoMod ? "go.mod" : "zip",
        hash,
        line,
      });
    }
  }
  return { lines, problems };
}

/** Reads go.sum or go.work.sum. Throws GO_SUM_INVALID with file and line. */
export function parseGoSum(text: string, file = "go.sum"): GoSumLine[] {
  const { lines, problems } = readGoSum(text);
  const [first] = problems;
  if (first !== undefined) throw new MedkitError("GO_SUM_INVALID", { file, line: first.line, problem: first.problem });
  return lines.map(({ path, version, subject, hash }) => ({ path, version, subject, hash }));
}

/** Sorted as Go writes it, without repetitions. */
export function formatGoSum(lines: readonly GoSumLine[]): string {
  const sorted = lines.toSorted(
    (a, b) =>
      compareText(a.path, b.path) ||
      compareSemver(a.version, b.version) ||
      compareText(a.version, b.version) ||
      (a.subject === b.subject ? compareText(a.hash, b.hash) : a.subject === "zip" ? -1 : 1),
  );
  return [...new Set(sorted.map((line) => `${formatGoSumLine(line)}\n`))].join("");
}

export function formatGoSumLine(line: GoSumLine): string {
  return `${line.path} ${line.version}${line.subject === "go.mod" ? "/go.mod" : ""} ${line.hash}`;
}
