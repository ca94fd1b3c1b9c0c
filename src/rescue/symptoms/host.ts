import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [
  {
    kind: "build-cache",
    pattern:
      /build cache is (?:required|disabled)|GOCACHE is not|failed to initialize build cache|GOCACHE entry is relative/,
  },
  {
    kind: "no-home",
    pattern: /neither \$XDG_CACHE_HOME nor \$HOME|GOPATH (?:entry|is not)|module cache not found|\$HOME is not defined/,
  },
  { kind: "work-dir", pattern: /creating work dir|mkdir \S*go-build\S*: / },
  { kind: "fork-denied", pattern: /fork\/exec (?<path>\S*go-build\S*): (?:permission denied|operation not permitted)/ },
  { kind: "program-denied", pattern: /fork\/exec (?<path>\/\S+): (?:permission denied|operation not permitted)/ },
  { kind: "foreign-program", pattern: /fork\/exec \S+: exec format error|cannot execute binary file/ },
  {
    kind: "no-compiler",
    pattern:
      /C compiler "(?<compiler>[^"]+)" not found|exec: "(?<program>gcc|clang|cc|[^"]*gcc[^"]*)": executable file not found/,
  },
  { kind: "denied", pattern: /permission denied|read-only file system|no space left on device/ },
];

export const hostSymptoms: SymptomReader = { family: "host", kinds: kindsOf(patterns), read: readWith(patterns) };
