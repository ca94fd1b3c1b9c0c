import { expandFixture, type Fixture } from "../../../../tools/record-symptoms/fixture.ts";
import type { Transcript } from "../../types.ts";

export { fixtureName, type Fixture } from "../../../../tools/record-symptoms/fixture.ts";
export { loadFixtures } from "../../../../tools/record-symptoms/folder.ts";

/** What go really said, as the transcript of its first run; see test/fixtures/symptoms/README.md. */
export function transcriptOf(fixture: Fixture): Transcript {
  const [first] = expandFixture(fixture);
  if (first === undefined) throw new Error(`${fixture.cause}: no run`);
  const { command, stdout, stderr } = first;
  const status = /^\d+$/.test(fixture.exit) ? Number(fixture.exit) : undefined;
  // The recorder ends what hangs as an impatient person does.
  const signal = status === undefined ? "SIGINT" : undefined;
  return { argv: command.split(" "), status, signal, startError: undefined, stdout, stderr, milliseconds: 0 };
}
