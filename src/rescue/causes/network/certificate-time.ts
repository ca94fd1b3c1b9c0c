import { saidEvidence } from "../../evidence.ts";
import type { ServerFacts } from "../../probes/types.ts";
import type { CaseFile, Cause, Evidence } from "../../types.ts";
import { answerEvidence, askSources, confidenceOf, fromKit, networkKinds, type Source } from "./sources.ts";

const saysTime = /x509: certificate has expired or is not yet valid/;
const hour = 3600 * 1000;

interface Found {
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

async function find(file: CaseFile): Promise<Found | undefined> {
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

function validityEvidence({ source, facts }: Found): readonly Evidence[] {
  if (facts === undefined) return [answerEvidence(source)];
  const text = `its certificate is valid from ${facts.validFrom.toISOString()} to ${facts.validTo.toISOString()}`;
  return [{ source: "network", subject: source.answer.url, text }];
}

export const clockWrong: Cause = {
  code: "CLOCK_WRONG",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    const found = await find(file);
    if (found?.clock === undefined) return undefined;
    return {
      code: "CLOCK_WRONG",
      confidence: confidenceOf(found.source),
      evidence: [found.clock, ...validityEvidence(found), ...saidEvidence(file.symptoms, networkKinds)],
      params: { host: found.source.host, clock: found.facts?.ours.toISOString() ?? "?" },
    };
  },
  remedies: (_, file) => fromKit(file),
};

export const certificateExpired: Cause = {
  code: "CERTIFICATE_EXPIRED",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    const found = await find(file);
    if (found === undefined || found.clock !== undefined) return undefined;
    return {
      code: "CERTIFICATE_EXPIRED",
      confidence: confidenceOf(found.source),
      evidence: [...validityEvidence(found), ...saidEvidence(file.symptoms, networkKinds)],
      params: { host: found.source.host },
    };
  },
  remedies: (_, file) => fromKit(file),
};
