import { redactUrl } from "../../../module/index.ts";
import { saidEvidence } from "../../evidence.ts";
import { exemptionList, forwardProxyFor, isExempt } from "../../probes/proxy-for.ts";
import type { CaseFile, Cause, Remedy } from "../../types.ts";
import { answerEvidence, askSources, fromKit, isFine, networkKinds, type Source } from "./sources.ts";

const withoutExemptions = { NO_PROXY: undefined, no_proxy: undefined } as const;

/** A host that NO_PROXY lets be asked without a proxy, in vain, and that answers through it. */
async function find({ command, probes, ...file }: CaseFile): Promise<Source | undefined> {
  for (const source of await askSources({ command, probes, ...file })) {
    const url = new URL(source.url);
    const isListed = forwardProxyFor(url, command.env) === undefined && forwardProxyFor(url, { ...command.env, ...withoutExemptions }) !== undefined; // prettier-ignore
    if (!source.said || !isListed || isFine(source) || source.answer.outcome === "not-asked") continue;
    if (isFine({ answer: await probes.ask(source.url, withoutExemptions), role: source.role })) return source;
  }
  return undefined;
}

/** The list without the entries that let this host pass. */
export function withoutEntriesFor(url: URL, list: string): string {
  return list
    .split(",")
    .filter((entry) => !isExempt(url, entry))
    .join(",");
}

export const noProxyWrong: Cause = {
  code: "NO_PROXY_WRONG",
  symptoms: networkKinds,
  preventive: false,
  async diagnose(file) {
    const source = await find(file);
    if (source === undefined) return undefined;
    const { env } = file.command;
    const variable = env["NO_PROXY"] ? "NO_PROXY" : "no_proxy";
    const proxy = redactUrl(forwardProxyFor(new URL(source.url), { ...env, ...withoutExemptions }) ?? "");
    return {
      code: "NO_PROXY_WRONG",
      confidence: "certain",
      evidence: [
        { source: "variable", subject: variable, text: env[variable] ?? "" },
        answerEvidence(source),
        { source: "network", subject: proxy, text: "through the proxy: ok" },
        ...saidEvidence(file.symptoms, networkKinds),
      ],
      params: { variable, host: source.host },
    };
  },
  async remedies(_, file) {
    const source = await find(file);
    if (source === undefined) return fromKit(file);
    const list = withoutEntriesFor(new URL(source.url), exemptionList(file.command.env));
    // An empty NO_PROXY would let no_proxy through.
    const environment = list === "" ? withoutExemptions : { NO_PROXY: list };
    const remedy: Remedy =
      list === ""
        ? { kind: "unset-variable", params: { name: "NO_PROXY" }, reach: "child", cost: 0, environment }
        : { kind: "set-variable", params: { name: "NO_PROXY", value: list }, reach: "child", cost: 0, environment };
    return [remedy, ...(await fromKit(file))];
  },
};
