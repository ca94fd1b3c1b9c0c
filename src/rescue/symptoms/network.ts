import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

// Each begins with what the go command asked: a program or test that it ran may speak of refused connections, too.
const patterns: readonly Pattern[] = [
  {
    kind: "unreachable",
    pattern:
      /(?:Get|reading|lookup) "?\S+:\/\/.*(?:dial tcp|refused|no such host|i\/o timeout|unreachable|TLS handshake|proxyconnect|server misbehaving|deadline exceeded|Client\.Timeout)/,
  },
  { kind: "bad-answer", pattern: /(?:Get|reading) "?https?:\/\/\S+: (?<what>\d{3} .+|unexpected EOF)/ },
  {
    kind: "bad-answer",
    pattern: /(?:Get|reading) "?https?:\/\/.*(?:invalid character '<'|unexpected EOF|connection reset)/,
  },
  { kind: "untrusted", pattern: /(?:Get|reading) "?https:\/\/.*(?:x509: |certificate )/ },
  { kind: "lookup-disabled", pattern: /module lookup disabled by GOPROXY=off/ },
  {
    kind: "database-unreachable",
    pattern:
      /verifying (?:module|go\.mod): .*(?:Get|reading) "?https?:\/\/.*(?:dial tcp|refused|no such host|timeout|unreachable|TLS|x509|\d{3} )/,
  },
];

export const networkSymptoms: SymptomReader = { family: "network", kinds: kindsOf(patterns), read: readWith(patterns) };
