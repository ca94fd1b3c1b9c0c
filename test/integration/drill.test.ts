import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodePorts } from "../../src/core/node-ports.ts";
import type { Ports } from "../../src/core/ports.ts";
import { drillExit, drillKit, planKitDrill, SCENARIOS, type DrillReport } from "../../src/drill/index.ts";
import { requires } from "../support/requirements.ts";
import { makeDrillKit, type Fault } from "./drill-fixture.ts";

let folder = "";
let archive = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "medkit-drill-test-"));
  archive = makeDrillKit(join(folder, "kit"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function portsOf(
  signal: AbortSignal = new AbortController().signal,
  emit: Ports["progress"]["emit"] = () => undefined,
): Ports {
  return createNodePorts({ env: process.env, cwd: folder, signal, offline: true, progress: { emit } });
}

/** An empty folder for the runs: what a drill leaves behind is seen at once. */
function workFolder(name: string): string {
  const work = join(folder, `work-${name}`);
  mkdirSync(work);
  return work;
}

function whyNot(report: DrillReport, out: string): string {
  return report.runs
    .flatMap((run) =>
      run.outcome === "not-recovered"
        ? [
            `${run.scenario} ${run.shell}: ${run.failure?.step}: ${run.failure?.reason}\n${readFileSync(join(out, run.transcript ?? ""), "utf8")}`,
          ]
        : [],
    )
    .join("\n");
}

describe("a kit that is well", () => {
  requires({
    commands: ["dash", "bash", "zsh", "busybox", "bsdtar", "shasum", "unshare", "setpriv"],
    namespaces: true,
  }).it("recovers in every scenario", async () => {
    const [out, work] = [join(folder, "out"), workFolder("all")];
    const report = await drillKit(portsOf(), { archive, runs: SCENARIOS.length, seed: 5, out, work });
    expect(whyNot(report, out)).toBe("");
    expect(report.host.isolation).toBe("namespaces");
    // The fixture has no checksum database and no build cache, and that is said.
    expect(new Set(report.skipped.map((cell) => cell.scenario))).toEqual(
      new Set(["checksum-database", "other-tree-head", "aged-60-days", "go-tools"]),
    );
    expect([report.summary.recovered, report.summary.skipped, drillExit(report)]).toEqual([SCENARIOS.length, 0, 0]);
    expect(new Set(report.runs.flatMap((run) => run.facts["packets"] ?? []))).toEqual(new Set(["0"]));
    expect(new Set(report.runs.map((run) => run.scenario)).size).toBe(SCENARIOS.length - 4);
    expect(readdirSync(out).toSorted()).toEqual(["drill.html", "drill.json", "drill.md"]);
    expect(JSON.parse(readFileSync(join(out, "drill.json"), "utf8"))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(readdirSync(work)).toEqual([]);
  });

  requires({ commands: ["dash", "bash"] }).it("the folder of an unpacked kit is as good as its archive", async () => {
    const report = await drillKit(portsOf(), {
      archive: join(folder, "kit", "go-emergency-kit"),
      runs: 1,
      scenarios: ["baseline"],
    });
    expect(report.summary).toMatchObject({ planned: 1, recovered: 1 });
  });

  it("the plan is told without a run", async () => {
    const plan = await planKitDrill(portsOf(), { archive, runs: 3, scenarios: ["baseline"] });
    expect(plan.runs.map((run) => [run.number, run.scenario, run.goVersion])).toEqual(
      [1, 2, 3].map((number) => [number, "baseline", "1.21.13"]),
    );
  });
});

describe("a kit that is not", () => {
  const faults: readonly (readonly [Fault, string, RegExp])[] = [
    ["changed-after-summing", "verify", /verify\.sh found a difference/],
    ["leaks-a-variable", "compare", /GOLEAK=.?left behind/],
    ["leaves-a-file", "leftovers", /home: left behind left-behind/],
    ["asks-the-network", "modules", /asked something that is not the kit/],
    ["other-version", "go-version", /go version go1\.21\.1 /],
    ["leaves-a-process", "leftovers", /process sleep 300/],
    ["hangs", "modules", /time for one run is over/],
  ];
  for (const [fault, step, reason] of faults) {
    requires({ commands: ["dash", "unshare"], namespaces: true }).it(
      `${fault}: not recovered, with its transcript`,
      async () => {
        const [out, work] = [join(folder, `out-${fault}`), workFolder(fault)];
        const broken = makeDrillKit(join(folder, `kit-${fault}`), fault);
        const report = await drillKit(portsOf(), {
          archive: broken,
          runs: 1,
          scenarios: ["baseline"],
          out,
          work,
          timeout: fault === "hangs" ? 4000 : 60_000,
        });
        const run = report.runs[0];
        expect([run?.outcome, run?.failure?.step, drillExit(report)]).toEqual(["not-recovered", step, 3]);
        expect(run?.failure?.reason).toMatch(reason);
        const transcript = readFileSync(join(out, run?.transcript ?? ""), "utf8");
        expect(transcript).toContain("== verify");
        expect(readFileSync(join(out, "drill.html"), "utf8")).toContain("Not recovered");
        expect(report.steps).toEqual([]);
        expect(readdirSync(work)).toEqual([]);
      },
    );
  }

  it("no archive at all, an unknown scenario, no service: refused by code before anything is run", async () => {
    const code = (expected: string): unknown => expect.objectContaining({ code: expected });
    await expect(drillKit(portsOf(), { archive: join(folder, "nothing.tgz"), runs: 1 })).rejects.toEqual(
      code("KIT_NOT_FOUND"),
    );
    await expect(drillKit(portsOf(), { archive, runs: 1, scenarios: ["nope"] })).rejects.toEqual(
      code("DRILL_SCENARIO_UNKNOWN"),
    );
  });
});

describe("Ctrl-C", () => {
  requires({ commands: ["dash", "unshare"], namespaces: true }).it(
    "ends the run, and leaves neither folder, mount nor process",
    async () => {
      const work = workFolder("interrupted");
      const slow = makeDrillKit(join(folder, "kit-slow"), "hangs");
      const abort = new AbortController();
      const ports = portsOf(abort.signal, (event) => {
        if (event.type === "step-start") setTimeout(() => abort.abort(), 1500);
      });
      await expect(drillKit(ports, { archive: slow, runs: 3, scenarios: ["baseline"], work })).rejects.toEqual(
        expect.objectContaining({ code: "INTERRUPTED" }),
      );
      expect(readdirSync(work)).toEqual([]);
      expect(existsSync("/proc/mounts") ? readFileSync("/proc/mounts", "utf8") : "").not.toContain("medkit-drill-");
    },
  );
});
