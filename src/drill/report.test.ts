import { describe, expect, test } from "vitest";
import { formatDuration } from "./format.ts";
import { drillExit, makeReport } from "./report.ts";
import { renderDrillHtml } from "./report-html.ts";
import { renderDrillMarkdown } from "./report-markdown.ts";
import { baseline } from "./scenarios/baseline.ts";
import { oddPath } from "./scenarios/odd-path.ts";
import type { DrillReport, HostFacts, RunResult } from "./types.ts";

const host: HostFacts = {
  kernel: "6.1.0",
  platform: "linux/amd64",
  cores: 2,
  processor: "any",
  memoryBytes: 2 ** 34,
  isolation: "namespaces",
  drop: "setpriv",
  userNamespace: false,
  mounts: true,
  staticBusybox: false,
  busyboxApplets: [],
  commands: { dash: "/bin/dash", busybox: "/bin/busybox" },
  base: "/mnt",
};

function run(number: number, milliseconds: number, change: Partial<RunResult> = {}): RunResult {
  const steps = [{ step: "unpack", milliseconds: milliseconds / 4 }, { step: "build", milliseconds: milliseconds / 2 }]; // prettier-ignore
  return {
    number,
    scenario: "baseline",
    shell: "dash",
    goVersion: "1.21.13",
    outcome: "recovered",
    steps,
    recoveryMilliseconds: milliseconds,
    totalMilliseconds: milliseconds * 2,
    facts: {},
    ...change,
  };
}

function reportOf(results: readonly RunResult[]): DrillReport {
  return makeReport({
    kit: {
      file: "go-emergency-kit-v1.2.tgz",
      sha256: "0".repeat(64),
      bytes: 1e8,
      name: "go-emergency-kit",
      version: "1.2",
      goVersions: ["1.21.13"],
    },
    started: new Date("2026-01-02T03:04:05Z"),
    finished: new Date("2026-01-02T03:05:05Z"),
    command: "medkit drill go-emergency-kit-v1.2.tgz --runs 4 --seed 1",
    host,
    plan: {
      seed: 1,
      cells: 2,
      runs: results.map(({ number, scenario, shell, goVersion }) => ({ number, scenario, shell, goVersion })),
      skipped: [{ scenario: "odd-path", shell: "zsh", goVersion: "1.21.13", reason: "the host has no zsh" }],
    },
    wanted: ["baseline", "odd-path"],
    results,
    scenarios: [baseline, oddPath],
  });
}

const failed = run(3, 100, {
  outcome: "not-recovered",
  failure: { step: "verify", reason: "<b>1 & 2</b> differ" },
  transcript: "transcripts/run-0003.txt",
});
const lacking = run(4, 100, {
  outcome: "skipped",
  scenario: "odd-path",
  failure: { step: "sandbox", reason: "the kernel refuses a mount (bind)" },
});

describe("makeReport", () => {
  const report = reportOf([run(1, 8000), run(2, 4000), failed, lacking]);

  test("skipped runs are neither recovered nor failed, and only recovered ones are timed", () => {
    expect(report.summary).toMatchObject({
      planned: 4,
      recovered: 2,
      notRecovered: 1,
      skipped: 1,
      recovery: { count: 2, min: 4000, median: 4000, max: 8000 },
    });
    expect(report.steps.map(({ step, count, max }) => [step, count, max])).toEqual([["unpack", 2, 2000], ["build", 2, 4000]]); // prettier-ignore
    expect(report.scenarios.map(({ id, runs, recovered, skipped }) => [id, runs, recovered, skipped])).toEqual([["baseline", 3, 2, 0], ["odd-path", 1, 0, 1]]); // prettier-ignore
  });

  test("no path of the host is in it", () => {
    expect(JSON.stringify(report)).not.toMatch(/\/bin\/|\/mnt/);
    expect(report.host.shells).toEqual(["dash", "ash"]);
  });

  test("the exit status: 3 with a failure, 6 where nothing took place, else 0", () => {
    expect([
      drillExit(report),
      drillExit(reportOf([run(1, 1)])),
      drillExit(reportOf([lacking])),
      drillExit(reportOf([])),
    ]).toEqual([3, 0, 6, 6]);
  });
});

describe("the pages", () => {
  const report = reportOf([run(1, 8000), failed, lacking]);

  test("HTML: escaped, self-contained, with the transcript", () => {
    const html = renderDrillHtml(report, new Map([["transcripts/run-0003.txt", "tar: <nothing> & more"]]));
    expect(html).toContain("1 of 2");
    expect(html).toContain("&#60;b&#62;1 &#38; 2&#60;/b&#62; differ");
    expect(html).toContain("tar: &#60;nothing&#62; &#38; more");
    expect(html).not.toMatch(/<script|<link|src=|url\(|https?:/);
  });

  test("HTML of a drill in which nothing recovered", () => {
    expect(renderDrillHtml(reportOf([failed]), new Map())).toContain("there is nothing to time");
  });

  test("Markdown: figures, failures, what was skipped", () => {
    const markdown = renderDrillMarkdown(report);
    expect(markdown).toContain("**1 of 2 runs recovered.**");
    expect(markdown).toContain("| unpack | 1 | 2.00 s | 2.00 s | 2.00 s | 2.00 s |");
    expect(markdown).toContain("| odd-path | zsh | the host has no zsh |");
    expect(markdown).toContain("the kernel refuses a mount");
  });
});

test("formatDuration", () => {
  expect([0.4, 3, 12.4, 99.6, 680, 9994, 24_263, 59_990, 125_000].map(formatDuration)).toEqual([
    "<1 ms",
    "3 ms",
    "12 ms",
    "0.10 s",
    "0.68 s",
    "9.99 s",
    "24.3 s",
    "1 min 0 s",
    "2 min 5 s",
  ]);
});
