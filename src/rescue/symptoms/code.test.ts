import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isCodeSymptom, readSymptoms } from "./registry.ts";

const folder = new URL("../../../test/fixtures/symptoms/code/", import.meta.url);

/** What Go 1.20 to 1.26 really said of one fault; see test/fixtures/symptoms/README.md. */
function recorded(name: string): { readonly status: number; readonly text: string } {
  const text = readFileSync(new URL(name, folder), "utf8");
  const [, ...parts] = text.split(/^--- std(?:err|out)\n/m);
  return { status: Number(/^exit: (\d+)$/m.exec(text)?.[1]), text: parts.join("\n") };
}

/**
 * The same words as for a module that a private or tired proxy has not: nobody can tell these apart by text, so they are not taken for the program's fault.
 * Nor is a program that was killed.
 */
const undecided = /^(?:missing-module\.(?:get|latest|modmod|tidy)|missing-own-package\.tidy|program-killed)\./;

describe("faults of the program, in the words of seven Go versions", () => {
  // `passes.txt` lists runs that a fault does not reach.
  for (const name of readdirSync(folder).filter((each) => each !== "passes.txt")) {
    const { status, text } = recorded(name);
    test(name, () => {
      const symptoms = readSymptoms({ argv: ["go"], status, signal: undefined, startError: undefined, stdout: "", stderr: text, milliseconds: 0 }); // prettier-ignore
      expect(symptoms.some(isCodeSymptom), text).toBe(!undecided.test(name));
    });
  }
});
