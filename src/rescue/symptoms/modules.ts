import type { SymptomReader } from "../types.ts";
import { kindsOf, readWith, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [
  { kind: "modules-disabled", pattern: /modules disabled by GO111MODULE=off|cannot be used with GO111MODULE=off/ },
  { kind: "package-not-in-gopath", pattern: /cannot find package "(?<package>[^"]+)" in any of:$/ },
  { kind: "package-not-in-gopath", pattern: /package (?<package>\S+) is not in GOROOT/ },
  { kind: "package-not-in-gopath", pattern: /package (?<package>\S+) is not in std/ },
  {
    kind: "workspace",
    pattern: /go\.work|workspace|the path provided to GOWORK must be an absolute path|invalid GOWORK: /,
  },
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
  { kind: "go-mod-updates", pattern: /updates to go\.(?:mod|sum) needed/ },
  {
    kind: "checksum",
    pattern: /verifying (?<module>[^\s@]+)@(?<version>v[^\s:/]+)(?<goMod>\/go\.mod)?: checksum mismatch/,
  },
  // Of a database: `M@V: verifying module: checksum mismatch`; of a server that contradicts itself: the two words alone.
  { kind: "checksum", pattern: /verifying [^\s:]+: checksum mismatch|^SECURITY ERROR$/ },
  { kind: "checksum-had", pattern: /^\s+downloaded: +(?<hash>h1:\S+)$/ },
  { kind: "checksum-wanted", pattern: /^\s+(?<by>go\.sum|[a-z0-9.-]+\.[a-z0-9.-]+): +(?<hash>h1:\S+)$/ },
  // Files of a module cache: unpacked, packed, or refused by the host.
  {
    kind: "module-file",
    pattern: /(?<![^\s:"])(?<path>[^\s:"@]+@v\d[^\s:/"]*\/[^\s:"]+\.(?:go|s|c|h)):(?:\d+:| no such file)/,
  },
  { kind: "module-zip", pattern: /unzip (?<path>\/\S+\.zip): / },
  { kind: "module-zip", pattern: /: zip: \S/ },
  // `go mod verify`.
  { kind: "module-file", pattern: /^\S+ v\S+: dir has been modified \((?<path>\/.+)\)$/ },
  { kind: "module-zip", pattern: /^\S+ v\S+: zip has been modified \((?<path>\/.+)\)$/ },
  { kind: "module-zip", pattern: /^\S+ v\S+: missing ziphash: open (?<path>\/\S+\.ziphash): / },
  {
    kind: "package-not-in-module",
    pattern: /module (?<module>[^\s@]+)@\S+ found(?: \([^)]*\))?, but does not contain package/,
  },
  { kind: "module-cache", pattern: /could not create module cache/ },
  {
    kind: "path-refused",
    pattern:
      /(?:open|mkdir|rename|stat|lstat|RLock|Lock) "?(?<path>\/[^\s:"]+)"?: (?:permission denied|read-only file system|not a directory)/,
  },
  {
    kind: "version-gone",
    pattern:
      /(?<![^\s@])(?<module>[^\s@]+)@(?<version>v\d[^\s:]*): reading (?<url>https?:\/\/\S+\/@v\/\S+): (?<status>404|410) /,
  },
  {
    kind: "version-gone",
    pattern:
      /(?<![^\s@])(?<module>[^\s@]+)@(?<version>v\d[^\s:]*): reading (?<url>file:\/\/\/\S+\/@v\/\S+): no such file or directory$/,
  },
  { kind: "path-declared", pattern: /module declares its path as: (?<declared>\S+)$/ },
  { kind: "path-required", pattern: /but was required as: (?<required>\S+)$/ },
  {
    kind: "path-collision",
    pattern: /case-insensitive import collision: "(?<declared>[^"]+)" and "(?<required>[^"]+)"/,
  },
  {
    kind: "outside-main-module",
    pattern: /directory prefix \S+ does not contain main module or its selected dependencies/,
  },
  {
    kind: "no-module",
    pattern:
      /go: no modules specified \(see 'go help mod download'\)|requires a version when current directory is not in a module/,
  },
  { kind: "no-module", pattern: /go\.mod file not found in current directory or any parent|cannot find main module/ },
];

export const moduleSymptoms: SymptomReader = { family: "modules", kinds: kindsOf(patterns), read: readWith(patterns) };
