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
    pattern:
      /no install location for directory|neither \$XDG_CACHE_HOME nor \$HOME|GOPATH (?:entry|is not)|module cache not found|\$HOME is not defined/,
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
  { kind: "no-compiler", pattern: /^(?<program>\S*(?:gcc|cc|clang)\S*): fatal error: cannot execute '\w+': / },
  { kind: "open-files", pattern: /too many open files|^runtime: (?:epollcreate|pipe|eventfd) failed with 24$/ },
  {
    kind: "out-of-memory",
    pattern:
      /^fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory|failed to reserve page summary memory|cannot map pages)|cannot allocate memory$|^runtime\/cgo: pthread_create failed: Resource temporarily unavailable$/,
  },
  { kind: "killed", pattern: /: signal: killed$/ },
  // A shell whose go was ended.
  { kind: "killed", pattern: /^(?:\S+: )?line \d+: +\d+ Killed\b|^Killed$/ },
  { kind: "output", pattern: /^go: build output "(?<path>[^"]+)" already exists and is a directory$/ },
  { kind: "vcs-status", pattern: /^error obtaining VCS status: (?<what>.+)$/ },
  {
    kind: "output",
    pattern: /: copying \S+ to (?<path>[^:]+): write \S+: no space left on device$/,
  },
  {
    kind: "output",
    pattern:
      /: copying \S+: open (?<path>[^:]+): (?:read-only file system|permission denied|is a directory|no space left on device|disk quota exceeded)$/,
  },
  {
    kind: "output",
    pattern: /go build \S+: mkdir (?<path>[^:]+): (?:read-only file system|permission denied|no space left on device)$/,
  },
  {
    kind: "project-file",
    pattern: /^go: updating \S+: open (?<path>\S+\/go\.(?:mod|sum)): (?:read-only file system|permission denied)$/,
  },
  { kind: "cgo-wanted", pattern: /^go: -\S+ requires cgo; enable cgo by setting CGO_ENABLED=1$/ },
  { kind: "all-excluded", pattern: /build constraints exclude all Go files in (?<folder>.+)$/ },
  { kind: "c-header", pattern: /: fatal error: (?<header>[^\s:]+\.h(?:pp|xx)?): No such file or directory$/ },
  { kind: "c-library", pattern: /: cannot find -l(?<library>[^\s:]+)/ },
  {
    kind: "pkg-config",
    pattern:
      /^Package '?(?<library>[^\s']+)'? was not found in the pkg-config search path|^Package '(?<absent>[^']+)', required by .* not found/,
  },
  { kind: "pkg-config", pattern: /^(?<program>\S*pkg-config): (?:fork\/exec|exec)\b.*(?:not found|no such file)/ },
  { kind: "pkg-config", pattern: /exec: "(?<program>[^"]*pkg-config)": (?:executable file not found|stat )/ },
  { kind: "denied", pattern: /permission denied|read-only file system|no space left on device/ },
];

export const hostSymptoms: SymptomReader = { family: "host", kinds: kindsOf(patterns), read: readWith(patterns) };
