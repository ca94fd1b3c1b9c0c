import { expect, test } from "vitest";
import { CAUSE_FACTS } from "../../core/causes/index.ts";
import { planPairs } from "./plan.ts";
import { FAULTS } from "./registry.ts";

test("no pair is of two faults of which only one would be there", () => {
  const pairs = planPairs(FAULTS, ["1.21.13"], 10_000, 1).map(({ faults }) => faults);
  expect(pairs.length).toBeGreaterThan(100);
  for (const [a, b] of pairs) {
    expect(a.cause).not.toBe(b?.cause);
    const families = [a, b].map((each) => (each?.cause === undefined ? "" : CAUSE_FACTS[each.cause].family));
    expect(families).not.toEqual(["network", "network"]);
    expect([a, b].filter((each) => each !== undefined && "server" in each).length).toBeLessThan(2);
  }
});
