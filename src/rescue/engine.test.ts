import { expect, test } from "vitest";
import { diagnose } from "./engine.ts";
import type { CaseFile, Cause } from "./types.ts";

const file = { transcript: undefined, symptoms: [], command: { argv: ["go", "build"] } } as unknown as CaseFile;

test("a cause that cannot look is passed over", async () => {
  const base = { symptoms: [], preventive: true, remedies: () => Promise.resolve([]) };
  const broken: Cause = { ...base, code: "GO_MISSING", diagnose: () => Promise.reject(new Error("no such file")) };
  const works: Cause = {
    ...base,
    code: "GOROOT_STALE",
    diagnose: () => Promise.resolve({ code: "GOROOT_STALE", confidence: "certain", evidence: [], params: {} }),
  };
  expect((await diagnose([broken, works], file)).map(({ code }) => code)).toEqual(["GOROOT_STALE"]);
});
