import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadFixtures, transcriptOf, type Fixture } from "./__fixtures__/recordings.ts";
import { readSymptoms } from "./registry.ts";

interface Expected {
  /** By `family/cause`: what a reader of this failure has to see, one of these kinds at least. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** By `family/cause.variant`: why nothing of the environment is read out of it. */
  readonly unread: Readonly<Record<string, string>>;
}

const file = new URL("../../../test/fixtures/symptoms/expected.json", import.meta.url);
const expected = JSON.parse(readFileSync(file, "utf8")) as Expected;

/** Kinds of symptoms of the environment in what go really said. */
function kindsOfRecording(fixture: Fixture): readonly string[] {
  const kinds = new Set(readSymptoms(transcriptOf(fixture)).map(({ kind }) => kind));
  return [...kinds].filter((kind) => !kind.startsWith("code."));
}

for (const family of ["toolchain", "modules", "network", "host"] as const) {
  describe(`${family}, in the words of seven Go versions`, () => {
    for (const fixture of loadFixtures(family)) {
      const { cause, runs, stderr, stdout } = fixture;
      const name = `${cause}, ${runs.map(({ variant, go }) => `${variant} (${go.join(" ")})`).join(", ")}`;
      test(name, () => {
        const [kinds, said] = [kindsOfRecording(fixture), `${stderr}${stdout}`];
        const wanted = expected.kinds[`${family}/${cause}`] ?? [];
        const isUnread = runs.some(({ variant }) => expected.unread[`${family}/${cause}.${variant}`] !== undefined);
        if (isUnread && kinds.length === 0) return;
        expect(
          kinds.filter((kind) => wanted.includes(kind)),
          `${kinds.join(", ")} of:\n${said}`,
        ).not.toEqual([]);
      });
    }
  });
}

test("nothing is listed as unread that is read by now, or was never recorded", () => {
  const silent = loadFixtures("toolchain", "modules", "network", "host")
    .filter((fixture) => kindsOfRecording(fixture).length === 0)
    .flatMap(({ family, cause, runs }) => runs.map(({ variant }) => `${family}/${cause}.${variant}`));
  expect(Object.keys(expected.unread).toSorted()).toEqual([...new Set(silent)].toSorted());
});
