import { z } from "zod";
import { MedkitError } from "../../core/errors.ts";
import { compareSemver, isSemver } from "../../module/index.ts";

/** Octets of an entry at most; the largest that Go has published is of 32 KiB. */
const mostOctets = 1024 * 1024;

export const entryId = /^GO-\d{4}-\d{4,}$/;
const semver = z.string().refine((text) => isSemver(`v${text}`), "not a semantic version");

const rangeEvent = z.union([
  z.strictObject({ introduced: z.union([z.literal("0"), semver]) }),
  z.strictObject({ fixed: semver }),
]);
const time = z.iso.datetime({ offset: true });

/** What medkit reads of an entry of the Go vulnerability database (https://go.dev/security/vuln/database#schema); the rest is kept as it is. */
const entrySchema = z.looseObject({
  id: z.string().regex(entryId),
  modified: time,
  published: time.optional(),
  withdrawn: time.nullish(),
  aliases: z.array(z.string().max(100)).max(1_000).nullish(),
  summary: z.string().max(10_000).nullish(),
  affected: z
    .array(
      z.looseObject({
        package: z.looseObject({ name: z.string().min(1).max(1_000), ecosystem: z.literal("Go") }),
        ranges: z
          .array(z.looseObject({ type: z.string().max(100), events: z.array(rangeEvent).max(10_000) }))
          .max(1_000)
          .nullish(),
      }),
    )
    .max(10_000),
});

/** Versions that have a vulnerability: from `introduced` on, until `fixed`. Without a leading `v`; `0` is before every version. */
export type RangeEvent = { readonly introduced: string } | { readonly fixed: string };

export interface AffectedModule {
  /** A module's path, `stdlib`, or `toolchain`. */
  readonly path: string;
  /** Each in order, lowest first. None: every version is affected. */
  readonly ranges: readonly (readonly RangeEvent[])[];
}

export interface VulnEntry {
  readonly id: string;
  /** RFC 3339, as the entry has it. */
  readonly modified: string;
  readonly withdrawn: boolean;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly affected: readonly AffectedModule[];
}

/** Checks the text of an entry. VULNDB_INVALID where it is not what Go publishes, or not the one of this id. */
export function parseEntry(bytes: Uint8Array, id: string): VulnEntry {
  const invalid = (problem: string): MedkitError => new MedkitError("VULNDB_INVALID", { what: id, problem });
  if (bytes.length > mostOctets) throw invalid(`it is of ${bytes.length} octets`);
  const parsed = entrySchema.safeParse(parseJson(bytes, invalid));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "not an entry"}`);
  }
  const { data } = parsed;
  if (data.id !== id) throw invalid(`it calls itself ${data.id}`);
  return {
    id,
    modified: data.modified,
    withdrawn: (data.withdrawn ?? undefined) !== undefined,
    aliases: data.aliases ?? [],
    summary: data.summary ?? "",
    affected: data.affected.map((each) => ({ path: each.package.name, ranges: semverRanges(each.ranges ?? []) })),
  };
}

function parseJson(bytes: Uint8Array, invalid: (problem: string) => MedkitError): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : "not JSON");
  }
}

/** golang.org/x/vuln/internal/semver/affects.go: ranges of other types do not count, and without any of SEMVER every version is affected. */
function semverRanges(ranges: readonly { readonly type: string; readonly events: readonly RangeEvent[] }[]) {
  return ranges.filter((each) => each.type === "SEMVER").map((each) => each.events.toSorted(compareEvents));
}

export function versionOf(event: RangeEvent): string {
  return "introduced" in event ? event.introduced : event.fixed;
}

function compareEvents(a: RangeEvent, b: RangeEvent): number {
  const [left, right] = [versionOf(a), versionOf(b)];
  if (left === "0" || right === "0") return left === right ? 0 : left === "0" ? -1 : 1;
  return compareSemver(`v${left}`, `v${right}`);
}
