import type { Symptom, SymptomReader, Transcript } from "../types.ts";
import { codeSymptoms } from "./code.ts";
import { hostSymptoms } from "./host.ts";
import { moduleSymptoms } from "./modules.ts";
import { networkSymptoms } from "./network.ts";
import { withoutOwnWords } from "./own-words.ts";
import { toolchainSymptoms } from "./toolchain.ts";

export const SYMPTOM_READERS: readonly SymptomReader[] = [
  toolchainSymptoms,
  moduleSymptoms,
  networkSymptoms,
  hostSymptoms,
  codeSymptoms,
];

/** All that a failure says, family by family. Empty for a command that passed. */
export function readSymptoms(transcript: Transcript): readonly Symptom[] {
  if (transcript.status === 0) return [];
  const ofEnvironment = withoutOwnWords(transcript);
  return SYMPTOM_READERS.flatMap((reader) => reader.read(reader.family === "code" ? transcript : ofEnvironment));
}

export function isCodeSymptom(symptom: Symptom): boolean {
  return symptom.kind.startsWith("code.");
}
