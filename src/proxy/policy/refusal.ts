import { MedkitError } from "../../core/errors.ts";
import { compareSemver } from "../../module/index.ts";
import type { Finding, Verdict } from "./types.ts";

/** The go command shows so many octets of a refusal, and eight lines (cmd/go/internal/web/api.go). */
const mostOctets = 640;
const mostFindings = 3;

/** What a policy does not let pass. */
export class PolicyRefusal extends MedkitError {
  /** HTTP status. */
  readonly status: number;
  readonly verdict: Verdict;
  /** What the client is told: a sentence, then code and facts, one a line. */
  readonly text: string;

  /** `what` is `PATH@VERSION`, or `PATH`. */
  constructor(what: string, verdict: Verdict, status: number) {
    const code = verdict.action === "deny" ? "MODULE_DENIED" : "MODULE_QUARANTINED";
    super(code, { module: what, rule: verdict.rule });
    this.status = status;
    this.verdict = verdict;
    this.text = refusalText(code, what, verdict);
  }
}

function refusalText(code: string, what: string, verdict: Verdict): string {
  const { rule, reason, contact, findings = [] } = verdict;
  const shown = findings.slice(0, mostFindings).map((each) => {
    const fixed = each.fixed === undefined ? "not fixed yet" : `fixed in ${each.fixed}`;
    return `${each.id}: ${fixed}${each.summary === "" ? "" : `; ${cut(each.summary, 110)}`}`;
  });
  if (findings.length > mostFindings) shown.push(`and ${findings.length - mostFindings} more`);
  const lines = [
    `${cut(what, 200)} ${sentence(verdict)}`,
    `${code} rule: ${rule}${reason === undefined ? "" : `; reason: ${cut(reason, 120)}`}`,
    ...shown,
    ...(contact === undefined ? [] : [`contact: ${cut(contact, 120)}`]),
  ];
  while (Buffer.byteLength(lines.join("\n\t")) > mostOctets && lines.length > 3) lines.splice(-2, 1);
  return lines.join("\n");
}

function sentence({ action, age, findings, rule }: Verdict): string {
  const does = action === "deny" ? "is denied by this proxy's policy" : "is held back by this proxy's policy";
  if (findings !== undefined) {
    const last = lastFix(findings);
    const fix = findings.length === 1 || last === undefined ? "." : `; the last fix is in ${last}.`;
    return `${does}: it has ${findings.length === 1 ? "a known vulnerability" : `${findings.length} known vulnerabilities`}${fix}`;
  }
  if (age !== undefined && age.until === undefined)
    return `${does}: when it was published is not known, and it must be ${age.minAge} old.`;
  if (age !== undefined) {
    const word = action === "deny" ? `${does} until` : "is held back by this proxy's policy until";
    return `${word} ${age.until?.slice(0, 16)}Z: it must be ${age.minAge} old, and is of ${age.time?.slice(0, 16)}Z.`;
  }
  return rule === "default" ? `${does}: no rule allows it.` : `${does}.`;
}

/** The fix that comes last; undefined where something has none. */
function lastFix(findings: readonly Finding[]): string | undefined {
  const fixes = findings.map((each) => each.fixed);
  if (fixes.includes(undefined)) return undefined;
  // Those of toolchains are Go's own versions, which have the same order with a `v`.
  const order = (fix: string | undefined): string => (fix ?? "").replace(/^go/, "v");
  return fixes.toSorted((a, b) => compareSemver(order(a), order(b))).at(-1);
}

/** Without what a terminal would take for a command, and not longer than so many characters. */
function cut(text: string, most: number): string {
  const plain = text.replaceAll(/[\p{C}\s]+/gu, " ").trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`;
}
