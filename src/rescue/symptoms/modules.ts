import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [
  { kind: "modules-disabled", pattern: /modules disabled by GO111MODULE=off/ },
  { kind: "package-not-in-gopath", pattern: /cannot find package "(?<package>[^"]+)" in any of:$/ },
  { kind: "package-not-in-gopath", pattern: /package (?<package>\S+) is not in GOROOT/ },
  { kind: "package-not-in-gopath", pattern: /package (?<package>\S+) is not in std/ },
  { kind: "workspace", pattern: /go\.work|workspace/ },
  {
    kind: "vendor",
    pattern:
      /inconsistent vendoring|cannot find module providing package \S+: import lookup disabled by -mod=vendor|-mod=vendor/,
  },
  {
    kind: "replace-missing",
    pattern: /replacement directory (?<path>\S+) does not exist|reading (?<file>\S+)\/go\.mod: open .*: no such file/,
  },
  { kind: "go-sum-missing", pattern: /missing go\.sum entry/ },
  { kind: "checksum", pattern: /checksum mismatch|SECURITY ERROR/ },
  { kind: "no-module", pattern: /go\.mod file not found in current directory or any parent|cannot find main module/ },
];

export const moduleSymptoms: SymptomReader = { family: "modules", kinds: kindsOf(patterns), read: readWith(patterns) };
