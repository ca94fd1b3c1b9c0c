import { readGoLine } from "../command-line.ts";
import type { Transcript } from "../types.ts";
import { linesOf } from "./lines.ts";

/** What a test logged (testing.T.Log), or a line of its output as `go test -json` tells it. The go command indents by a tab. */
const ofTest = /^ {4}|^\{.*"Test":"/;

/** A message of the compiler or of vet about a place in the program; it repeats the program's own strings. */
const aboutPlace = /^(?:vet: )?\S+\.go:\d+:\d+: /;

const quoted = /"(?:[^"\\]|\\.)*"|`[^`]*`/g;

/** Without texts in quotes that have a blank in them: such are no name, path or address of the go command's. */
function withoutTexts(line: string): string {
  return line.replaceAll(quoted, (text) => (/\s/.test(text) ? '""' : text));
}

/** What is said of a program that was built by whoever could not start it, or ended it. */
const ofStarting = /^(?:\S+: )?fork\/exec \S*go-build\S*: |signal: killed|^fatal error: |^runtime: /;

/** All that was to be built was built, and started: what failed then is the program that `go run` started, or the tests. */
function isAllBuilt(transcript: Pick<Transcript, "argv">, lines: readonly string[]): boolean {
  const verb = readGoLine(transcript.argv)?.verb;
  if (verb === "run") return lines.some((line) => /^exit status \d+$/.test(line));
  if (verb !== "test") return false;
  return lines.some((line) => /^FAIL\s+\S+\s+[\d.]+s$/.test(line)) && !lines.some((line) => /^FAIL\s+\S+ \[\w+ failed\]$/.test(line)); // prettier-ignore
}

/**
 * A transcript without what the program itself said: a failing test that speaks of a refused permission, a compile error that quotes "checksum mismatch".
 * Only what is left can tell of the environment.
 */
export function withoutOwnWords(transcript: Transcript): Transcript {
  const isBuilt = isAllBuilt(transcript, linesOf(transcript));
  const cut = (text: string): string =>
    linesOf({ stdout: "", stderr: text })
      .filter((line) => !ofTest.test(line) && (!isBuilt || ofStarting.test(line)))
      .map((line) => (aboutPlace.test(line) ? withoutTexts(line) : line))
      .join("\n");
  return { ...transcript, stdout: cut(transcript.stdout), stderr: cut(transcript.stderr) };
}
