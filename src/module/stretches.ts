/** A stretch of a file, in octets; `end` is not in it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Which octets of a file are there, and which of the others somebody is fetching. No octet counts twice. */
export class Stretches {
  /** Sorted; neither overlapping nor touching. */
  #there: Stretch[] = [];
  /** Whether the answer is already known to be that stretch. */
  readonly #claims = new Map<Stretch, boolean>();

  constructor(there: readonly Stretch[] = []) {
    for (const { start, end } of there) this.add(start, end);
  }

  get there(): readonly Stretch[] {
    return this.#there;
  }

  /** How many octets are there. */
  get count(): number {
    return this.#there.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  add(start: number, end: number): void {
    if (end <= start) return;
    this.#there = joined([...this.#there, { start, end }]);
  }

  /** Nothing is there any more; who fetches what stays as it was. */
  clear(): void {
    this.#there = [];
  }

  /** The first stretch of a file of `total` octets that is not there. A file of unknown length lacks everything behind what it has. */
  gap(total: number | undefined): Stretch | undefined {
    return between(this.#there, total ?? Number.POSITIVE_INFINITY)[0];
  }

  /** Whether every octet from `at` on is there, or on its way in an answer that was confirmed. */
  isTaken(at: number, total: number): boolean {
    const coming = [...this.#claims].filter(([, confirmed]) => confirmed).map(([claimed]) => claimed);
    return between(joined([...this.#there, ...coming]), total).every((gap) => gap.end <= at);
  }

  /**
   * A stretch for one of `hands` connections, off the end of the last one that is free: the connection that reads from the front meets it there. Each takes a
   * part of what is left, so that all end at about the same time, however different their speeds; of at least `least` octets, since a request costs a round
   * trip. Undefined where less than twice that is left.
   */
  claim(total: number, hands: number, least: number): Stretch | undefined {
    const free = between(joined([...this.#there, ...this.#claims.keys()]), total);
    const last = free.at(-1);
    const left = free.reduce((sum, { start, end }) => sum + end - start, 0);
    if (last === undefined || left < 2 * least) return undefined;
    const size = Math.max(least, Math.ceil(left / (2 * hands)));
    const claimed = { start: Math.max(last.start, last.end - size), end: last.end };
    this.#claims.set(claimed, false);
    return claimed;
  }

  /** The answer is that stretch: whoever reads towards it need not read it too. */
  confirm(claimed: Stretch): void {
    this.#claims.set(claimed, true);
  }

  /** Gives a claim back, fetched or not. */
  release(claimed: Stretch): void {
    this.#claims.delete(claimed);
  }
}

function joined(all: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const next of all.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || next.start > last.end) result.push(next);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return result;
}

function between(all: readonly Stretch[], total: number): Stretch[] {
  const gaps: Stretch[] = [];
  let at = 0;
  for (const { start, end } of all) {
    if (at >= total) break;
    if (start > at) gaps.push({ start: at, end: Math.min(start, total) });
    at = end;
  }
  if (at < total) gaps.push({ start: at, end: total });
  return gaps;
}
