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

/** Reads go.sum or go.work.sum. Throws GO_SUM_INVALID with file and line. */
export function parseGoSum(text: string, file = "go.sum"): GoSumLine[] {
  return text.split("\n").flatMap((source, index) => {
    const fields = source.trim().split(/\s+/);
    if (fields[0] === "") return [];
    const [path = "", version = "", hash = ""] = fields;
    if (fields.length !== 3 || !hash.includes(":")) {
      throw new MedkitError("GO_SUM_INVALID", {
        file,
        line: index + 1,
        problem: `it has ${fields.length} fields and not a path, a version and a hash`,
      });
    }
    if (hash === EMPTY_GO_MOD) return [];
    const isGoMod = version.endsWith("/go.mod");
    return [
      {
        path,
        version: isGoMod ? version.slice(0, -"/go.mod".length) : version,
        subject: isGoMod ? "go.mod" : "zip",
        hash,
      },
    ];
  });
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
