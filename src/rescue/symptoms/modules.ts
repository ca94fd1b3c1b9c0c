import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [
  { kind: "modules-disabled", pattern: /modules disabled by GO111MODULE=off/ },
  { kind: "package-not-in-gopath", pattern: /cannot find package "(?<package>[^"]+)" in any of:$/ },
  { kind: "package-not-in-gopath", pattern: /package (?<package>\S+) is not in GOROOT/ },
  { kind: "package-not-in-gopath", pattern: /package (?<package>\S+) is not in std/ },
];

export const moduleSymptoms: SymptomReader = { family: "modules", kinds: kindsOf(patterns), read: readWith(patterns) };
