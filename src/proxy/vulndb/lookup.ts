import { z } from "zod";
import { MedkitError } from "../../core/errors.ts";
import type { ModuleVersion } from "../../module/index.ts";
import type { Finding, VulnerabilityLookup } from "../policy/types.ts";
import { toolchainGoVersion } from "../policy/version-test.ts";
import { newestChange } from "./index-files.ts";
import type { VulnEntry } from "./osv.ts";
import { fixFor, isAffected } from "./ranges.ts";

const schema = "medkit/vulndb-ranges/v1";

const rangesSchema = z.strictObject({
  schema: z.literal(schema),
  modified: z.string(),
  vulnerabilities: z.array(
    z.strictObject({
      id: z.string(),
      aliases: z.array(z.string()),
      summary: z.string(),
      affected: z.array(
        z.strictObject({
          path: z.string(),
          ranges: z.array(
            z.array(z.union([z.strictObject({ introduced: z.string() }), z.strictObject({ fixed: z.string() })])),
          ),
        }),
      ),
    }),
  ),
});

type Known = z.infer<typeof rangesSchema>["vulnerabilities"][number];

/** What a policy has to know of a database, in one file; what was withdrawn is left out. */
export function rangesText(entries: readonly VulnEntry[]): string {
  const vulnerabilities = entries
    .filter((each) => !each.withdrawn)
    .map(({ id, aliases, summary, affected }) => ({ id, aliases, summary, affected }));
  return JSON.stringify({ schema, modified: newestChange(entries), vulnerabilities });
}

/** Reads what {@link rangesText} wrote. VULNDB_DAMAGED. */
export function openLookup(text: string, file: string): VulnerabilityLookup {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MedkitError("VULNDB_DAMAGED", { files: file });
  }
  const parsed = rangesSchema.safeParse(value);
  if (!parsed.success) throw new MedkitError("VULNDB_DAMAGED", { files: file });
  const byPath = new Map<string, Known[]>();
  for (const known of parsed.data.vulnerabilities) {
    for (const path of new Set(known.affected.map((each) => each.path)))
      byPath.set(path, [...(byPath.get(path) ?? []), known]);
  }
  return {
    modified: parsed.data.modified,
    find: (module) => {
      const go = toolchainGoVersion(module);
      if (go === undefined) return findAll(byPath, module);
      // A toolchain brings the standard library and the go command.
      const version = semverOfGo(go);
      const found = ["stdlib", "toolchain"].flatMap((path) => findAll(byPath, { path, version }));
      const distinct = [...new Map(found.map((each) => [each.id, each])).values()];
      return distinct.map((each) => ({
        ...each,
        fixed: each.fixed === undefined ? undefined : goOfSemver(each.fixed),
      }));
    },
  };
}

function findAll(byPath: ReadonlyMap<string, readonly Known[]>, { path, version }: ModuleVersion): readonly Finding[] {
  const found: Finding[] = [];
  for (const { id, aliases, summary, affected } of byPath.get(path) ?? []) {
    // A module may be named twice, with other packages.
    const ranges = affected.filter((each) => each.path === path && isAffected(each.ranges, version));
    const [first] = ranges;
    if (first === undefined) continue;
    const fixed = ranges.length === 1 ? fixFor(first.ranges, version) : fixFor(ranges.flatMap((each) => each.ranges), version); // prettier-ignore
    found.push({ id, aliases, summary, fixed: fixed === undefined ? undefined : `v${fixed}` });
  }
  return found;
}

/** `1.22rc1` as the database has it: `v1.22.0-rc.1` (golang.org/x/vuln/internal/semver, GoTagToSemver). */
function semverOfGo(version: string): string {
  const [, major = "", minor = "0", patch = "0", kind = "", number = ""] =
    /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(beta|rc)(\d+))?$/.exec(version) ?? [];
  return `v${major}.${minor}.${patch}${kind === "" ? "" : `-${kind}.${number}`}`;
}

function goOfSemver(version: string): string {
  return version.replace(/^v/, "go").replace(/\.0-(beta|rc)\.(\d+)$/, "$1$2");
}
