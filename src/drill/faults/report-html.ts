import { formatDuration } from "../format.ts";
import { escapeHtml } from "../../core/html.ts";
import { foldedTranscript, section, tile } from "../html.ts";
import { runsOf, type FaultReport } from "./report.ts";
import { OUTCOMES } from "./report-markdown.ts";

type Transcripts = ReadonlyMap<string, string>;

/** The figures that rescue is judged by. */
export function faultTiles({ summary }: FaultReport): readonly string[] {
  const { recoverable, recovered, diagnosed, runs, pairs, pairsPassed, programs, programsLeftAlone, harmful, toPassing } = summary; // prettier-ignore
  const mood = (part: number, all: number): string => (part === all ? "good" : "bad");
  const faults = [
    tile(`${recovered} of ${recoverable}`, "recoverable faults recovered", mood(recovered, recoverable)),
    tile(`${diagnosed} of ${runs - pairs}`, "diagnosed as what they are", mood(diagnosed, runs - pairs)),
    tile(String(harmful), "harmful actions", harmful === 0 ? "good" : "bad"),
    ...(toPassing === undefined ? [] : [tile(formatDuration(toPassing.mean), "mean, to a passing command")]),
  ];
  return [
    ...(runs === 0 ? [] : faults),
    ...(pairs === 0 ? [] : [tile(`${pairsPassed} of ${pairs}`, "pairs of faults", mood(pairsPassed, pairs))]),
    ...(programs === 0 ? [] : [tile(`${programsLeftAlone} of ${programs}`, "healthy or code-broken, left alone", mood(programsLeftAlone, programs))]), // prettier-ignore
  ];
}

function failures({ results }: FaultReport, transcripts: Transcripts): string {
  return results
    .filter((each) => each.outcome === "failed")
    .map((each) =>
      foldedTranscript(
        {
          title: each.faults.join(" + "),
          name: "",
          note: `Go ${each.goVersion}`,
          reason: each.reason ?? "",
        },
        each.transcript === undefined ? undefined : transcripts.get(each.transcript),
      ),
    )
    .join("");
}

function faultTable({ faults, results }: FaultReport): string {
  const rows = faults.flatMap(({ id, title, cause }) => {
    const { ran, passed } = runsOf(results, id);
    const times = ran.flatMap((each) => (cause === undefined ? each.overheadMilliseconds : each.rescueMilliseconds) ?? []); // prettier-ignore
    const verdict = ran.length === 0 ? '<span class="warn">not injected</span>' : `<span class="${passed === ran.length ? "good" : "bad"}">${passed} of ${ran.length}</span>`; // prettier-ignore
    const expect = [...new Set(ran.map((each) => OUTCOMES[each.expect]))].join(" / ");
    const remedies = [...new Set(ran.flatMap((each) => each.remedies))].join(", ");
    return [
      `<tr><td>${escapeHtml(title)}<span class="id">${escapeHtml(id)}</span></td><td><span class="id">${escapeHtml(cause ?? "–")}</span></td><td class="soft">${escapeHtml(expect)}${remedies === "" ? "" : `<span class="id">${escapeHtml(remedies)}</span>`}</td><td class="n">${times.length === 0 ? "–" : escapeHtml(formatDuration(Math.max(...times)))}</td><td class="n">${verdict}</td></tr>`,
    ];
  });
  const head = '<thead><tr><th>what is broken</th><th>label</th><th>has to be</th><th class="n">longest</th><th class="n">as it has to be</th></tr></thead>'; // prettier-ignore
  return `<div class="card"><table>${head}<tbody>${rows.join("")}</tbody></table></div>
<p class="legend">Longest: from the first word of medkit rescue to its end; of what is left alone, what medkit took besides the command.</p>`;
}

/** What rescue did with injected faults, as sections of the page. */
export function renderFaultHtml(report: FaultReport, transcripts: Transcripts): string {
  const failed = failures(report, transcripts);
  return `${failed === "" ? "" : section("Faults that were not met", failed)}
${section("Faults, and what rescue did", faultTable(report))}`;
}
