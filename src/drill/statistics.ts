/**
 * Percentiles are nearest-rank: the smallest measured value that at least p per cent of all values do not exceed. Each figure is
 * thus a run that took place, never an average of two.
 */
export interface Distribution {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly mean: number;
  readonly p95: number;
  readonly max: number;
}

/** The p-th percentile (0 < p <= 100) of values in ascending order, nearest-rank; 0 of none. */
export function percentile(ascending: readonly number[], p: number): number {
  const rank = Math.ceil((p / 100) * ascending.length);
  return ascending[Math.min(ascending.length, Math.max(1, rank)) - 1] ?? 0;
}

/** undefined where there is nothing to describe. */
export function describe(values: readonly number[]): Distribution | undefined {
  if (values.length === 0) return undefined;
  const ascending = values.toSorted((a, b) => a - b);
  return {
    count: ascending.length,
    min: percentile(ascending, Number.MIN_VALUE),
    median: percentile(ascending, 50),
    mean: ascending.reduce((sum, value) => sum + value, 0) / ascending.length,
    p95: percentile(ascending, 95),
    max: percentile(ascending, 100),
  };
}
