import { join } from "node:path";
import { parseNetrc } from "../../../module/index.ts";
import { saidEvidence } from "../../evidence.ts";
import { forwardProxyFor } from "../../probes/proxy-for.ts";
import { readRegularFile } from "../../../core/regular-file.ts";
import type { CaseFile, Cause, Evidence } from "../../types.ts";
import { answerEvidence, askSources, confidenceOf, fromKit, networkKinds, saysLogin, type Source } from "./sources.ts";

/** Whether the netrc knows the host, with its port, as cmd/go looks for it. What it knows is nobody's business. */
async function netrcEvidence({ command }: CaseFile, { url, host }: Source): Promise<Evidence> {
  const subject = command.env["NETRC"] || join(command.env["HOME"] ?? "/", ".netrc");
  const text = await readRegularFile(subject);
  const knows = text !== undefined && parseNetrc(text).has(host);
  const found = text === undefined ? "not there" : `has ${knows ? "an" : "no"} entry for ${host}`;
  return { source: "file", subject, text: url.startsWith("http:") ? `${found}; go sends it over https only` : found };
}

function wantsLogin({ said, answer }: Source): boolean {
  return said && (answer.status === 401 || answer.status === 407 || answer.outcome === "not-asked");
}

export const proxyCredentialsMissing: Cause = {
  code: "PROXY_CREDENTIALS_MISSING",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    // We do not send what the netrc says, so that a refusal of ours alone says nothing.
    const spoken = file.symptoms.filter(saysLogin);
    const source = spoken.length === 0 ? undefined : (await askSources(file)).find(wantsLogin);
    if (source === undefined) return undefined;
    const isForward = source.answer.status === 407 || /407|Proxy Auth/.test(spoken[0]?.line ?? "");
    const via = isForward ? forwardProxyFor(new URL(source.url), file.command.env) : undefined;
    const host = via !== undefined && URL.canParse(via) ? new URL(via).host : source.host;
    return {
      code: "PROXY_CREDENTIALS_MISSING",
      confidence: confidenceOf(source),
      evidence: [
        answerEvidence(source),
        ...(isForward ? [] : [await netrcEvidence(file, source)]),
        ...saidEvidence(spoken, networkKinds),
      ],
      params: { host },
    };
  },
  // Nobody but the person knows the name and the password.
  remedies: (_, file) => fromKit(file),
};
