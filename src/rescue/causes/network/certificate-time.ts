import type { ServerFacts } from "../../probes/types.ts";
import type { CaseFile, Evidence } from "../../types.ts";
import { answerEvidence, askSources, type Source } from "./sources.ts";

const saysTime = /x509: certificate has expired or is not yet valid/;
const hour = 3600 * 1000;

interface Mistimed {
  readonly source: Source;
  readonly facts: ServerFacts | undefined;
  /** What shows that it is this host's clock that is wrong. */
  readonly clock: Evidence | undefined;
}

function covers({ validFrom, validTo }: ServerFacts, moment: Date): boolean {
  return validFrom <= moment && moment <= validTo;
}

/** This host's clock is wrong where it is before the kit was made, or where the server's is another and its certificate is valid by that. */
function clockEvidence(facts: ServerFacts | undefined, { kit }: CaseFile): Evidence | undefined {
  if (facts === undefined) return undefined;
  const ours = `this host's clock: ${facts.ours.toISOString()}`;
  if (kit !== undefined && facts.ours < kit.created)
    return { source: "kit", subject: kit.folder, text: `${ours}; the kit was made at ${kit.created.toISOString()}` };
  const { theirs } = facts;
  if (theirs === undefined || !covers(facts, theirs) || Math.abs(theirs.getTime() - facts.ours.getTime()) < hour)
    return undefined;
  return { source: "host", subject: "clock", text: `${ours}; the server's: ${theirs.toISOString()}` };
}

/** A server whose certificate is of another time than this host's, and what shows that the host's is wrong. */
export async function findMistimed(file: CaseFile): Promise<Mistimed | undefined> {
  const said = file.symptoms.some(({ kind, line }) => kind === "untrusted" && saysTime.test(line));
  for (const source of await askSources(file, ["untrusted", "database-unreachable"])) {
    const { answer, url } = source;
    // A library may see an authority that it does not know before it looks at the time; the go command does it the other way round.
    if (!source.said || !(answer.outcome === "tls-time" || (said && ["tls-authority", "not-asked"].includes(answer.outcome)))) continue; // prettier-ignore
    const facts = await file.probes.serverFacts(url);
    if (answer.outcome === "tls-authority" && facts !== undefined && covers(facts, facts.ours)) continue;
    return { source, facts, clock: clockEvidence(facts, file) };
  }
  return undefined;
}

export function validityEvidence({ source, facts }: Mistimed): readonly Evidence[] {
  if (facts === undefined) return [answerEvidence(source)];
  const text = `its certificate is valid from ${facts.validFrom.toISOString()} to ${facts.validTo.toISOString()}`;
  return [{ source: "network", subject: source.answer.url, text }];
}
