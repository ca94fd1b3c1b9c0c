import type { Sandbox } from "./sandbox.ts";

/** Families of causes, each a folder of `test/fixtures/symptoms/`. */
export const FAMILIES = ["code", "modules", "toolchain", "host", "network"] as const;
export type Family = (typeof FAMILIES)[number];

/** Variables that differ from those of the healthy host; undefined: the variable is not set at all. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A string is split at spaces; nothing is handed to a shell unless the command names one. */
export type Command = string | readonly string[];

export type Prepare = (box: Sandbox) => void | Promise<void>;

/** Texts by path: below the project where the path is relative. */
export type Files = Readonly<Record<string, string>>;

/** What causes and their runs can both say; a run's words come after its cause's. */
interface Setting {
  readonly files?: Files;
  readonly env?: Environment;
  /** Injects the fault, as root, once the project's files are there. */
  readonly prepare?: Prepare;
  /** Runs only with these releases, inclusive: `1.21`. */
  readonly since?: string;
  readonly until?: string;
  /** Arguments of prlimit(1): `--nofile=20`. */
  readonly limits?: readonly string[];
  /** Bytes of memory that the command and its children may use, by a control group. */
  readonly memory?: number;
  /** Seconds until the command gets the SIGINT of an impatient person; 60 unless told. */
  readonly patience?: number;
  /** Where a text has only addresses and stacks left to tell: cut before the first line that this matches. */
  readonly cut?: RegExp;
  /** Working folder, below the project or absolute. */
  readonly cwd?: string;
}

export interface Run extends Setting {
  readonly command: Command;
}

/** One way for a Go build to fail. */
export interface Cause extends Setting {
  /** kebab-case; unique in its family. */
  readonly id: string;
  /** What was done to the healthy host or project, in one sentence. */
  readonly fault: string;
  /** The text does not come from Go: recorded once. */
  readonly anyGo?: boolean;
  /** By variant: the command, where the fault is the same; or more. */
  readonly runs: Readonly<Record<string, Command | Run>>;
}

/** What one real run gave, with what belongs to this machine replaced. */
export interface Recording {
  readonly family: Family;
  readonly cause: string;
  readonly variant: string;
  readonly fault: string;
  /** The full version, `1.21.13`; `any` where Go has no part in the text. */
  readonly go: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** An exit status, or the name of the signal that ended the command. */
  readonly exit: string;
  readonly stdout: string;
  readonly stderr: string;
}
