import type { Setting } from "./probes/types.ts";
import { redactText } from "./redact.ts";
import type { Diagnosis, Evidence, Symptom } from "./types.ts";

/** The first line of a failure that says one of these; none for the doctor. */
export function saidEvidence(symptoms: readonly Symptom[], kinds: readonly string[]): readonly Evidence[] {
  const said = symptoms.find((symptom) => kinds.includes(symptom.kind));
  return said === undefined ? [] : [{ source: "output", subject: "", text: said.line }];
}

/** Where a setting comes from: the variable, or the file and its line. */
export function settingEvidence({ name, value, file, line }: Setting): Evidence {
  return file === undefined
    ? { source: "variable", subject: name, text: value }
    : { source: "file", subject: file, text: `line ${line ?? "?"}: ${name}=${value}` };
}

/** A diagnosis as it may be shown. */
export function cleanDiagnosis(diagnosis: Diagnosis, secrets: readonly string[]): Diagnosis {
  const clean = (text: string): string => redactText(text, secrets);
  const { evidence, params } = diagnosis;
  return {
    ...diagnosis,
    evidence: evidence.map((each) => ({ ...each, subject: clean(each.subject), text: clean(each.text) })),
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === "string" ? clean(value) : value])), // prettier-ignore
  };
}
