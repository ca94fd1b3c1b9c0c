import { join } from "node:path";
import { present } from "../core/present.ts";
import { cleanPath, dropPrefix, namespacePrefix, shellPrefix } from "./sandbox.ts";
import type { HookPoint, Scenario, SessionSettings, Stage } from "./scenarios/types.ts";

const hookPoints: readonly HookPoint[] = [
  "first",
  "before-snapshot",
  "after-verify",
  "after-activate",
  "before-build",
  "after-build",
  "after-deactivate",
];

/** Where the kernel cannot cut the network off, a request at least goes to a port that nobody listens on. */
const deadProxy = {
  HTTP_PROXY: "http://127.0.0.1:1",
  HTTPS_PROXY: "http://127.0.0.1:1",
  http_proxy: "http://127.0.0.1:1",
  https_proxy: "http://127.0.0.1:1",
  NO_PROXY: "127.0.0.1",
  no_proxy: "127.0.0.1",
};

/** The environment of the session's shell: a clean one, with the scenario's changes and what the session script reads. */
export function sessionEnvironment(
  scenario: Scenario,
  stage: Stage,
  settings: SessionSettings,
): Record<string, string> {
  const { inside, cell, kit, facts } = stage;
  const place = settings.place ?? inside.place;
  const base: Record<string, string | undefined> = {
    PATH: cleanPath(),
    HOME: inside.home,
    LANG: "C.UTF-8",
    TERM: "dumb",
    // Without namespaces /tmp is the host's own.
    TMPDIR: facts.isolation === "none" ? inside.tmp : undefined,
    ...(facts.isolation === "none" ? deadProxy : {}),
    MEDKIT_GO: cell.goVersion === kit.goVersions[0] ? undefined : cell.goVersion,
    ...scenario.environment?.(stage),
    DRILL_ISOLATION: facts.isolation,
    DRILL_ARCHIVE: inside.archive,
    DRILL_PLACE: place,
    DRILL_VIEW: settings.view ?? place,
    DRILL_TOP: kit.top,
    DRILL_PROJECT: inside.project,
    DRILL_OUT: inside.out,
    DRILL_GO: cell.goVersion,
    DRILL_OPTIONS: settings.options ?? "",
    DRILL_FROM_ELSEWHERE: settings.fromElsewhere === true ? "1" : "",
    DRILL_TIDY: settings.tidy === true ? "1" : "",
    DRILL_SUM_TOOL: settings.sumTool ?? "sha256sum",
    ...settings.variables,
  };
  for (const point of hookPoints)
    base[`DRILL_HOOK_${point.toUpperCase().replaceAll("-", "_")}`] = settings.hooks?.[point] ?? "";
  return present(base);
}

/** The whole command line of a run: namespaces, first process, environment, user, root folder, shell, script. */
export function runCommand(
  scenario: Scenario,
  stage: Stage,
  settings: SessionSettings,
): readonly [string, ...string[]] {
  const { facts, host, inside, cell } = stage;
  const chroot = settings.chroot === true ? inside.root : undefined;
  const variables = Object.entries(sessionEnvironment(scenario, stage, settings)).map(
    ([name, value]) => `${name}=${value}`,
  );
  const sh = facts.commands["sh"] ?? "sh";
  const [first, ...rest] = [
    ...namespacePrefix(facts),
    sh,
    join(host.scripts, "inside.sh"),
    facts.commands["env"] ?? "env",
    "-i",
    ...variables,
    ...dropPrefix(facts, chroot),
    ...shellPrefix(facts, cell.shell, { interactive: settings.interactive === true, chroot: chroot !== undefined }),
    join(inside.scripts, scenario.script ?? "recovery.sh"),
  ];
  return [first, ...rest];
}

/** What the drill decides with; no part of the session. */
export interface Verdict {
  readonly step: string;
  readonly reason: string;
}

export interface SessionEnd {
  readonly failure: string | undefined;
  readonly unfinished: string | undefined;
  readonly step: string;
  readonly exit: number | undefined;
  readonly timedOut: boolean;
  readonly left: readonly string[];
  readonly noise: readonly string[];
  readonly differences: readonly string[];
  readonly leftovers: readonly string[];
  readonly judged: string | undefined;
}

function few(lines: readonly string[]): string {
  const shown = lines.slice(0, 4).join("; ");
  return lines.length > 4 ? `${shown}; and ${lines.length - 4} more` : shown;
}

/** Why a run did not recover: the first of what can be wrong, in the order in which it would have happened; undefined where it recovered. */
export function judgeSession(end: SessionEnd): Verdict | undefined {
  if (end.failure !== undefined) return { step: end.step, reason: end.failure };
  if (end.timedOut) return { step: end.step, reason: "the time for one run is over" };
  if (end.exit !== 0) {
    const words = end.noise.at(-1);
    const status =
      end.exit === undefined ? "the sandbox ended without a word" : `the shell ended with status ${end.exit}`;
    return { step: end.unfinished ?? end.step, reason: words === undefined ? status : `${status}: ${words}` };
  }
  if (end.unfinished !== undefined)
    return { step: end.unfinished, reason: "the shell ended in the middle of this step" };
  if (end.differences.length > 0)
    return { step: "compare", reason: `the environment is not as it was: ${few(end.differences)}` };
  if (end.leftovers.length > 0) return { step: "leftovers", reason: few(end.leftovers) };
  if (end.left.length > 0) return { step: "leftovers", reason: `left: ${few(end.left)}` };
  if (end.judged !== undefined) return { step: "judgement", reason: end.judged };
  return undefined;
}
