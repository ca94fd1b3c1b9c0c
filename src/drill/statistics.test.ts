import { describe as suite, expect, test } from "vitest";
import { describe, percentile } from "./statistics.ts";

suite("nearest-rank percentiles", () => {
  test("the example of the method's definition", () => {
    const values = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((p) => percentile(values, p))).toEqual([15, 20, 20, 35, 50]);
  });

  test("of twenty values the 95th is the nineteenth, of one value every one is that", () => {
    const values = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(percentile(values, 95)).toBe(19);
    expect([1, 50, 95, 100].map((p) => percentile([7], p))).toEqual([7, 7, 7, 7]);
  });

  test("a distribution names runs that took place, and does not mind the order", () => {
    expect(describe([40, 10, 20, 30])).toEqual({ count: 4, min: 10, median: 20, mean: 25, p95: 40, max: 40 });
    expect(describe([])).toBeUndefined();
  });
});
