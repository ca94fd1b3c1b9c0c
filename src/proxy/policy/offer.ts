import { isIncompatible, isPrerelease, sortVersions } from "../../module/index.ts";
import type { PolicyGate } from "./gate.ts";
import type { ReleaseTimes } from "./release-times.ts";
import type { ReleaseTime, Verdict } from "./types.ts";

/** So many series of a module are looked at at the same time. */
const abreast = 8;

/** Which of a module's versions a policy offers, and what it says of the newest one that it does not. */
export interface Offer {
  readonly versions: readonly string[];
  readonly refused: { readonly version: string; readonly verdict: Verdict } | undefined;
}

interface Judged {
  readonly version: string;
  readonly verdict: Verdict;
}

/**
 * Sifts a list of versions. The times of a series (`v1.2.x`) are looked up from its newest version downwards, until one is old enough for every rule: what
 * comes before it in the series is taken for old too. A request for a version itself is judged by its own time, whatever the list said.
 */
export async function offer(
  gate: PolicyGate,
  times: ReleaseTimes,
  path: string,
  versions: readonly string[],
  mayFetch: boolean,
): Promise<Offer> {
  const judged: Judged[] = [];
  const open = new Map<string, string[]>();
  for (const version of sortVersions(versions)) {
    const verdict = gate.judge({ path, version }, "unasked");
    if (verdict !== undefined) judged.push({ version, verdict });
    else open.set(seriesOf(version), [...(open.get(seriesOf(version)) ?? []), version]);
  }
  const series = [...open.values()];
  const work = async (): Promise<void> => {
    for (let next = series.pop(); next !== undefined; next = series.pop())
      judged.push(...(await judgeSeries(gate, times, path, next, mayFetch)));
  };
  await Promise.all(Array.from({ length: abreast }, work));
  const sorted = sortVersions(judged.map(({ version }) => version));
  const verdicts = new Map(judged.map((each) => [each.version, each.verdict]));
  const isRefused = (version: string): boolean => verdicts.get(version)?.action !== "allow";
  const newest =
    sorted.findLast((version) => isRefused(version) && !isPrerelease(version)) ?? sorted.findLast(isRefused);
  const verdict = newest === undefined ? undefined : verdicts.get(newest);
  return {
    versions: sorted.filter((version) => !isRefused(version)),
    refused: newest === undefined || verdict === undefined ? undefined : { version: newest, verdict },
  };
}

/** `versions` in order, lowest first. */
async function judgeSeries(
  gate: PolicyGate,
  times: ReleaseTimes,
  path: string,
  versions: readonly string[],
  mayFetch: boolean,
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  const old = new Date(0);
  let areOld = false;
  for (const version of versions.toReversed()) {
    const time: ReleaseTime = areOld ? old : await times.get({ path, version }, mayFetch);
    const verdict = gate.judge({ path, version }, time);
    if (verdict !== undefined) judged.push({ version, verdict });
    areOld ||= time instanceof Date && gate.now().getTime() - time.getTime() >= gate.oldEnough;
  }
  return judged;
}

function seriesOf(version: string): string {
  return `${/^v\d+\.\d+/.exec(version)?.[0] ?? version}${isIncompatible(version) ? "+incompatible" : ""}`;
}
