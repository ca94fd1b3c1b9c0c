import { describe, expect, it } from "vitest";
import { isRetracted, listedVersions, newestPseudoVersion, pickLatest } from "./latest-version.ts";
import {
  canonicalVersion,
  compareSemver,
  isPseudoVersion,
  isSemver,
  pseudoVersionRevision,
  pseudoVersionTime,
  semverMajor,
  sortVersions,
} from "./semver.ts";

/** Ascending; those on one line are equal. */
const order = [
  ["bad", "v", "v01.0.0", "v1.2.3.4", "v1.0.0-01", "v1.2-pre", "1.0.0", ""],
  ["v0.0.0-20180314180146-1d60e4601c6f"],
  ["v0.0.0"],
  ["v1", "v1.0", "v1.0.0", "v1.0.0+meta"],
  ["v1.2.0-0.20200101000000-abcdefabcdef"],
  ["v1.2.0-alpha"],
  ["v1.2.0-alpha.1"],
  ["v1.2.0-alpha.beta"],
  ["v1.2.0-beta"],
  ["v1.2.0-beta.2"],
  ["v1.2.0-beta.11"],
  ["v1.2.0-rc.1"],
  ["v1.2.0", "v1.2.0+incompatible"],
  ["v1.10.0"],
  ["v2.0.0+incompatible"],
  ["v99999999999999999999.0.0"],
];

describe("versions", () => {
  it("are ordered as Go orders them", () => {
    for (const [i, left] of order.entries()) {
      for (const [j, right] of order.entries()) {
        for (const a of left) for (const b of right) expect(compareSemver(a, b), `${a} ${b}`).toBe(Math.sign(i - j));
      }
    }
  });

  it("are valid, canonical and major as Go says", () => {
    for (const bad of order[0] ?? []) expect(isSemver(bad), bad).toBe(false);
    expect(canonicalVersion("v1.2")).toBe("v1.2.0");
    expect(canonicalVersion("v2.0.0+incompatible")).toBe("v2.0.0+incompatible");
    expect(canonicalVersion("v2.0.0+meta")).toBe("v2.0.0");
    expect(semverMajor("v12.3.4")).toBe("v12");
    expect(sortVersions(["v1.10.0", "v1.9.0", "v1.9.0-rc.1"])).toEqual(["v1.9.0-rc.1", "v1.9.0", "v1.10.0"]);
  });

  it.each([
    ["v0.0.0-20180314180146-1d60e4601c6f", true],
    ["v1.2.4-0.20180314180146-1d60e4601c6f", true],
    ["v1.2.3-pre.0.20180314180146-1d60e4601c6f", true],
    ["v2.0.1-0.20180314180146-1d60e4601c6f+incompatible", true],
    ["v1.2.3-20180314180146-1d60e4601c6f", false],
    ["v1.2.3", false],
    ["v0.0.0-2018031418014-1d60e4601c6f", false],
  ])("%s: pseudo %s", (version, expected) => {
    expect(isPseudoVersion(version)).toBe(expected);
    expect(pseudoVersionTime(version)).toBe(expected ? "20180314180146" : undefined);
    expect(pseudoVersionRevision(version)).toBe(expected ? "1d60e4601c6f" : undefined);
  });
});

describe("@latest", () => {
  it("is the highest release, else the highest prerelease, else for the source to say", async () => {
    expect(await pickLatest(["v1.0.0", "v1.3.0-rc.1", "v1.2.0"])).toBe("v1.2.0");
    expect(await pickLatest(["v1.3.0-rc.1", "v1.3.0-rc.2"])).toBe("v1.3.0-rc.2");
    expect(await pickLatest(["v0.0.0-20180314180146-1d60e4601c6f"])).toBeUndefined();
    expect(await pickLatest([])).toBeUndefined();
  });

  it("passes over what was retracted or excluded", async () => {
    const retracted = [{ low: "v1.1.0", high: "v1.3.0", rationale: "" }];
    expect(await pickLatest(["v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0"], { retracted })).toBe("v1.0.0");
    expect(await pickLatest(["v1.0.0", "v1.1.0"], { excluded: ["v1.1.0"] })).toBe("v1.0.0");
    expect(isRetracted("v1.3.1", retracted)).toBe(false);
  });

  it("is +incompatible only where the module's last compatible version has no go.mod", async () => {
    const versions = ["v1.0.0", "v1.1.0", "v2.0.0+incompatible", "v3.0.0+incompatible"];
    expect(await pickLatest(versions)).toBe("v1.1.0");
    expect(await pickLatest(versions, { hasGoMod: async (version) => version !== "v1.1.0" })).toBe(
      "v3.0.0+incompatible",
    );
    expect(await pickLatest(versions.slice(2))).toBe("v3.0.0+incompatible");
  });

  it("reads lists as cmd/go does", () => {
    expect(
      listedVersions("v1.1.0 2020-01-01T00:00:00Z\nv1.0.0\n\nv0.0.0-20180314180146-1d60e4601c6f\nmaster\n"),
    ).toEqual(["v1.0.0", "v1.1.0"]);
    expect(
      newestPseudoVersion(["v0.0.0-20180314180146-aaaaaaaaaaaa", "v0.0.0-20200314180146-bbbbbbbbbbbb", "v9.0.0"]),
    ).toBe("v0.0.0-20200314180146-bbbbbbbbbbbb");
  });
});
