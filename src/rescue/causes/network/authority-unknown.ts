import { join } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import { readTrustStore } from "../../probes/trust-store.ts";
import { unsetVariable } from "../../remedies.ts";
import type { CaseFile, Cause, Remedy } from "../../types.ts";
import { findAuthorities, type AuthorityFile } from "./authorities.ts";
import { answerEvidence, askSources, confidenceOf, fromKit, networkKinds, type Source } from "./sources.ts";

async function find(file: CaseFile): Promise<Source | undefined> {
  const timed = file.symptoms.some(({ line }) => /certificate has expired or is not yet valid/.test(line));
  const spoken = file.symptoms.some(({ line }) => /signed by unknown authority|certificate is not trusted/.test(line));
  const sources = await askSources(file);
  return sources.find(({ said, answer }) => said && ((answer.outcome === "tls-authority" && !timed) || (answer.outcome === "not-asked" && spoken))); // prettier-ignore
}

/** Variables that name another trust store than the host's own, which would do. */
async function wrongStore({ command, probes }: CaseFile, url: string): Promise<readonly string[]> {
  const set = ["SSL_CERT_FILE", "SSL_CERT_DIR"].filter((name) => command.env[name]);
  for (const names of [...set.map((name) => [name]), ...(set.length > 1 ? [set] : [])]) {
    const answer = await probes.ask(url, Object.fromEntries(names.map((name) => [name, undefined])));
    if (!answer.outcome.startsWith("tls-") && answer.outcome !== "not-asked") return names;
  }
  return [];
}

/** Of the authorities that somebody has put on this host for good, the one that vouches for the server. */
async function vouching(file: CaseFile, url: string): Promise<AuthorityFile | undefined> {
  for (const candidate of await findAuthorities(file)) {
    const answer = await file.probes.ask(url, { SSL_CERT_FILE: candidate.path });
    if (!answer.outcome.startsWith("tls-") && answer.outcome !== "not-asked") return candidate;
  }
  return undefined;
}

/** What the child trusts now, and this authority besides. */
async function trustToo(file: CaseFile, authority: AuthorityFile): Promise<Remedy> {
  const folder = file.scratch("authorities");
  const path = join(folder, "bundle.pem");
  const known = await readTrustStore(file.command.env);
  return {
    kind: "trust-authority",
    params: { file: authority.path, from: authority.from },
    reach: "state",
    cost: 100,
    environment: { SSL_CERT_FILE: path },
    folders: [folder],
    files: [{ path, content: `${[...known, ...authority.certificates].join("\n")}\n` }],
  };
}

export const authorityUnknown: Cause = {
  code: "AUTHORITY_UNKNOWN",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    const source = await find(file);
    if (source === undefined) return undefined;
    const facts = await file.probes.serverFacts(source.url);
    const { env } = file.command;
    const stores = ["SSL_CERT_FILE", "SSL_CERT_DIR"].filter((name) => env[name]);
    return {
      code: "AUTHORITY_UNKNOWN",
      confidence: confidenceOf(source),
      evidence: [
        answerEvidence(source),
        ...(facts === undefined ? [] : [{ source: "network" as const, subject: source.answer.url, text: `its certificate is by ${facts.issuer}` }]), // prettier-ignore
        ...stores.map((name) => ({ source: "variable" as const, subject: name, text: env[name] ?? "" })),
        ...saidEvidence(file.symptoms, networkKinds),
      ],
      params: { host: source.host, issuer: facts?.issuer ?? "?" },
    };
  },
  async remedies(_, file) {
    const source = await find(file);
    if (source === undefined) return fromKit(file);
    const wrong = await wrongStore(file, source.url);
    if (wrong.length > 0) {
      const params = { name: wrong.join(", ") };
      return [{ ...unsetVariable(wrong[0] ?? ""), params, environment: Object.fromEntries(wrong.map((name) => [name, undefined])) }, ...(await fromKit(file))]; // prettier-ignore
    }
    const authority = await vouching(file, source.url);
    return [...(authority === undefined ? [] : [await trustToo(file, authority)]), ...(await fromKit(file))];
  },
};
