import type { Reporter, SerializedError, TestCase, TestModule } from "vitest/node";

interface Count {
  passed: number;
  failed: number;
  readonly skipped: string[];
}

function addCase(count: Count, test: TestCase): void {
  const result = test.result();
  if (result.state === "passed") count.passed++;
  else if (result.state === "skipped")
    count.skipped.push(`${test.fullName}${result.note === undefined ? "" : ` [skipped: ${result.note}]`}`);
  else count.failed++;
}

/** `3 passed, 1 failed, 2 skipped`; skips are named only where there are any. */
export function countLine({
  passed,
  failed,
  skipped,
}: {
  passed: number;
  failed: number;
  skipped: readonly string[];
}): string {
  return `${passed} passed, ${failed} failed${skipped.length === 0 ? "" : `, ${skipped.length} skipped`}`;
}

/** Why a test was skipped, from its name; requirements.ts puts it there. */
export function skipReason(name: string): string {
  return /\[skipped: (.*?)\]/.exec(name)?.[1] ?? "no reason given";
}

/** Ends a run with each skip and its reason, and one line of counts. With CI=true a skip is a failure: there, all is installed. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const count: Count = { passed: 0, failed: errors.length, skipped: [] };
    for (const module of modules) {
      for (const test of module.children.allTests()) addCase(count, test);
      // A file that could not be loaded has no tests to fail.
      if (module.errors().length > 0) count.failed++;
    }
    const lines = count.skipped.map((name) => `skipped: ${name.replace(/ \[skipped: .*?\]/, "")}: ${skipReason(name)}`);
    if (count.skipped.length > 0 && process.env["CI"] === "true") {
      process.exitCode = 1;
      lines.push("With CI=true every test must run: a skip is a failure.");
    }
    process.stdout.write(`${["", ...lines, countLine(count)].join("\n")}\n`);
  }
}
