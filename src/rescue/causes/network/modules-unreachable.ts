import { saidEvidence, settingEvidence } from "../../evidence.ts";
import type { Cause, Diagnosis } from "../../types.ts";
import { answerEvidence, askSources, confidenceOf, fromKit, goproxyOf, isFine, networkKinds, originOf, saysLogin, type Source } from "./sources.ts"; // prettier-ignore

const kinds = [...networkKinds, "lookup-disabled"];

/** What comes of an address where nobody is, or somebody who speaks otherwise. More precise causes have the rest. */
const silent: ReadonlySet<string> = new Set(["refused", "unreachable", "timeout", "no-name", "tls-name", "tls-other", "other", "not-asked"]); // prettier-ignore

function isSilent(source: Source): boolean {
  return source.said && source.role !== "database" && silent.has(source.answer.outcome);
}

export const modulesUnreachable: Cause = {
  code: "MODULES_UNREACHABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file): Promise<Diagnosis | undefined> {
    const { symptoms, probes } = file;
    const code = "MODULES_UNREACHABLE";
    const said = saidEvidence(symptoms, kinds);
    // Switched off, it counts only where the failure says so.
    if ((await goproxyOf(file)) === "off" && symptoms.some((symptom) => symptom.kind === "lookup-disabled")) {
      const evidence = [settingEvidence(await probes.setting("GOPROXY")), ...said];
      return { code, confidence: "certain", evidence, params: { what: "GOPROXY=off", outcome: "off" } };
    }
    const sources = await askSources(file);
    const spoken = symptoms.find((symptom) => symptom.kind === "unreachable" && !saysLogin(symptom));
    const bad = sources.find((source) => isSilent(source) && (source.answer.outcome !== "not-asked" || spoken !== undefined)); // prettier-ignore
    if (bad !== undefined) {
      const params = { what: originOf(bad), outcome: bad.answer.outcome };
      return { code, confidence: confidenceOf(bad), evidence: [answerEvidence(bad), ...said], params };
    }
    // It failed, and answers now.
    const first = sources.find((source) => source.said && source.role !== "database");
    if (first === undefined || spoken === undefined || !sources.every(isFine)) return undefined;
    return { code, confidence: "possible", evidence: saidEvidence([spoken], kinds), params: { what: originOf(first), outcome: spoken.fields["what"] ?? "?" } }; // prettier-ignore
  },
  remedies: (_, file) => fromKit(file),
};
