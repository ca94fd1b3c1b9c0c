import { describe, expect, test } from "vitest";
import { fixtureName, loadFixtures, transcriptOf } from "./__fixtures__/recordings.ts";
import { isCodeSymptom, readSymptoms } from "./registry.ts";

/**
 * The same words as for a module that a private or tired proxy has not: nobody can tell these apart by text, so they are not taken for the program's fault.
 * Nor is a program that was killed.
 */
const undecided = /^(?:missing-module\.(?:get|latest|modmod|tidy)|missing-own-package\.tidy|program-killed)\./;

describe("faults of the program, in the words of seven Go versions", () => {
  for (const fixture of loadFixtures("code")) {
    const name = fixtureName(fixture);
    test(name, () => {
      const symptoms = readSymptoms(transcriptOf(fixture));
      expect(symptoms.some(isCodeSymptom), `${fixture.stderr}${fixture.stdout}`).toBe(!undecided.test(name));
    });
  }
});
