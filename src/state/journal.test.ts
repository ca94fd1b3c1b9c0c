import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  beginJournal,
  endAbandoned,
  parseJournal,
  pruneJournals,
  readJournals,
  unfinishedJournals,
} from "./journal.ts";
import { ownIdentity } from "./process-identity.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-journal-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The same journal, as if the process that wrote it had died. */
function orphan(path: string): void {
  writeFileSync(path, readFileSync(path, "utf8").replace(`"start":"${ownIdentity().start}"`, '"start":"1"'));
}

test("begin, steps, end are read back", async () => {
  const journal = await beginJournal(root, { plan: "p1", kind: "kit build", steps: ["a", "b"], staging: ["/w/x"] });
  await Promise.all([journal.stepDone("a"), journal.stepDone("b", { bytes: 3 })]);
  expect(await readJournals(root)).toMatchObject([
    {
      plan: "p1",
      kind: "kit build",
      steps: ["a", "b"],
      staging: ["/w/x"],
      done: ["a", "b"],
      outcome: undefined,
      ownerIs: "alive",
      condition: "whole",
    },
  ]);
  expect(await unfinishedJournals(root)).toEqual([]);
  await journal.end("done");
  await journal.end("done");
  expect(await readJournals(root)).toMatchObject([{ outcome: "done", condition: "whole" }]);
});

test("a torn last line at any byte is tolerated, and cut off before the end is written", async () => {
  const journal = await beginJournal(root, { plan: "p1", kind: "k", steps: ["a"] });
  await journal.stepDone("a");
  await journal.end("failed");
  const path = join(root, "p1.jsonl");
  const text = readFileSync(path, "utf8").replace(`"start":"${ownIdentity().start}"`, '"start":"1"');
  const [first = "", second = "", third = ""] = text.split("\n");
  for (let cut = first.length + 1; cut < text.length; cut++) {
    writeFileSync(path, text.slice(0, cut));
    const [state] = await unfinishedJournals(root);
    const whole = cut === first.length + 1 || cut === first.length + second.length + 2;
    expect(state).toMatchObject({
      plan: "p1",
      done: cut > first.length + second.length + 1 ? ["a"] : [],
      condition: whole ? "whole" : "torn",
    });
    if (state !== undefined) await endAbandoned(state);
    expect(await readJournals(root)).toMatchObject([{ outcome: "abandoned", condition: "whole" }]);
  }
  expect(third).toContain("end");
});

test("damage before the end is told, and what follows is not believed", async () => {
  const journal = await beginJournal(root, { plan: "p1", kind: "k", steps: ["a"] });
  appendFileSync(journal.path, "\u0000\u0000\n");
  await journal.stepDone("a");
  expect(await readJournals(root)).toMatchObject([{ condition: "unreadable", done: [], outcome: undefined }]);
  expect(parseJournal("/x/p9.jsonl", "")).toMatchObject({
    plan: "p9",
    condition: "whole",
    owner: undefined,
    ownerIs: "unknown",
  });
  await journal.end("done");
});

test("unfinished are those whose process died", async () => {
  const one = await beginJournal(root, { plan: "one", kind: "k", steps: [] });
  const two = await beginJournal(root, { plan: "two", kind: "k", steps: [] });
  orphan(one.path);
  expect((await unfinishedJournals(root)).map((state) => state.plan)).toEqual(["one"]);
  await one.end("done");
  await two.end("done");
});

test("names are judged, taken ones refused, old ones pruned", async () => {
  await expect(beginJournal(root, { plan: "../x", kind: "k", steps: [] })).rejects.toMatchObject({
    code: "STATE_NAME_UNSAFE",
  });
  for (const plan of ["a", "b", "c"]) await (await beginJournal(root, { plan, kind: "k", steps: [] })).end("done");
  await expect(beginJournal(root, { plan: "a", kind: "k", steps: [] })).rejects.toThrow("exists");
  const open = await beginJournal(root, { plan: "open", kind: "k", steps: [] });
  await pruneJournals(root, 1);
  expect(readdirSync(root)).toEqual(["c.jsonl", "open.jsonl"]);
  await open.end("done");
  expect(await readJournals(join(root, "absent"))).toEqual([]);
});
