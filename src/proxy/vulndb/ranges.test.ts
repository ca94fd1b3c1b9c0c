import { describe, expect, it } from "vitest";
import { compareSemver } from "../../module/index.ts";
import { entryText } from "../../../test/support/vulndb-world.ts";
import { indexFiles } from "./index-files.ts";
import { openLookup, rangesText } from "./lookup.ts";
import { parseEntry, type RangeEvent } from "./osv.ts";
import { fixFor, isAffected, latestFixed } from "./ranges.ts";

const introduced = (version: string): RangeEvent => ({ introduced: version });
const fixed = (version: string): RangeEvent => ({ fixed: version });

// The cases of golang.org/x/vuln/internal/semver/affects_test.go.
it.each([
  [[], "v0.0.0", true],
  [[[]], "v0.0.0", true],
  [[[introduced("0")]], "v0.0.0", true],
  [[[introduced("0"), fixed("2.0.0")]], "v1.0.0", true],
  [[[introduced("0.0.1")]], "v1.0.0", true],
  [[[introduced("1.0.0"), fixed("2.0.0")]], "v1.0.0", true],
  [[[introduced("1.0.0"), fixed("2.0.0")]], "v3.0.0", false],
  [[[introduced("1.0.0"), fixed("2.0.0"), introduced("3.0.0")]], "v3.0.0", true],
  [[[introduced("0"), fixed("1.18.6"), introduced("1.19.0"), fixed("1.19.1")]], "v1.18.6", false],
  [[[introduced("0"), introduced("1.19.0"), fixed("1.19.1")]], "v1.18.6", true],
  [[[introduced("0"), fixed("1.0.0")]], "v1.0.0-rc.1", true],
  [[[introduced("1.0.0")]], "v1.0.0-rc.1", false],
])("%j contain %s: %s", (ranges, version, expected) => expect(isAffected(ranges, version)).toBe(expected));

it.each([
  [[[introduced("0"), fixed("1.2.0"), introduced("1.5.0"), fixed("1.5.3")]], "v1.0.0", "1.2.0"],
  [[[introduced("0"), fixed("1.2.0"), introduced("1.5.0"), fixed("1.5.3")]], "v1.5.1", "1.5.3"],
  [[[introduced("0"), fixed("1.2.0"), introduced("1.5.0")]], "v1.6.0", undefined],
  [
    [
      [introduced("0"), fixed("1.2.0")],
      [introduced("1.1.0"), fixed("1.3.0")],
    ],
    "v1.0.0",
    "1.3.0",
  ],
  [[], "v1.0.0", undefined],
])("%j: what is next to %s without it is %s", (ranges, version, expected) =>
  expect(fixFor(ranges, version)).toBe(expected),
);

it("holds for any ranges: the fix is above, and free; above the last fix nothing is affected", () => {
  let seed = 7;
  const random = (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  const versions = Array.from({ length: 40 }, (_, n) => `${Math.floor(n / 10)}.${n % 10}.0`);
  for (let round = 0; round < 1_000; round++) {
    const cuts = [...new Set(Array.from({ length: 1 + random(5) }, () => random(40)))].toSorted((a, b) => a - b);
    const events = cuts.map((at, n) => (n % 2 === 0 ? introduced(versions[at] ?? "") : fixed(versions[at] ?? "")));
    const latest = latestFixed([events]);
    for (const [at, version] of versions.entries()) {
      // A version is affected where an odd number of cuts lies at or below it.
      const expected = cuts.filter((cut) => cut <= at).length % 2 === 1;
      expect(isAffected([events], `v${version}`)).toBe(expected);
      if (latest !== "" && compareSemver(`v${version}`, `v${latest}`) >= 0) expect(expected).toBe(false);
      const fix = expected ? fixFor([events], `v${version}`) : undefined;
      if (fix === undefined) continue;
      expect(compareSemver(`v${fix}`, `v${version}`)).toBe(1);
      expect(isAffected([events], `v${fix}`)).toBe(false);
    }
    expect(latest === "").toBe(cuts.length % 2 === 1 || cuts.length === 0);
  }
});

describe("the indices", () => {
  it("are as Go's generator writes them", () => {
    const entries = [
      parseEntry(Buffer.from(entryText("GO-2026-0002", "example.org/b", { modified: "2026-02-02T02:02:02Z" })), "GO-2026-0002"), // prettier-ignore
      parseEntry(
        Buffer.from(
          entryText("GO-2026-0001", "example.org/b", {
            events: [{ introduced: "1.0.0" }, { fixed: "1.2.0" }],
            aliases: ["CVE-2026-0001"],
          }),
        ),
        "GO-2026-0001",
      ),
    ];
    expect(indexFiles(entries)).toEqual({
      "db.json": '{"modified":"2026-02-02T02:02:02Z"}',
      "modules.json":
        '[{"path":"example.org/b","vulns":[{"id":"GO-2026-0001","modified":"2026-01-01T00:00:00Z","fixed":"1.2.0"},{"id":"GO-2026-0002","modified":"2026-02-02T02:02:02Z"}]}]',
      "vulns.json":
        '[{"id":"GO-2026-0001","modified":"2026-01-01T00:00:00Z","aliases":["CVE-2026-0001"]},{"id":"GO-2026-0002","modified":"2026-02-02T02:02:02Z"}]',
    });
  });
});

describe("looking a version up", () => {
  const entry = (id: string, module: string, events: readonly object[], withdrawn?: string) =>
    parseEntry(Buffer.from(entryText(id, module, withdrawn === undefined ? { events } : { events, withdrawn })), id);
  const lookup = openLookup(
    rangesText([
      entry("GO-2026-0001", "example.org/a", [{ introduced: "0" }, { fixed: "1.2.0" }]),
      entry("GO-2026-0002", "example.org/a", [{ introduced: "0" }], "2026-01-02T00:00:00Z"),
      entry("GO-2026-0003", "stdlib", [{ introduced: "1.22.0-0" }, { fixed: "1.22.4" }]),
      entry("GO-2026-0004", "toolchain", [{ introduced: "0" }, { fixed: "1.22.0-rc.2" }]),
    ]),
    "ranges.json",
  );
  const ids = (path: string, version: string) => lookup.find({ path, version }).map(({ id, fixed: fix }) => [id, fix]);
  const toolchain = (version: string) => ids("golang.org/toolchain", `v0.0.1-go${version}.linux-amd64`);

  it("finds what is not withdrawn, with the version that is fixed", () => {
    expect(ids("example.org/a", "v1.1.9")).toEqual([["GO-2026-0001", "v1.2.0"]]);
    expect(ids("example.org/a", "v1.2.0")).toEqual([]);
    expect(ids("example.org/a/v2", "v2.0.0")).toEqual([]);
    expect(ids("example.org/a", "v0.0.0-20260101000000-0123456789ab")).toEqual([["GO-2026-0001", "v1.2.0"]]);
  });

  it("takes a toolchain for the standard library and the go command in it", () => {
    expect(toolchain("1.22.3")).toEqual([["GO-2026-0003", "go1.22.4"]]);
    expect(toolchain("1.22rc1")).toEqual([
      ["GO-2026-0003", "go1.22.4"],
      ["GO-2026-0004", "go1.22rc2"],
    ]);
    expect(toolchain("1.22.4")).toEqual([]);
  });
});

it.each([
  ["another id", entryText("GO-2026-0002", "example.org/a")],
  ["no time", entryText("GO-2026-0001", "example.org/a", { modified: "yesterday" })],
  ["no version", entryText("GO-2026-0001", "example.org/a", { events: [{ introduced: "1.x" }] })],
  ["an event of another kind", entryText("GO-2026-0001", "example.org/a", { events: [{ last_affected: "1.0.0" }] })],
  ["both", entryText("GO-2026-0001", "example.org/a", { events: [{ introduced: "0", fixed: "1.0.0" }] })],
  ["half of it", entryText("GO-2026-0001", "example.org/a").slice(0, 80)],
  ["a page", "<html>"],
  ["another ecosystem", entryText("GO-2026-0001", "example.org/a").replace('"ecosystem":"Go"', '"ecosystem":"npm"')],
  ["too much", `${entryText("GO-2026-0001", "example.org/a")}${" ".repeat(1024 * 1024)}`],
])("an entry with %s is refused", (_, text) => {
  expect(() => parseEntry(Buffer.from(text), "GO-2026-0001")).toThrow(expect.objectContaining({ code: "VULNDB_INVALID" })); // prettier-ignore
});
