import { MedkitError } from "../../core/errors.ts";

/** What the go command's refusal to fetch means. */
export type GoFailure =
  /** There is no such module, or version of it. */
  | { readonly kind: "absent"; readonly of: "module" | "version"; readonly reason: string }
  /** The repository wants a login, or another one. */
  | { readonly kind: "login"; readonly reason: string }
  | { readonly kind: "tool"; readonly tool: string }
  | { readonly kind: "failed"; readonly reason: string };

const loginWanted =
  /could not read (?:Username|Password)|terminal prompts disabled|Authentication failed|HTTP Basic: Access denied|returned error: 40[13]|\?go-get=1: 40[13] /i;
/** How git and the go command say that a repository is not there (git's http.c, cmd/go/internal/vcs). */
const repositoryAbsent =
  /repository '[^']*' not found|Repository not found|\?go-get=1: (?:404|410) |no go-import meta/i;
/** cmd/go/internal/modload/query.go, modfetch/coderepo.go: what it says of versions after the repository answered. */
const versionAbsent =
  /unknown revision|no matching versions|invalid version|missing \S+ at revision|malformed module path|go\.mod has (?:post-v\d+|non-\.\.\.|malformed)/i;

/** Reads what `go` printed, in English (LC_ALL=C). `hide` are texts that must not be told: folders of the sandbox. */
export function readGoFailure(said: string, hide: readonly string[] = []): GoFailure {
  const reason = plainReason(said, hide);
  const missing = /exec: "(git|go)": executable file not found|\bspawn (go) ENOENT/.exec(said);
  if (missing !== null) return { kind: "tool", tool: missing[1] ?? missing[2] ?? "git" };
  if (loginWanted.test(said)) return { kind: "login", reason };
  if (repositoryAbsent.test(said)) return { kind: "absent", of: "module", reason };
  // "invalid version: git fetch …: exit status 128" is no word about the version.
  if (/exit status \d+|signal: \w+/.test(said)) return { kind: "failed", reason };
  return versionAbsent.test(said) ? { kind: "absent", of: "version", reason } : { kind: "failed", reason };
}

/** One line of at most 400 characters: git's word where there is one, else go's. No credentials, no folders. */
function plainReason(said: string, hide: readonly string[]): string {
  let text = said.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s'"]*@/gi, "$1***@");
  // That is how it asks the gate, which asks over https.
  text = text.replace(/\bhttp(:\/\/[^\s'"]*\?go-get=1)/g, "https$1");
  for (const each of hide) text = text.replaceAll(each, "…");
  const lines = text
    .split("\n")
    .map((line) => line.replace(/[^\P{C}\t]/gu, "").trim())
    .filter((line) => line !== "" && !/^(?:If this is a private repository|see https:)/.test(line));
  const fatal = lines.find((line) => /^(?:fatal|error|remote): /.test(line));
  const first = (lines[0] ?? "").replace(/^go: (?:module )?/, "");
  const line = fatal === undefined ? first : `${fatal} (${first.replace(/:? ?git \S+ .*$/, "")})`;
  return (line === "" ? "go said nothing" : line).slice(0, 400);
}

/** The error of a failure that is no absence. `module` is what was asked for. */
export function goFailureError(failure: Exclude<GoFailure, { readonly kind: "absent" }>, module: string): MedkitError {
  if (failure.kind === "tool") return new MedkitError("DIRECT_TOOL_MISSING", { tool: failure.tool, module });
  const { reason } = failure;
  return new MedkitError(failure.kind === "login" ? "DIRECT_LOGIN" : "DIRECT_FAILED", { module, reason });
}
