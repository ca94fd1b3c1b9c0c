import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [
  {
    kind: "unreachable",
    pattern:
      /dial tcp|connection refused|no such host|i\/o timeout|network is unreachable|TLS handshake|proxyconnect|server misbehaving|context deadline exceeded|Client\.Timeout/,
  },
  {
    kind: "bad-answer",
    pattern:
      /(?:reading|Get) "?https?:\/\/\S+: (?<what>\d{3} .+|unexpected EOF)|invalid character '<'|unexpected EOF|connection reset/,
  },
  { kind: "untrusted", pattern: /x509: |certificate / },
  { kind: "lookup-disabled", pattern: /module lookup disabled by GOPROXY=off/ },
];

export const networkSymptoms: SymptomReader = { family: "network", kinds: kindsOf(patterns), read: readWith(patterns) };
