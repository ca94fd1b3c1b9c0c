import type { SymptomReader } from "../types.ts";
import { kindsOf, matchLines, linesOf, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [
  // dash, bash, zsh and busybox ash, each in its own words.
  { kind: "go-not-found", pattern: /(?:^|: )go: (?:command )?not found$/ },
  { kind: "go-not-found", pattern: /command not found: go$/ },
];

export const toolchainSymptoms: SymptomReader = {
  family: "toolchain",
  kinds: [...kindsOf(patterns), "start-failed"],
  read(transcript) {
    const started = transcript.startError;
    const failed =
      started === undefined
        ? []
        : [{ kind: "start-failed", line: `${transcript.argv[0] ?? ""}: ${started}`, fields: { error: started } }];
    return [...failed, ...matchLines(linesOf(transcript), patterns)];
  },
};
