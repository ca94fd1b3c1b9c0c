import type { CauseCode, CauseFamily } from "../core/causes/index.ts";
import type { KitAccess } from "./kit-access.ts";
import type { Probes } from "./probes/types.ts";

/** A command as it was, or will be, started. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  /** Laid around the child by a shell that then becomes it. */
  readonly limits: Limits;
}

export interface Limits {
  /** Octal, such as `022`. */
  readonly umask?: string;
  /** Soft limit of open files (`ulimit -n`). */
  readonly openFiles?: number;
}

/** What a command did. */
export interface Transcript {
  readonly argv: readonly string[];
  /** Undefined where a signal ended it or it did not start. */
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** Why it did not start: the system's code, `ENOENT`, `EACCES`, `ENOEXEC`, `EPERM`. */
  readonly startError: string | undefined;
  /** The last MiB of each; empty where the stream was the terminal itself. */
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/**
 * One thing that the text of a failure says. Text to data and nothing more: what it means is for a {@link Cause} to find out by probing.
 * Kinds that begin with `code.` are faults of the program (compile errors, failing tests, import cycles).
 */
export interface Symptom {
  readonly kind: string;
  /** The line that says it, as it was printed. */
  readonly line: string;
  /** What was read out of the line, by name: `module`, `version`, `path`, `variable`… */
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads the symptoms of one family out of a transcript. Pure. A new family is a new file in `symptoms/`, and a line in its registry. */
export interface SymptomReader {
  readonly family: CauseFamily | "code";
  /** All kinds that {@link read} can give. */
  readonly kinds: readonly string[];
  read(transcript: Transcript): readonly Symptom[];
}

/** What a diagnosis rests on. `text` is shown as it is, with secrets taken out. */
export interface Evidence {
  readonly source: "output" | "variable" | "file" | "host" | "network" | "kit";
  /** Name of the variable, path of the file, address asked; empty for output. */
  readonly subject: string;
  readonly text: string;
}

/** `certain`: a probe shows it, and the failure says it too (or the doctor needs no failure). `likely`: shown by one of the two beyond doubt. */
export type Confidence = "certain" | "likely" | "possible";

export interface Diagnosis {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  /** At least one. */
  readonly evidence: readonly Evidence[];
  /** Fills the cause's texts. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** A file of the user's that a remedy would change; only ever done with `--fix-files`, after a copy. */
export interface FileEdit {
  readonly path: string;
  /** What the file must hold when it is changed (SHA-256 in hexadecimal), else nothing is done; undefined: it must not exist. */
  readonly before: string | undefined;
  /** The new content. */
  readonly content: string;
}

/**
 * A plan that may make the cause go away. Nothing is done by making it. In order of reach: `child` changes the environment or limits of the
 * child process and nothing else; `state` also writes folders or files of our own below {@link CaseFile.scratch};
 * `user-file` changes a file of the user's.
 */
export interface Remedy {
  /** Kebab-case, for the report: `unset-variable`, `kit-toolchain`, `fresh-module-cache`… A text `rescue.remedy.<kind>` says it in words. */
  readonly kind: string;
  /** Fills the text of the kind. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly reach: "child" | "state" | "user-file";
  /** Milliseconds that it is expected to add. */
  readonly cost: number;
  /** Laid over the child's environment; undefined takes a variable away. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limits?: Limits;
  /** Folders to make below the scratch folder (absolute), 0700. */
  readonly folders?: readonly string[];
  /** Files to write below the scratch folder (absolute), 0600. */
  readonly files?: readonly { readonly path: string; readonly content: string }[];
  readonly edits?: readonly FileEdit[];
  /**
   * For what is only known after work that takes time (a kit's toolchain unpacked): gives the remedy in full, or undefined where it cannot be had after all.
   * Called once, when it is this one's turn; until then environment, folders and files say nothing.
   */
  readonly complete?: () => Promise<Remedy | undefined>;
  /** Looked at just before it is applied; throws where it does not hold. */
  readonly precondition?: () => Promise<void>;
}

/** Everything that causes may look at. A new one is made whenever the child's environment changed. */
export interface CaseFile {
  readonly command: Command;
  /** Absent when the doctor asks. */
  readonly transcript: Transcript | undefined;
  readonly symptoms: readonly Symptom[];
  readonly probes: Probes;
  /** The kit to take remedies from; undefined where there is none. */
  readonly kit: KitAccess | undefined;
  /** A path below the folder that is this rescue's own; nothing is created. */
  scratch(name: string): string;
}

/**
 * One cause: how it is recognised and what helps. A new cause is a new file in `causes/<family>/`, a line in that family's registry, its code in
 * `src/core/causes/`, its texts, and a fault in `src/drill/faults/` that injects it.
 */
export interface Cause {
  readonly code: CauseCode;
  /** Kinds of symptoms that make it worth asking. */
  readonly symptoms: readonly string[];
  /** True where the doctor asks it too, without any symptom. It must then be shown by probes alone. */
  readonly preventive: boolean;
  /** Believes or not. Probes decide: the text of a failure alone gives at most `possible`. Undefined: it is not this. */
  diagnose(file: CaseFile): Promise<Diagnosis | undefined>;
  /** What may be tried, least intrusive first. Empty: nothing safe, the texts say what a person can do. */
  remedies(diagnosis: Diagnosis, file: CaseFile): Promise<readonly Remedy[]>;
}

/** What was done to the host or the child, for the report. */
export interface Change {
  readonly kind: "variable" | "limit" | "scratch" | "file";
  readonly name: string;
  /** Undefined: was not there. Secrets are taken out. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ReportedCause {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  readonly params: Readonly<Record<string, string | number>>;
  /** The remedy that helped; null where none did. */
  readonly remedy: ReportedRemedy | null;
  /** Remedies that were tried and taken back. */
  readonly tried: readonly ReportedRemedy[];
}

export interface ReportedRemedy {
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly reach: Remedy["reach"];
}

/** How it ended: see the contract's words on the exit status. */
export type Verdict =
  /** The command passed at once. */
  | "healthy"
  /** It passed in the end. */
  | "recovered"
  /** The fault is the program's own, and was left alone. */
  | "code"
  /** A fault of the environment remains. */
  | "not-recovered"
  /** A refusal by the host's policy stands in the way. */
  | "denied"
  /** Nobody knows this failure. */
  | "unknown"
  /** A signal ended it. */
  | "interrupted";

/** `--report FILE`; the contract fixes the first five names. */
export interface RescueReport {
  readonly recovered: boolean;
  readonly exit: number;
  readonly causes: readonly ReportedCause[];
  readonly changes: readonly Change[];
  /** How to take it back; null where nothing outlives the command. */
  readonly undo: string | null;
  readonly verdict: Verdict;
  readonly command: readonly string[];
  /** Milliseconds: all of it, and what medkit took besides running the command. */
  readonly milliseconds: number;
  readonly overheadMilliseconds: number;
  /** How often the command ran. */
  readonly attempts: number;
  /** Symptoms of the last failure. */
  readonly symptoms: readonly Symptom[];
  /** The file with the facts of an unknown failure. */
  readonly bundle: string | null;
}
