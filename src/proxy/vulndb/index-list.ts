import { z } from "zod";
import { MedkitError } from "../../core/errors.ts";
import { entryId } from "./osv.ts";
import type { ListedEntry } from "./source.ts";

/** Octets of an index file at most, unpacked; `vulns.json` had 0.6 MB for 4,800 entries. */
export const mostIndexOctets = 64 * 1024 * 1024;
const mostEntries = 200_000;

const indexSchema = z
  .array(z.looseObject({ id: z.string().regex(entryId), modified: z.iso.datetime({ offset: true }) }))
  .max(mostEntries);

/** Reads `index/vulns.json`. VULNDB_INVALID, also where an id is there twice. */
export function parseVulnsIndex(bytes: Uint8Array): readonly ListedEntry[] {
  const invalid = (problem: string): MedkitError =>
    new MedkitError("VULNDB_INVALID", { what: "index/vulns.json", problem });
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : "not JSON");
  }
  const parsed = indexSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "not an index"}`);
  }
  const seen = new Set(parsed.data.map((each) => each.id));
  if (seen.size !== parsed.data.length) throw invalid("an id is there twice");
  return parsed.data.map(({ id, modified }) => ({ id, modified }));
}
