import { redactUrl } from "../../../module/index.ts";
import { saidEvidence } from "../../evidence.ts";
import { exemptionList, forwardProxyFor, forwardProxyVariable } from "../../probes/proxy-for.ts";
import { setVariable } from "../../remedies.ts";
import type { Answer } from "../../probes/types.ts";
import type { CaseFile, Cause, Symptom } from "../../types.ts";
import { answerEvidence, askSources, confidenceOf, fromKit, isFine, networkKinds, type Source } from "./sources.ts";

const withoutProxies = { HTTP_PROXY: undefined, http_proxy: undefined, HTTPS_PROXY: undefined, https_proxy: undefined } as const; // prettier-ignore

interface Found {
  readonly source: Source;
  /** What the host itself says, without the proxy. */
  readonly direct: Answer;
}

/** The failure's own word for a proxy that was not reached. */
function saysProxy(symptoms: readonly Symptom[]): boolean {
  return symptoms.some(({ kind, line }) => networkKinds.includes(kind) && line.includes(": proxyconnect "));
}

/** A host that is asked through a proxy in vain, and either answers without it, or it is the proxy that refuses. */
async function find(file: CaseFile): Promise<Found | undefined> {
  for (const source of await askSources(file)) {
    const { url, said, answer, role } = source;
    const through = forwardProxyFor(new URL(url), file.command.env) !== undefined;
    // Whom to trust is another question.
    if (!said || !through || isFine(source) || answer.outcome.startsWith("tls-")) continue;
    if (answer.outcome === "not-asked") {
      if (saysProxy(file.symptoms)) return { source, direct: answer };
      continue;
    }
    const direct = await file.probes.ask(url, withoutProxies);
    const refuses = answer.outcome === "proxy-refused" || (answer.outcome === "proxy-status" && answer.status !== 407);
    if (refuses || isFine({ answer: direct, role })) return { source, direct };
  }
  return undefined;
}

export const httpProxyWrong: Cause = {
  code: "HTTP_PROXY_WRONG",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    const found = await find(file);
    if (found === undefined) return undefined;
    const { source, direct } = found;
    const { env } = file.command;
    const variable = forwardProxyVariable(new URL(source.url), env) ?? "HTTP_PROXY";
    return {
      code: "HTTP_PROXY_WRONG",
      confidence: confidenceOf(source),
      evidence: [
        { source: "variable", subject: variable, text: redactUrl(env[variable] ?? "") },
        answerEvidence(source),
        ...(direct === source.answer ? [] : [{ source: "network" as const, subject: direct.url, text: `without a proxy: ${direct.outcome}` }]), // prettier-ignore
        ...saidEvidence(file.symptoms, networkKinds),
      ],
      params: { variable, host: source.host },
    };
  },
  async remedies(_, file) {
    const found = await find(file);
    if (found === undefined || !isFine({ answer: found.direct, role: found.source.role })) return fromKit(file);
    // Only this host goes without: others may be reachable through the proxy alone.
    const list = exemptionList(file.command.env);
    const name = new URL(found.source.url).hostname.replace(/^\[|\]$/g, "");
    return [setVariable("NO_PROXY", [...(list === "" ? [] : [list]), name].join(",")), ...(await fromKit(file))];
  },
};
