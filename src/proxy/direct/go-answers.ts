import { MedkitError } from "../../core/errors.ts";

/** What `go list -m -json` and `go mod download -json` print of a module, as far as it is used. */
export interface GoModuleAnswer {
  readonly version: string | undefined;
  /** RFC 3339. */
  readonly time: string | undefined;
  readonly versions: readonly string[];
  /** Files, absolute. */
  readonly goMod: string | undefined;
  readonly info: string | undefined;
  readonly zip: string | undefined;
  readonly error: string | undefined;
  /** Where the version control found it: `https://git.internal/team/mod refs/tags/v1.0.0 0123abcd…`. */
  readonly origin: string;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Parses go's JSON. Undefined where it printed none; PROXY_ANSWER_INVALID where it printed something else. */
export function readGoAnswer(stdout: string, what: string): GoModuleAnswer | undefined {
  if (stdout.trim() === "") return undefined;
  let value: Readonly<Record<string, unknown>> | null;
  try {
    value = JSON.parse(stdout) as Readonly<Record<string, unknown>> | null;
  } catch {
    value = null;
  }
  if (typeof value !== "object" || value === null)
    throw new MedkitError("PROXY_ANSWER_INVALID", { what, problem: "go printed no JSON object" });
  const versions = value["Versions"];
  const origin = (value["Origin"] ?? {}) as Readonly<Record<string, unknown>>;
  const parts = [origin["URL"], origin["Ref"], origin["Hash"]].flatMap((part) => textOf(part) ?? []);
  const error = value["Error"];
  return {
    version: textOf(value["Version"]),
    time: textOf(value["Time"]),
    versions: Array.isArray(versions) ? versions.filter((each): each is string => typeof each === "string") : [],
    goMod: textOf(value["GoMod"]),
    info: textOf(value["Info"]),
    zip: textOf(value["Zip"]),
    error: textOf(error) ?? textOf((error as Readonly<Record<string, unknown>> | undefined)?.["Err"]),
    origin: parts.join(" ").replace(/(:\/\/)[^/\s]*@/g, "$1***@"),
  };
}
