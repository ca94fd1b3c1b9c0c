/**
 * Compares what a session saw of its shell before activation and after deactivation. The shells print variables in an order of
 * their own that a change and its undoing may alter, so lines are compared as a sorted list; values are compared byte for byte.
 */

/** Files of one snapshot, in the order in which differences are told. */
export const SNAPSHOT_PARTS = ["env", "export", "set", "exact", "shell"] as const;
export type SnapshotPart = (typeof SNAPSHOT_PARTS)[number];

/** Variables that a shell changes by itself: they say nothing about the kit. */
const restless = new Set([
  "_", "0", "?", "!", "$", "-", "#", "*", "@", "argv", "status", "pipestatus", "PIPESTATUS", "LINENO", "RANDOM", "SRANDOM", "SECONDS",
  "EPOCHREALTIME", "EPOCHSECONDS", "BASHPID", "BASH_ARGC", "BASH_ARGV", "BASH_COMMAND", "BASH_LINENO", "BASH_MONOSECONDS", "BASH_SOURCE",
  "BASH_SUBSHELL", "BASH_REMATCH", "FUNCNAME", "HISTCMD", "OPTIND", "TTYIDLE", "COLUMNS", "LINES", "ZSH_EVAL_CONTEXT",
  "ZSH_SUBSHELL", "zsh_eval_context", "funcstack", "funcfiletrace", "funcsourcetrace", "functrace", "jobstates", "jobtexts", "jobdirs",
  "history", "historywords", "commands", "dirstack", "parameters", "functions", "dis_functions", "usergroups", "userdirs", "nameddirs",
]); // prettier-ignore

/** Name of the variable that a line of `env`, `export -p` or `set` assigns; undefined for other lines. */
export function assignedName(line: string): string | undefined {
  const match =
    /^(?:(?:export|typeset|declare|readonly)\s+(?:-[A-Za-z-]+\s+)*)?'?([A-Za-z_][A-Za-z0-9_]*|[0?!$#*@-])'?(?:=|$)/.exec(
      line,
    );
  return match?.[1];
}

function isRestless(line: string): boolean {
  const name = assignedName(line);
  return name !== undefined && (restless.has(name) || /^(?:drill_|DRILL_)/.test(name));
}

/** The lines that count, sorted. */
export function steadyLines(part: SnapshotPart, text: string): readonly string[] {
  if (part === "exact") return [text];
  const lines = text.split("\n");
  return part === "shell" ? lines : lines.filter((line) => !isRestless(line)).toSorted();
}

/** Differences as lines of `- before` and `+ after`; empty where nothing changed. */
export function compareSnapshots(
  before: Readonly<Record<SnapshotPart, string>>,
  after: Readonly<Record<SnapshotPart, string>>,
): readonly string[] {
  const differences: string[] = [];
  for (const part of SNAPSHOT_PARTS) {
    const counts = new Map<string, number>();
    for (const line of steadyLines(part, before[part])) counts.set(line, (counts.get(line) ?? 0) - 1);
    for (const line of steadyLines(part, after[part])) counts.set(line, (counts.get(line) ?? 0) + 1);
    for (const [line, count] of counts) if (count !== 0) differences.push(`${part}: ${count < 0 ? "-" : "+"} ${line}`);
  }
  return differences;
}
