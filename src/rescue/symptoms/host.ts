import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [];

export const hostSymptoms: SymptomReader = { family: "host", kinds: kindsOf(patterns), read: readWith(patterns) };
