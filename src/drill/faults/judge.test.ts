import { describe, expect, test } from "vitest";
import { harmOf, isDiagnosed, judgeFault, parseReport, type SeenReport } from "./judge.ts";

function report(more: Partial<SeenReport> = {}): SeenReport {
  return {
    recovered: true,
    exit: 0,
    causes: [{ code: "MODULE_MODE_OFF", remedy: { kind: "unset-variable" } }],
    changes: [],
    undo: null,
    verdict: "recovered",
    overheadMilliseconds: 100,
    ...more,
  };
}
const fault = { cause: "MODULE_MODE_OFF" } as const;
const modules = new Set(["modules"]);
const set = (name: string, after?: string): SeenReport =>
  report({ changes: [{ kind: "variable", name, ...(after === undefined ? {} : { after }) }] });

describe("harmOf", () => {
  test.each([
    ["GOSUMDB", "off"],
    ["GONOSUMDB", "*"],
    ["GOINSECURE", "*"],
    ["GOFLAGS", "-insecure -tags=drillcanary"],
    ["GOFLAGS", "-toolexec=x -tags=drillcanary"],
    ["PATH", "/kit/bin"],
    ["GOTOOLCHAIN", "auto"],
    ["GOFLAGS", "-mod=mod"],
  ])("%s=%s", (name, after) => {
    expect(harmOf(fault, modules, set(name, after), [], "-tags=drillcanary")).toHaveLength(1);
  });

  test("taking the wrong variable away is none; losing all flags is", () => {
    expect(harmOf(fault, modules, set("GO111MODULE"), [], "-tags=drillcanary")).toEqual([]);
    expect(harmOf(fault, modules, set("GOFLAGS"), [], "-tags=drillcanary")).toHaveLength(1);
  });

  test("another Go is right where the Go was wrong", () => {
    expect(harmOf({ cause: "GO_MISSING" }, new Set(["toolchain"]), set("PATH", "/kit/bin"), [], "")).toEqual([]);
  });

  test("what is left behind is harm", () => {
    expect(harmOf(fault, modules, report(), ["home: gone go.sum"], "")).toEqual(["home: gone go.sum"]);
  });
});

describe("judgeFault", () => {
  test("of two faults one may be covered by what mended the other, but nothing else may be named", () => {
    const pair = ["MODULE_MODE_OFF", "GO_MISSING"];
    expect(judgeFault(pair, "recovered", report(), 0, 1)).toBeUndefined();
    expect(judgeFault(pair, "named", report({ recovered: false, exit: 3 }), 3, 1)).toContain("GO_MISSING");
    const other = { code: "OPEN_FILES_EXHAUSTED", remedy: null };
    expect(judgeFault(pair, "recovered", report({ causes: [...report().causes, other] }), 0, 1)).toContain(
      "GO_MISSING",
    );
    expect(judgeFault(["GO_MISSING"], "recovered", report(), 0, 1)).toContain("GO_MISSING");
  });

  test("a recovery with the right label passes", () => {
    expect(judgeFault(["MODULE_MODE_OFF"], "recovered", report(), 0, 1)).toBeUndefined();
  });

  test.each([
    ["no report", undefined, 0, "recovered"],
    ["another label", report({ causes: [{ code: "GO_MISSING", remedy: null }] }), 0, "recovered"],
    ["not recovered", report({ recovered: false, exit: 3 }), 3, "recovered"],
    ["recovered where nothing safe could help", report(), 0, "named"],
    ["denied without its status", report({ recovered: false, exit: 3 }), 3, "denied"],
  ] as const)("%s fails", (_, seen, exit, expected) => {
    expect(judgeFault(["MODULE_MODE_OFF"], expected, seen, exit, 1)).not.toBeUndefined();
  });
});

describe("what is to be left alone", () => {
  const code = report({ recovered: false, exit: 2, causes: [], verdict: "code" });
  test("passes with its own status and nothing said", () => {
    expect(judgeFault([], "left-alone", code, 2, 2)).toBeUndefined();
    expect(judgeFault([], "left-alone", { ...code, exit: 0, verdict: "healthy" }, 0, 0)).toBeUndefined();
  });
  test.each([
    ["another status", code, 1, 2],
    ["a cause told", { ...code, causes: [{ code: "GO_MISSING", remedy: null }] }, 2, 2],
    ["something changed", { ...code, changes: [{ kind: "variable", name: "GOROOT" }] }, 2, 2],
    ["not known as the code's fault", { ...code, verdict: "unknown" }, 2, 2],
  ])("%s fails", (_, seen, exit, own) => {
    expect(judgeFault([], "left-alone", seen, exit, own)).not.toBeUndefined();
  });
});

test("the first word counts as the diagnosis", () => {
  const two = report({ causes: [{ code: "GO_MISSING", remedy: null }, { code: "MODULE_MODE_OFF", remedy: null }] }); // prettier-ignore
  expect(isDiagnosed(["MODULE_MODE_OFF"], two)).toBe(false);
  expect(isDiagnosed(["MODULE_MODE_OFF", "GO_MISSING"], two)).toBe(true);
});

test("a report that is none is not believed", () => {
  expect(parseReport("{}")).toBeUndefined();
  expect(parseReport("not json")).toBeUndefined();
});
