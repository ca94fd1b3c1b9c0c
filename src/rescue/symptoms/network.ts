import type { Symptom, SymptomReader, Transcript } from "../types.ts";
import { kindsOf, linesOf, matchLines, type Pattern } from "./lines.ts";

/** An address that only the go command asks for: a program or test that it ran may speak of refused connections, too. */
const asked = String.raw`(?:Get|Head|read|reading) "?(?<url>https?:\/\/[^\s"]*(?:\/@v\/[^\s"]+?|\/@latest|\?go-get=1|\/sumdb\/[^\s"]+?|\/lookup\/[^\s"]+@v[^\s"]+?|\/tile\/\d[^\s"]+?|\/latest))"?: `;
const named = String.raw`(?<![^\s@"()])(?<module>[^\s@"()]+\.[^\s@"()]+)@(?<version>v[^\s@:/]+)`;

const patterns: readonly Pattern[] = [
  { kind: "untrusted", pattern: new RegExp(`${asked}(?<what>.*(?:x509: |certificate ).*)`) },
  // "It is not there" is for the modules' own causes.
  { kind: "bad-answer", pattern: new RegExp(`${asked}(?<what>(?!404|410)\\d{3} .+|.*EOF|.*connection reset by peer|malformed .*|.*invalid character .*)$`) }, // prettier-ignore
  { kind: "bad-answer", pattern: /invalid response from proxy "(?<base>https?:\/\/[^"]+)": (?<what>.+)/ },
  // Go 1.21 loses half of the address.
  {
    kind: "bad-answer",
    pattern: new RegExp(`${named}: read "https?:\\/[^/"].*\\.(?<file>zip|mod|info)": unexpected EOF`),
  },
  // net/http gives the way of the last request, without its host.
  { kind: "bad-answer", pattern: new RegExp(`${named}: Get "\\/[^"]*\\.(?<file>zip|mod|info)": (?<what>stopped after 10 redirects)$`) }, // prettier-ignore
  { kind: "bad-answer", pattern: new RegExp(`${named}: parsing go\\.mod: (?<what>.+)$`), fields: { file: "mod" } },
  { kind: "bad-answer", pattern: new RegExp(`${named}\\): go\\.mod:1: (?<what>unknown directive: <.*)$`), fields: { file: "mod" } }, // prettier-ignore
  { kind: "fetched-wrong", pattern: new RegExp(`zip for ${named} has unexpected file `), fields: { file: "zip" } },
  { kind: "unreachable", pattern: new RegExp(`${asked}(?<what>(?!\\d{3} |.*(?:x509: |EOF$|connection reset by peer$|invalid character )).+)`) }, // prettier-ignore
  { kind: "fetched-wrong", pattern: new RegExp(`verifying ${named}: checksum mismatch`), fields: { file: "zip" } },
  { kind: "fetched-wrong", pattern: new RegExp(`verifying ${named}\\/go\\.mod: checksum mismatch`), fields: { file: "mod" } }, // prettier-ignore
  { kind: "lookup-disabled", pattern: /module lookup disabled by GOPROXY=off/ },
  {
    kind: "database-unreachable",
    pattern:
      /verifying (?:module|go\.mod): .*(?:Get|reading) "?https?:\/\/.*(?:dial tcp|refused|no such host|timeout|unreachable|TLS|x509|proxyconnect|EOF|\d{3} )/,
  },
  // Answers, but not as a database, or as another one than GOSUMDB names.
  { kind: "database-unreachable", pattern: /verifying (?:module|go\.mod): .*: (?:malformed record data|reading tree note: |invalid data from )/ }, // prettier-ignore
  {
    kind: "git-not-found",
    pattern: /exec: "git": executable file not found|missing Git command/,
  },
];

/** What git said to the go command, which keeps repositories in this folder; a git of the user's own is not our matter. */
const ofGit: Pattern = {
  kind: "unreachable",
  pattern: /fatal: unable to access '(?<url>https?:\/\/[^']+)': (?<what>.+)/,
};

/** A zip that is none is told without a name; it is of the module that was being downloaded. */
function readBadZip(lines: readonly string[]): readonly Symptom[] {
  const line = lines.find((each) => /(?:^|: )zip: not a valid zip file$/.test(each));
  const module = lines.map((each) => /^go: downloading (?<module>\S+) (?<version>v\S+)$/.exec(each)).findLast((match) => match !== null); // prettier-ignore
  return line === undefined || module === undefined
    ? []
    : [{ kind: "fetched-wrong", line: line.trim(), fields: { ...module.groups, file: "zip" } }];
}

/** No way of asking for the repository worked: go names the module, which is where it asked. */
function readNoRepository(lines: readonly string[]): readonly Symptom[] {
  const downloading = lines.map((line) => /^go: downloading (\S+) v\S+$/.exec(line)?.[1]).findLast((module) => module !== undefined); // prettier-ignore
  return lines.flatMap((line): readonly Symptom[] => {
    const said = /^(?:\S+: |\s+)?(?:(?<module>[^\s@:]+\.[^\s@:]+)(?:@v[^\s:]+)?: )?no (?:secure )?protocol found for repository$/.exec(line); // prettier-ignore
    const module = said === null ? undefined : (said.groups?.["module"] ?? downloading);
    if (module === undefined) return [];
    return [{ kind: "unreachable", line: line.trim(), fields: { url: `https://${module}?go-get=1`, what: "no protocol found for repository" } }]; // prettier-ignore
  });
}

export const networkSymptoms: SymptomReader = {
  family: "network",
  kinds: kindsOf(patterns),
  read(transcript: Transcript) {
    const lines = linesOf(transcript);
    const git = lines.some((line) => line.includes("/cache/vcs/")) ? [ofGit] : [];
    return [...matchLines(lines, [...patterns, ...git]), ...readBadZip(lines), ...readNoRepository(lines)];
  },
};
