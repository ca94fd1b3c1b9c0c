import { describe, expect, it } from "vitest";
import { planPrune } from "./plan.ts";
import type { PrunableVersion, PruneRules } from "./types.ts";

function version(name: string, facts: Partial<PrunableVersion> = {}): PrunableVersion {
  const last = facts.last ?? 10;
  return { path: name, version: "v1.0.0", mod: 1, zip: 100, storedAt: 10, last, lastZip: last, ...facts };
}

const rules = (more: Partial<PruneRules>): PruneRules => ({
  size: undefined,
  unusedSince: undefined,
  storedBefore: undefined,
  mayGo: () => "all",
  ...more,
});

const shown = (versions: readonly PrunableVersion[], more: Partial<PruneRules>): readonly string[] =>
  planPrune(versions, rules(more)).items.map((each) => `${each.rule} ${each.path} ${each.part} ${each.bytes}`);

describe("planPrune", () => {
  it("takes nothing without a rule", () => expect(shown([version("a")], {})).toEqual([]));

  it("takes what was not used since, and only the content of what graphs still ask for", () => {
    const versions = [
      version("old", { last: 5 }),
      version("graph", { last: 50, lastZip: 5 }),
      version("used", { last: 50 }),
    ];
    expect(shown(versions, { unusedSince: 20 })).toEqual(["unused old version 101", "unused graph zip 100"]);
  });

  it("takes by age what is used, too", () => {
    const versions = [version("old", { storedAt: 5, last: 90 }), version("new", { storedAt: 50 })];
    expect(shown(versions, { storedBefore: 20 })).toEqual(["old old version 101"]);
  });

  it("takes the longest unused until the rest fits, and says what is left", () => {
    const versions = [version("c", { last: 30 }), version("a", { last: 10 }), version("b", { last: 20 })];
    expect(shown(versions, { size: 150 })).toEqual(["size a version 101", "size b version 101"]);
    expect(planPrune(versions, rules({ size: 303 }))).toEqual({ items: [], before: 303, after: 303 });
    expect(planPrune(versions, rules({ size: 150 })).after).toBe(101);
  });

  it("takes go.mod files last, when there is no content left", () => {
    const versions = [version("mod", { zip: 0, last: 1 }), version("zip", { last: 30, lastZip: 20 })];
    expect(shown(versions, { size: 2 })).toEqual(["size zip zip 100"]);
    expect(shown(versions, { size: 1 })).toEqual(["size mod version 1", "size zip zip 100"]);
  });

  it("never takes what is kept, nor a kept go.mod, whatever the size", () => {
    const versions = [version("kept", { last: 1 }), version("graph", { last: 2 }), version("free", { last: 3 })];
    const mayGo: PruneRules["mayGo"] = ({ path }) => (path === "kept" ? "nothing" : path === "graph" ? "zip" : "all");
    const plan = planPrune(versions, rules({ size: 0, unusedSince: 100, storedBefore: 100, mayGo }));
    expect(plan.items.map((each) => `${each.path} ${each.part}`)).toEqual(["graph zip", "free version"]);
    expect(plan.after).toBe(102);
  });

  it("counts a version once that several rules name", () => {
    const versions = [version("a", { last: 5, storedAt: 5 })];
    expect(planPrune(versions, rules({ size: 0, unusedSince: 20, storedBefore: 20 }))).toMatchObject({ after: 0 });
  });
});
