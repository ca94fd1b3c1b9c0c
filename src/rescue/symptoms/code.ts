import type { Symptom, SymptomReader, Transcript } from "../types.ts";
import { kindsOf, linesOf, matchLines, type Pattern } from "./lines.ts";

/** `./main.go:7:2: …`, `main.go:7: …`, `../x/y.go:1:1: …`. */
const place = String.raw`(?<file>(?:[A-Za-z]:)?[^\s:]+\.(?:go|s|c|h|cc|cpp|m|swig))(?::(?<row>\d+))(?::\d+)?`;

/** Faults of the program itself. None of them is ever a reason to change anything. */
const patterns: readonly Pattern[] = [
  { kind: "code.import-cycle", pattern: /^(?:package \S+|\s*imports .*: )?.*import cycle not allowed/ },
  { kind: "code.test-failed", pattern: /^\s*--- FAIL: (?<test>\S+)/ },
  { kind: "code.test-failed", pattern: /^(?:FAIL\s+(?<package>\S+)\s+[\d.]+s|FAIL)$/ },
  { kind: "code.panic", pattern: /^panic: (?<what>.+)/ },
  { kind: "code.test-timeout", pattern: /^panic: test timed out after/ },
  { kind: "code.race", pattern: /^WARNING: DATA RACE/ },
  { kind: "code.vet", pattern: new RegExp(`^vet: ${place}: (?<what>.+)`) },
  { kind: "code.program-exit", pattern: /^exit status (?<status>\d+)$/ },
  {
    kind: "code.no-main",
    pattern: /function main is undeclared in the main package|^package \S+ is not a main package$/,
  },
  { kind: "code.mixed-packages", pattern: /found packages \S+ \(\S+\) and \S+ \(\S+\) in / },
  { kind: "code.no-go-files", pattern: /(?:^|: )no (?:non-test )?Go files in / },
  { kind: "code.excluded", pattern: /build constraints exclude all Go files in (?<folder>.+)$/ },
  { kind: "code.embed", pattern: /pattern (?<pattern>\S+): no matching files found/ },
  { kind: "code.link", pattern: /: relocation target \S+ not defined|link: duplicated definition of symbol/ },
  { kind: "code.generate", pattern: new RegExp(`^${place}: running "(?<what>[^"]+)": `) },
  { kind: "code.compile", pattern: new RegExp(`^(?:vet: )?${place}: (?<what>.+)`) },
  { kind: "code.compile", pattern: /^too many errors$/ },
];

/** What is the program's or the command line's fault where no cause of the environment is believed. Looked for in every line. */
const otherwise: readonly Pattern[] = [
  { kind: "code.no-package", pattern: /package (?<package>\S+) is not in (?:GOROOT|std)/ },
  { kind: "code.no-package", pattern: /no required module provides package (?<package>[^\s;:]+)/ },
  { kind: "code.no-package", pattern: /does not contain package (?<package>\S+)/ },
  { kind: "code.internal", pattern: /use of internal package (?<package>\S+) not allowed/ },
  { kind: "code.generate", pattern: /^\S+\.go:\d+: running "(?<what>[^"]+)": / },
  { kind: "code.test-failed", pattern: /^\{.*"Action":"fail"/ },
  { kind: "code.usage", pattern: /^go (?:\S+ )?\S*: unknown command$|^go \S+: unknown command$/ },
  { kind: "code.usage", pattern: /^flag provided but not defined: |^invalid (?:boolean )?value ".*" for flag -/ },
  {
    kind: "code.no-file",
    pattern: /^(?:stat|pattern) \S+: (?:lstat \S+: )?(?:no such file or directory|directory not found)$/,
  },
];

/** Words after a place that are not about the code: an import that could not be had, a file that could not be read. */
const notCode =
  /no required module provides package|cannot find (?:package|module)|missing go\.sum entry|is not in (?:GOROOT|std)|package \S+ is not in|permission denied|no space left|too many open files|input\/output error|read-only file system|cannot allocate memory|module lookup disabled|(?:Get|read) "https?:|dial tcp|i\/o timeout|x509:|verifying module|updates to go\.mod needed|inconsistent vendoring|could not import \S+ \((?:open|object|reading)|C compiler|executable file not found|SECURITY ERROR|(?<!syntax error: )unexpected EOF|reading https?:\/\/|not a valid zip file/;

/** Compile errors in files of other people (module cache, Go tree) are no fault of this program's. */
const foreignFile = /(?:\/pkg\/mod\/|\/go\/src\/|^\/usr\/(?:local|lib)\/go)/;

export const codeSymptoms: SymptomReader = {
  family: "code",
  kinds: kindsOf([...patterns, ...otherwise]),
  read(transcript: Transcript): readonly Symptom[] {
    const lines = linesOf(transcript);
    const found = matchLines(
      lines.filter((line) => !notCode.test(line)),
      patterns,
    ).filter(({ fields }) => fields["file"] === undefined || !foreignFile.test(fields["file"]));
    return [...found, ...matchLines(lines, otherwise)];
  },
};
