import { readdirSync, readFileSync } from "node:fs";

/** Ticks a second in /proc; Linux has told every program 100 for two decades. */
const ticks = 100;

function statFields(pid: number): readonly string[] {
  try {
    // The second field is the program's name, in parentheses, and may hold blanks.
    return readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return [];
  }
}

/** A process and all that descend from it. */
export function family(pid: number): readonly number[] {
  const parents = readdirSync("/proc")
    .map(Number)
    .filter((each) => each > 0)
    .map((each) => [each, Number(statFields(each)[1])] as const);
  const found = [pid];
  for (const member of found) found.push(...parents.flatMap(([each, parent]) => (parent === member ? [each] : [])));
  return found;
}

/** Seconds, user and system. Of processes that have ended nothing is counted. */
export function processorTime(pids: readonly number[]): number {
  const spent = pids.map((pid) => {
    const fields = statFields(pid);
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticks;
  });
  return spent.reduce((sum, each) => sum + each, 0);
}

/** MiB; what several processes share is counted once (Pss of smaps_rollup). */
export function residentMemory(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => {
    try {
      return Number(/^Pss:\s+([0-9]+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}
