import type { Setting } from "./probes/types.ts";
import type { Evidence, Symptom } from "./types.ts";

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
