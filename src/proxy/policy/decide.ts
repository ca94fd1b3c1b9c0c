import { isPseudoVersion, matchPrefixPatterns, pseudoVersionTime, type ModuleVersion } from "../../module/index.ts";
import type { Finding, Policy, ReleaseTime, Rule, Verdict, VersionTest, VulnerableTest } from "./types.ts";
import { matchesVersion } from "./version-test.ts";

/** What is known of a version when it is judged. */
export interface JudgeFacts {
  readonly now: Date;
  readonly time: ReleaseTime;
  /** Vulnerabilities of this version. */
  readonly findings: () => readonly Finding[];
}

/** Whether a module is meant by patterns; none mean every module. */
export function matchesModule(patterns: readonly string[], path: string): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((each) => (each.startsWith("=") ? each.slice(1) === path : matchPrefixPatterns(each, path)));
}

/** The policy without what is not about a module: it says the same of it. */
export function narrow(policy: Policy, path: string): Policy {
  const about = <Part extends { readonly modules: readonly string[] }>(parts: readonly Part[]): readonly Part[] =>
    parts.filter((each) => matchesModule(each.modules, path)).map((each) => ({ ...each, modules: [] }));
  return { ...policy, rules: about(policy.rules), released: about(policy.released) };
}

function matchesVersions(tests: readonly VersionTest[], module: ModuleVersion): boolean {
  return tests.length === 0 || tests.some((each) => matchesVersion(each, module));
}

/**
 * What the policy says of one version. Undefined: that depends on its time, which `facts` does not have yet. A time in a pseudo-version is enough.
 */
export function judge(policy: Policy, module: ModuleVersion, facts: JudgeFacts): Verdict | undefined {
  const now = facts.now.getTime();
  const time = facts.time === "unasked" ? timeInVersion(module.version) : facts.time;
  let released: Verdict | undefined;
  for (const rule of policy.rules) {
    if (rule.until <= now || !matchesModule(rule.modules, module.path) || !matchesVersions(rule.versions, module))
      continue;
    const findings = rule.vulnerable === undefined ? undefined : counting(rule.vulnerable, module, facts);
    if (findings?.length === 0) continue;
    if (rule.minAge !== undefined) {
      if (time === "unasked") return undefined;
      if (time !== "none" && now - time.getTime() >= rule.minAge.milliseconds) continue;
    }
    // A release ends a quarantine; what denies the version further down still does.
    released ??= rule.action === "quarantine" ? releaseOf(policy, module, now) : undefined;
    if (rule.action !== "quarantine" || released === undefined) return verdictOf(policy, rule, time, findings);
  }
  return released ?? defaultVerdict(policy);
}

function defaultVerdict({ otherwise, contact }: Policy): Verdict {
  const reason = otherwise === "deny" ? "no rule allows it" : undefined;
  return { action: otherwise, rule: "default", reason, contact };
}

/** What the policy says of a module whatever the version; undefined where that depends on the version, or where it is allowed. */
export function judgePath(policy: Policy, path: string, now: Date): Verdict | undefined {
  for (const rule of policy.rules) {
    if (rule.until <= now.getTime() || !matchesModule(rule.modules, path)) continue;
    if (rule.action === "allow" || rule.versions.length > 0 || rule.minAge !== undefined) return undefined;
    if (rule.vulnerable !== undefined) return undefined;
    const mayLeave = policy.released.some((each) => each.until > now.getTime() && matchesModule(each.modules, path));
    if (rule.action === "quarantine" && mayLeave) return undefined;
    return verdictOf(policy, rule, "unasked", undefined);
  }
  return policy.otherwise === "deny" ? defaultVerdict(policy) : undefined;
}

/** The earliest instant after `now` at which something that was in force ends; Infinity where nothing does. */
export function nextEnd(policy: Policy, now: Date): number {
  const ends = [
    ...policy.rules.flatMap((each) => [each.until, ...(each.vulnerable?.exceptions ?? []).map(({ until }) => until)]),
    ...policy.released.map((each) => each.until),
  ];
  return Math.min(...ends.filter((each) => each > now.getTime()), Infinity);
}

function verdictOf(policy: Policy, rule: Rule, time: ReleaseTime, findings: readonly Finding[] | undefined): Verdict {
  const { id, action, reason, minAge } = rule;
  const base = { action, rule: id, reason, contact: rule.contact ?? policy.contact };
  const known = typeof time === "string" ? undefined : time;
  const age =
    minAge === undefined
      ? {}
      : {
          age: {
            time: known === undefined ? undefined : rfc3339(known),
            minAge: minAge.text,
            until: known === undefined ? undefined : rfc3339(new Date(known.getTime() + minAge.milliseconds)),
          },
        };
  return { ...base, ...age, ...(findings === undefined ? {} : { findings }) };
}

/** In whole seconds, as Go's own times are. */
function rfc3339(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}

function releaseOf(policy: Policy, module: ModuleVersion, now: number): Verdict | undefined {
  const release = policy.released.find(
    (each) => each.until > now && matchesModule(each.modules, module.path) && matchesVersions(each.versions, module),
  );
  if (release === undefined) return undefined;
  return { action: "allow", rule: "released", reason: release.reason, contact: undefined };
}

/** The vulnerabilities that a rule counts: not those that are accepted, or of another kind. */
function counting(test: VulnerableTest, module: ModuleVersion, facts: JudgeFacts): readonly Finding[] {
  const now = facts.now.getTime();
  const isMeant = (finding: Finding, id: string): boolean => finding.id === id || finding.aliases.includes(id);
  return facts.findings().filter((finding) => {
    if (test.onlyFixed && finding.fixed === undefined) return false;
    if (test.ids.length > 0 && !test.ids.some((id) => isMeant(finding, id))) return false;
    return !test.exceptions.some(
      (each) => each.until > now && isMeant(finding, each.id) && matchesModule(each.modules, module.path),
    );
  });
}

/** The commit's time, which the go command holds against the commit itself. */
function timeInVersion(version: string): ReleaseTime {
  if (!isPseudoVersion(version)) return "unasked";
  const [, year = "", month = "", day = "", hour = "", minute = "", second = ""] =
    /^(....)(..)(..)(..)(..)(..)$/.exec(pseudoVersionTime(version) ?? "") ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? "none" : time;
}
