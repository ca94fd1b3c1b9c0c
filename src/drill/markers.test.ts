import { describe, expect, test } from "vitest";
import { parseMarker, StepClock } from "./markers.ts";
import { judgeSession } from "./session.ts";

function clockOf(lines: readonly (readonly [number, string])[]): StepClock {
  let now = 0;
  const clock = new StepClock(() => now);
  for (const [at, line] of lines) {
    now = at;
    clock.line(line);
  }
  return clock;
}

const quiet = {
  failure: undefined,
  unfinished: undefined,
  step: "remove",
  exit: 0,
  timedOut: false,
  left: [],
  noise: [],
  differences: [],
  leftovers: [],
  judged: undefined,
};

describe("markers", () => {
  test("what is none is no marker", () => {
    expect(
      ["begin", "beginning x", "told x", "exit one", "sh: not found"].map(parseMarker).map((marker) => marker?.kind),
    ).toEqual(["begin", undefined, undefined, undefined, undefined]);
  });

  test("steps are timed by the reader's clock, recovery from unpack to healthz", () => {
    const clock = clockOf([[10, "begin unpack"], [110, "end"], [150, "begin healthz"], [155, "end"], [160, "told asker curl -f"], [170, "exit 0"]]); // prettier-ignore
    expect(clock.steps).toEqual([{ step: "unpack", milliseconds: 100 }, { step: "healthz", milliseconds: 5 }]); // prettier-ignore
    expect([clock.recovery, clock.told["asker"], clock.exit, clock.unfinished]).toEqual([145, "curl -f", 0, undefined]);
  });

  test("a step that begins and does not end is the one to blame", () => {
    const clock = clockOf([[0, "begin activate"], [5, "dash: 1: parameter not set"], [6, "exit 2"]]); // prettier-ignore
    expect(
      judgeSession({ ...quiet, step: clock.step, unfinished: clock.unfinished, exit: clock.exit, noise: clock.noise }),
    ).toEqual({ step: "activate", reason: "the shell ended with status 2: dash: 1: parameter not set" });
  });
});

describe("judgeSession", () => {
  test("a session that ended well and left all as it was has recovered", () => {
    expect(judgeSession(quiet)).toBeUndefined();
  });

  test("every kind of trouble is a verdict of its own", () => {
    const steps = [
      { failure: "verify.sh found a difference", step: "verify" },
      { timedOut: true, exit: undefined },
      { exit: undefined },
      { unfinished: "build" },
      { differences: ["env: - A=1"] },
      { leftovers: ["home: left behind x"] },
      { left: ["process orders"] },
      { judged: "3 packages were compiled again" },
    ].map((change) => judgeSession({ ...quiet, ...change })?.step);
    expect(steps).toEqual(["verify", "remove", "remove", "build", "compare", "leftovers", "leftovers", "judgement"]);
  });
});
