import { cachedModule, matchPrefixPatterns } from "../module/index.ts";
import { cachedHash, moduleCacheOf, namedModule, recordedHash, type ModuleName } from "./module-cache.ts";
import type { CaseFile, Evidence } from "./types.ts";

/** What a checksum mismatch is about, as go says it, and what is known besides. */
export interface Mismatch {
  readonly module: ModuleName;
  readonly subject: "zip" | "go.mod";
  /** Of the bytes that go had. */
  readonly had: string;
  /** What go compared them with; `go.sum`, or the database's name. */
  readonly by: string;
  readonly wanted: string;
  /**
   * Who is wrong. `cache` and `proxy` only where go.sum and the kit's record, which the checksum database proved when the kit was made, agree with each
   * other, so that it is the bytes that are wrong. Everything else is `undecided`: a moved tag, a wrong go.sum, or nobody who could tell.
   */
  readonly wrong: "cache" | "proxy" | "undecided";
  readonly evidence: readonly Evidence[];
}

/** Who is wrong, given what everybody says. Pure. */
export function whoIsWrong(says: {
  readonly by: string;
  readonly had: string;
  readonly wanted: string;
  /** What go.sum really holds. */
  readonly goSum: string | undefined;
  readonly kit: string | undefined;
  readonly cache: string | undefined;
}): Mismatch["wrong"] {
  const { by, had, wanted, goSum, kit, cache } = says;
  if (by !== "go.sum" || had === "" || had === wanted || goSum !== wanted || kit !== wanted) return "undecided";
  return cache === had ? "cache" : "proxy";
}

/** Reads the first mismatch of a failure and asks go.sum, the kit and the module cache. */
export async function mismatchOf(file: CaseFile): Promise<Mismatch | undefined> {
  const { symptoms, kit } = file;
  const said = symptoms.find(({ kind, fields }) => kind === "checksum" && fields["module"] !== undefined)?.fields;
  const module = namedModule(said?.["module"], said?.["version"]);
  if (said === undefined || module === undefined) return undefined;
  const had = symptoms.find(({ kind }) => kind === "checksum-had")?.fields["hash"] ?? "";
  const wanted = symptoms.find(({ kind }) => kind === "checksum-wanted")?.fields;
  const subject = said["goMod"] === undefined ? "zip" : "go.mod";
  const known = kit?.hashes(module.path, module.version);
  // Modules under the kit's own signature alone were never shown to the database.
  const isProven = !matchPrefixPatterns((kit?.privatePatterns ?? []).join(","), module.path);
  const ofKit = isProven ? (subject === "zip" ? known?.zip : known?.goMod) : undefined;
  const cache = await moduleCacheOf(file);
  const at = cache === undefined ? undefined : cachedModule(cache, module);
  const ofCache = at === undefined ? undefined : await cachedHash(at, module, subject);
  const says = { by: wanted?.["by"] ?? "", had, wanted: wanted?.["hash"] ?? "", kit: ofKit, cache: ofCache };
  const name = `${module.path}@${module.version}`;
  return {
    ...says,
    module,
    subject,
    wrong: whoIsWrong({ ...says, goSum: await recordedHash(file, module, subject) }),
    evidence: [
      ...(ofKit === undefined ? [] : [{ source: "kit" as const, subject: name, text: ofKit }]),
      ...(at === undefined || ofCache === undefined
        ? []
        : [{ source: "file" as const, subject: subject === "zip" ? at.zip : at.goMod, text: ofCache }]),
    ],
  };
}
