import type { SymptomReader } from "../types.ts";
import { kindsOf, matchLines, linesOf, type Pattern } from "./lines.ts";

const patterns: readonly Pattern[] = [
  // dash, bash, zsh and busybox ash, each in its own words.
  { kind: "go-not-found", pattern: /(?:^|: )go: (?:command )?not found$/ },
  { kind: "go-not-found", pattern: /command not found: go$/ },
  // Programs that start others: env, timeout, nohup, xargs.
  { kind: "go-not-found", pattern: /^[a-z]+: (?:failed to run command )?['‘]?go['’]?: No such file or directory$/ },
  {
    kind: "go-refused",
    pattern:
      /^[a-z]+: (?:failed to run command )?['‘]?(?:\/\S*\/)?go['’]?: (?:Permission denied|Exec format error|cannot execute)/,
  },
  { kind: "exec-format", pattern: /[Ee]xec format error|cannot execute binary file/ },
  {
    kind: "go-refused",
    pattern:
      /(?:^|: )(?:\S*\/)?go: (?:[Pp]ermission denied|cannot execute|No such file or directory|Operation not permitted)/,
  },
  { kind: "tool-missing", pattern: /no such tool "(?<tool>\w+)"/ },
  { kind: "tool-missing", pattern: /error obtaining buildID for go tool (?<tool>\w+): (?!fork\/exec )(?<what>.+)$/ },
  // A tool of another version, or with other experiments, lies in the tree.
  { kind: "tool-missing", pattern: /: linked object header mismatch:$/, fields: { tool: "link" } },
  { kind: "tool-missing", pattern: /fork\/exec (?<path>\S*\/pkg\/tool\/\S+): (?<what>.+)$/ },
  // The compiler's word of a file in a Go tree, which is nobody's program.
  { kind: "std-error", pattern: /^(?<path>\/[^\s:]+\.go):\d+(?::\d+)?: (?!package |could not import )/ },
  { kind: "libc-too-old", pattern: /version [`'](?<version>GLIBC_[\d.]+)' not found/ },
  { kind: "port-unknown", pattern: /unsupported GOOS\/GOARCH pair (?<pair>\S+)/ },
  { kind: "port-unknown", pattern: /^-(?:race|msan|asan) is not supported on (?<pair>[^\s/]+\/[^\s/]+)$/ },
  {
    kind: "setting-invalid",
    pattern: /(?:invalid|unknown) (?<name>GOTOOLCHAIN|GOFIPS140)(?: version)?(?: "(?<value>[^"]*)"|:)/,
  },
  { kind: "setting-invalid", pattern: /(?<name>GOPATH) entry (?:is relative|cannot start with).*: "(?<value>[^"]*)"/ },
  { kind: "setting-invalid", pattern: /unknown environment setting (?<name>GO111MODULE)=(?<value>\S+)/ },
  { kind: "setting-invalid", pattern: /(?<name>GOMODCACHE) entry is relative.*: "(?<value>[^"]*)"/ },
  { kind: "setting-invalid", pattern: /cannot install, (?<name>GOBIN) must be an absolute path/ },
  { kind: "setting-invalid", pattern: /invalid (?<name>GOSUMDB): / },
  { kind: "setting-invalid", pattern: /(?<name>GOPROXY) list is not the empty string, but contains no entries/ },
  {
    kind: "setting-invalid",
    pattern:
      /: (?:invalid proxy URL (?:missing scheme|scheme \(must be https, http, file\))|parse "[^"]*"): (?<value>.+)$/,
    fields: { name: "GOPROXY" },
  },
  { kind: "setting-invalid", pattern: /unknown (?<name>GODEBUG) setting (?<value>\S+)/ },
  { kind: "goroot-bad", pattern: /cannot find GOROOT directory|does not match go tool version/ },
  { kind: "go-too-old", pattern: /requires go >= ?(?<wanted>[\d.a-z]+)/ },
  {
    kind: "go-too-old",
    pattern: /go\.mod file indicates go (?<wanted>[\d.]+), but maximum version supported by tidy is /,
  },
  { kind: "go-too-old", pattern: /: cannot compile Go (?<wanted>[\d.]+) code$/ },
  { kind: "go-too-old", pattern: /module requires Go (?<wanted>[\d.a-z]+)/ },
  {
    kind: "toolchain-unavailable",
    pattern:
      /download (?<toolchain>go[\d.a-z]{1,40})[^:]{0,200}: |\b(?<named>go[\d.a-z]{1,40}): toolchain not available|cannot find "(?<path>go[\d.a-z]{1,40})" in PATH/,
  },
  {
    kind: "go-mod-too-new",
    pattern: /unknown (?:directive|block type): (?<directive>\S+)|invalid go version '(?<version>[^']+)'/,
  },
  { kind: "goexperiment", pattern: /unknown GOEXPERIMENT (?<name>\S+)/ },
  { kind: "goflags", pattern: /\$GOFLAGS|GOFLAGS:|^-mod=\S+ not supported|^-?buildmode=\S+ not supported/ },
  // Files that -overlay and -modfile name.
  { kind: "goflags", pattern: /^go: -modfile=\S+: file does not have \.mod extension$/ },
  { kind: "goflags", pattern: /^go: reading overlay|^go: open \S+: no such file or directory$/ },
  { kind: "arch-level", pattern: /invalid (?<name>GO(?:AMD64|ARM|ARM64|386|MIPS|MIPS64|PPC64|RISCV64|WASM)):/ },
  { kind: "arch-level", pattern: /parsing -D: "(?<name>GO[A-Z0-9]+)_\S*" is not a valid identifier/ },
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
