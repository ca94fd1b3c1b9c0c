import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [];

export const networkSymptoms: SymptomReader = { family: "network", kinds: kindsOf(patterns), read: readWith(patterns) };
