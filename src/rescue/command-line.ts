import { basename } from "node:path";
import type { StreamPlan } from "../core/pass-through.ts";

/** A go command line, as far as rescue has to understand it. */
export interface GoLine {
  /** `build`, `test`, `mod tidy`…; empty where there is none. */
  readonly verb: string;
  /** Index of the verb's first word in argv; argv.length where there is none. */
  readonly at: number;
  /** All words after the verb. */
  readonly rest: readonly string[];
}

/** Verbs that have a second word. */
const twoWords: ReadonlySet<string> = new Set(["mod", "work", "telemetry"]);

/** Reads `go [-C dir] verb …`; undefined where the command is not go. */
export function readGoLine(argv: readonly string[]): GoLine | undefined {
  if (basename(argv[0] ?? "") !== "go") return undefined;
  let at = 1;
  while (at < argv.length && (argv[at] ?? "").startsWith("-")) at += argv[at] === "-C" || argv[at] === "--C" ? 2 : 1;
  const verb = argv[at] ?? "";
  const words = twoWords.has(verb) && argv[at + 1] !== undefined ? 2 : 1;
  return { verb: argv.slice(at, at + words).join(" "), at: Math.min(at, argv.length), rest: argv.slice(at + words) };
}

/** Verbs whose output goes through go itself and that never look at a terminal: nobody can tell whether it is one. */
const plainVerbs: ReadonlySet<string> = new Set([
  "build", "clean", "env", "fix", "fmt", "get", "install", "list", "version", "vet", "mod download", "mod edit", "mod graph", "mod init",
  "mod tidy", "mod vendor", "mod verify", "mod why", "work edit", "work init", "work sync", "work use", "work vendor",
]); // prettier-ignore

export interface OutputFacts {
  readonly stdoutTerminal: boolean;
  readonly stderrTerminal: boolean;
  /** Both are the same pipe or file, so that their order counts. */
  readonly same: boolean;
}

/** How a command's streams run so that it cannot tell that we are there. A terminal stays a terminal wherever the command could look. */
export function planStreams(argv: readonly string[], facts: OutputFacts): StreamPlan {
  const line = readGoLine(argv);
  const plain = line !== undefined && plainVerbs.has(line.verb);
  if (!facts.stdoutTerminal && !facts.stderrTerminal)
    return facts.same ? { stdout: "tee", stderr: "merge" } : { stdout: "tee", stderr: "tee" };
  return {
    stdout: facts.stdoutTerminal ? "inherit" : "tee",
    stderr: facts.stderrTerminal && !plain ? "inherit" : "tee",
  };
}

/**
 * What to run, unseen, to learn what a command said whose terminal was its own: the same for a go verb that compiles and starts something, but with
 * `true` started in its place. Undefined where running it again might do harm.
 */
export function retellingOf(argv: readonly [string, ...string[]]): readonly [string, ...string[]] | undefined {
  const line = readGoLine(argv);
  if (line === undefined) return undefined;
  if (plainVerbs.has(line.verb)) return argv;
  if (line.verb !== "test" && line.verb !== "run") return undefined;
  const [program, ...rest] = argv;
  return [program, ...rest.slice(0, line.at), "-exec=true", ...rest.slice(line.at)];
}
