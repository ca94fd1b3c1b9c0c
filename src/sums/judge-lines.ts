import { MedkitError } from "../core/errors.ts";
import { EXIT } from "../core/exit.ts";
import {
  isRecordAbsent,
  matchPrefixPatterns,
  type GoSumLine,
  type ModuleHashes,
  type ModuleVersion,
} from "../module/index.ts";
import type { JudgedLine, LineState } from "./types.ts";

/** Lookups that are under way at the same time. */
const atOnce = 16;

interface Records {
  lookup(module: ModuleVersion): Promise<ModuleHashes & { readonly recordId: number }>;
}

/** What the database answered about a module version. */
type Answer =
  | { readonly kind: "record"; readonly hashes: ModuleHashes; readonly record: number }
  | { readonly kind: "forged" | "unknown" | "unasked"; readonly reason: string };

export interface JudgeOptions {
  /** The database; undefined: GOSUMDB is off. */
  readonly records: Records | undefined;
  /** Module path patterns about which it is not asked. */
  readonly exempt: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A module version that the database cannot be asked about is none: its line counts for nothing there is. */
async function ask(records: Records, module: ModuleVersion): Promise<Answer> {
  try {
    const { recordId, ...hashes } = await records.lookup(module);
    return { kind: "record", hashes, record: recordId };
  } catch (error) {
    if (!(error instanceof MedkitError)) throw error;
    // Two histories are no matter of one module: with the evidence in it, this is the whole answer.
    if (error.code === "INTERRUPTED" || error.code === "DATABASE_FORKED") throw error;
    if (error.exit === EXIT.integrity) return { kind: "forged", reason: error.code };
    if (error.code === "MODULE_PATH_INVALID" || error.code === "MODULE_VERSION_INVALID")
      return { kind: "unknown", reason: error.code };
    if (isRecordAbsent(error)) return { kind: "unknown", reason: String(error.params["reasons"] ?? "") };
    return { kind: "unasked", reason: error.code };
  }
}

function judge(
  line: GoSumLine,
  answer: Answer | "exempt",
): Pick<JudgedLine, "state" | "published" | "record" | "reason"> {
  const none = { published: undefined, record: undefined, reason: undefined };
  if (answer === "exempt") return { ...none, state: "exempt" };
  if (answer.kind !== "record") return { ...none, state: answer.kind, reason: answer.reason };
  const published = line.subject === "zip" ? answer.hashes.h1 : answer.hashes.goModH1;
  const state: LineState = published === line.hash ? "proven" : "different";
  return { state, published, record: answer.record, reason: undefined };
}

/** Holds lines of go.sum against the checksum database, each module version asked once. Throws DATABASE_FORKED. */
export async function judgeLines(
  lines: readonly (GoSumLine & { readonly file: string; readonly line: number })[],
  { records, exempt, onProgress }: JudgeOptions,
): Promise<JudgedLine[]> {
  const isAsked = (line: GoSumLine): boolean =>
    line.hash.startsWith("h1:") && records !== undefined && !matchPrefixPatterns(exempt, line.path);
  const wanted = new Map<string, ModuleVersion>();
  for (const line of lines)
    if (isAsked(line)) wanted.set(`${line.path} ${line.version}`, { path: line.path, version: line.version });
  const answers = new Map<string, Answer>();
  const waiting = [...wanted].values();
  const work = async (): Promise<void> => {
    for (const [key, module] of waiting) {
      if (records !== undefined) answers.set(key, await ask(records, module));
      onProgress?.(answers.size, wanted.size);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, wanted.size) }, work));
  return lines.map(({ file, line, path, version, subject, hash }) => {
    const own = { file, line, path, version, subject, hash };
    const isForeign = !hash.startsWith("h1:");
    if (isForeign) return { ...own, state: "ignored", published: undefined, record: undefined, reason: undefined };
    return { ...own, ...judge({ path, version, subject, hash }, answers.get(`${path} ${version}`) ?? "exempt") };
  });
}
