import { faultTiles, renderFaultHtml } from "./faults/report-html.ts";
import { formatDuration, formatMegabytes, groupSkipped } from "./format.ts";
import { escapeHtml } from "../core/html.ts";
import { foldedTranscript, section, tile } from "./html.ts";
import { reportStyle } from "./report-style.ts";
import { axisSvg, distributionSvg, scaleFor } from "./report-svg.ts";
import type { DrillReport, RunResult, ScenarioStatistics } from "./types.ts";

function tiles(report: DrillReport): string {
  const { summary, host } = report;
  const ran = summary.recovered + summary.notRecovered;
  const all = ran > 0 && summary.notRecovered === 0;
  const recovery = summary.recovery;
  return `<div class="tiles">${[
    ...(report.runs.length === 0
      ? []
      : [tile(`${summary.recovered} of ${ran}`, "runs recovered", all ? "good" : "bad")]),
    ...(recovery === undefined
      ? []
      : [
          tile(formatDuration(recovery.median), "median, archive to answering service"),
          tile(formatDuration(recovery.p95), "95th percentile"),
          tile(formatDuration(recovery.max), "slowest run"),
        ]),
    ...(report.faults === undefined ? [] : faultTiles(report.faults)),
    host.isolation === "namespaces"
      ? tile("0", "network interfaces but loopback")
      : tile("open", "network: no namespaces on this host", "bad"),
  ].join("")}</div>`;
}

function stepTable(report: DrillReport): string {
  const recovered = report.runs.filter((run) => run.outcome === "recovered");
  const valuesOf = (step: string): readonly number[] =>
    recovered.flatMap((run) => run.steps.filter((one) => one.step === step).map((one) => one.milliseconds));
  const recovery = report.summary.recovery;
  const recoveries = recovered.flatMap((run) => run.recoveryMilliseconds ?? []);
  const rows = [
    ...report.steps.map((step) => ({ name: step.step, values: valuesOf(step.step), distribution: step, total: false })),
    ...(recovery === undefined
      ? []
      : [{ name: "archive to answering service", values: recoveries, distribution: recovery, total: true }]),
  ];
  if (rows.length === 0) return "<p>No run recovered, so there is nothing to time.</p>";
  const scale = scaleFor(rows.flatMap((row) => row.values));
  const body = rows.map(({ name, values, distribution: d, total }) => {
    const figures = [d.min, d.median, d.p95, d.max]
      .map((value) => `<td class="n">${escapeHtml(formatDuration(value))}</td>`)
      .join("");
    return `<tr${total ? ' class="total"' : ""}><td>${escapeHtml(name)}</td>${figures}<td>${distributionSvg(scale, values, d)}</td></tr>`;
  });
  const head = ["least", "median", "p95", "most"].map((name) => `<th class="n">${name}</th>`).join("");
  return `<div class="card"><table><thead><tr><th>step</th>${head}<th>${axisSvg(scale)}</th></tr></thead><tbody>${body.join("")}</tbody></table></div>
<p class="legend">One dot a run, on a logarithmic scale; dark tick: median; amber tick: 95th percentile (nearest-rank). Only runs that recovered are timed.</p>`;
}

function scenarioRow(scenario: ScenarioStatistics): string {
  const ran = scenario.recovered + scenario.notRecovered;
  const share = ran === 0 ? 0 : (100 * scenario.recovered) / ran;
  const verdict =
    ran === 0
      ? '<span class="warn">not rehearsed</span>'
      : `<span class="${scenario.notRecovered === 0 ? "good" : "bad"}">${scenario.recovered} of ${ran}</span><span class="bar"><i style="width:${share.toFixed(1)}%"></i></span>`;
  return `<tr><td>${escapeHtml(scenario.title)}<span class="id">${escapeHtml(scenario.id)}</span></td><td class="soft">${escapeHtml(scenario.proves)}</td><td class="shells">${escapeHtml(scenario.shells.join(" "))}</td><td class="n">${scenario.recovery === undefined ? "–" : escapeHtml(formatDuration(scenario.recovery.median))}</td><td class="n">${verdict}</td></tr>`;
}

function failure(run: RunResult, transcripts: ReadonlyMap<string, string>): string {
  const { number, scenario, shell, goVersion } = run;
  const head = { title: `Run ${number}`, name: scenario, note: `${shell}, Go ${goVersion}`, reason: `${run.failure?.step ?? ""}: ${run.failure?.reason ?? ""}` }; // prettier-ignore
  return foldedTranscript(head, run.transcript === undefined ? undefined : transcripts.get(run.transcript));
}

function hostFacts(report: DrillReport): string {
  const { host, kit } = report;
  const isolation =
    host.isolation === "namespaces"
      ? `${host.userNamespace ? "user, " : ""}network, mount and process namespaces of the kernel`
      : `none (${host.isolationReason ?? "unknown"}); the network was not cut off by the kernel`;
  const user = {
    setpriv: "an unprivileged user (setpriv, no new privileges)",
    "user-namespace": "an unprivileged user (a user namespace)",
    "not-root": "the user who started it",
    none: "root",
  }[host.drop];
  const facts: readonly (readonly [string, string])[] = [
    ["Kit", `${kit.name} ${kit.version}, ${kit.file}, ${formatMegabytes(kit.bytes)}, Go ${kit.goVersions.join(", ")}`],
    ["SHA-256", kit.sha256],
    ["Kernel", `${host.kernel} (${host.platform})`],
    ["Processor", `${host.processor}, ${host.cores} cores`],
    ["Memory", `${(host.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ["Shells", host.shells.join(", ")],
    ["Isolation", isolation],
    ["Runs as", user],
    ["Command", report.command],
  ];
  return `<div class="card"><dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl></div>`;
}

/** One page that needs nothing else. `transcripts`: text by the runs' `transcript`. */
export function renderDrillHtml(report: DrillReport, transcripts: ReadonlyMap<string, string>): string {
  const rehearsed = report.runs.length > 0;
  const failed = report.runs.filter((run) => run.outcome === "not-recovered");
  const lacked = report.runs.flatMap((run) =>
    run.outcome === "skipped" ? [{ ...run, reason: run.failure?.reason ?? "" }] : [],
  );
  const skipped = groupSkipped([...report.skipped, ...lacked]);
  const minutes = formatDuration(Date.parse(report.finished) - Date.parse(report.started));
  const skippedRows = skipped
    .map(
      (group) =>
        `<tr><td>${escapeHtml(group.scenario)}</td><td>${escapeHtml(group.shells.join(" "))}</td><td class="soft">${escapeHtml(group.reason)}</td></tr>`,
    )
    .join("");
  const scenarioHead =
    '<thead><tr><th>host</th><th>what it proves</th><th>shells</th><th class="n">median</th><th class="n">recovered</th></tr></thead>';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Drill of ${escapeHtml(report.kit.name)} ${escapeHtml(report.kit.version)}</title><style>${reportStyle}</style></head>
<body><main>
<header><h1>Drill of ${escapeHtml(report.kit.name)} ${escapeHtml(report.kit.version)}</h1>
<p>${escapeHtml(report.started.slice(0, 16).replace("T", " "))} UTC, ${escapeHtml(minutes)}${rehearsed ? `, ${report.summary.planned} runs over ${report.summary.cells} cells of scenario, shell and Go version` : ""}</p></header>
${tiles(report)}
${failed.length === 0 ? "" : section("Not recovered", failed.map((run) => failure(run, transcripts)).join(""))}
${rehearsed ? section("Steps", stepTable(report)) : ""}
${!rehearsed ? "" : section("Hosts", `<div class="card"><table>${scenarioHead}<tbody>${report.scenarios.map(scenarioRow).join("")}</tbody></table></div>`)}
${skipped.length === 0 ? "" : section("Skipped", `<div class="card"><table><thead><tr><th>scenario</th><th>shells</th><th>reason</th></tr></thead><tbody>${skippedRows}</tbody></table></div><p class="legend">What was skipped proves nothing, and is not counted as recovered.</p>`)}
${report.faults === undefined ? "" : renderFaultHtml(report.faults, transcripts)}
${section("Where", hostFacts(report))}
<footer>medkit drill, schema ${report.schema}, seed ${report.seed}</footer>
</main></body></html>
`;
}
