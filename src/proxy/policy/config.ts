import { z } from "zod";
import { parseDuration } from "../../core/duration.ts";
import { isPrefixPattern } from "../../module/index.ts";
import type { Policy, Rule, VersionTest } from "./types.ts";
import { parseVersionTest } from "./version-test.ts";

/** What is shown to a person has to be plain: the go command drops an answer that has anything else in it. */
const plainText = z.string().min(1).max(200).regex(/^[^\p{C}]+$/u, "one line of plain text, please"); // prettier-ignore

const pattern = z
  .string()
  .refine(
    (text) => isPrefixPattern(text.replace(/^=/, "")),
    "not a pattern of module paths as in GOPRIVATE, or `=PATH`",
  );

const versions = z
  .array(
    z
      .string()
      .refine(
        (text) => parseVersionTest(text) !== undefined,
        "write a version (`v1.2.3`), a range (`>=v1.2.0 <v1.4.0`, `<go1.22.5`), or one of pseudo, prerelease, release, incompatible",
      ),
  )
  .min(1);

const day = /^\d{4}-\d{2}-\d{2}$/;
const date = z
  .string()
  .refine((text) => endOf(text) !== undefined, "write a day (`2026-12-31`) or a time as in RFC 3339");

/** A day counts to its end, in UTC. Undefined for what is no date. */
function endOf(text: string): number | undefined {
  const time = Date.parse(day.test(text) ? `${text}T00:00:00Z` : text);
  const isTime =
    day.test(text) || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  if (!isTime || Number.isNaN(time)) return undefined;
  return day.test(text) ? time + 86_400_000 : time;
}

const vulnerability = z
  .string()
  .regex(/^(?:GO-\d{4}-\d{4,}|CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3})$/, "an id: GO-…, CVE-… or GHSA-…");

const vulnerable = z.strictObject({
  /** Only vulnerabilities that a later version does not have. */
  onlyFixed: z.boolean().optional(),
  /** Only these. */
  ids: z.array(vulnerability).min(1).optional(),
  /** Accepted until a day, for a reason. */
  exceptions: z
    .array(
      z.strictObject({
        id: vulnerability,
        modules: z.array(pattern).min(1).optional(),
        until: date,
        reason: plainText,
      }),
    )
    .optional(),
});

const rule = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "letters, digits, dots, dashes")
      .refine((id) => id !== "default" && id !== "released", "this name is taken"),
    action: z.enum(["allow", "deny", "quarantine"]),
    /** Patterns of module paths as in GOPRIVATE; `=PATH` is one module and nothing below it. Default: every module. */
    modules: z.array(pattern).min(1).optional(),
    versions: versions.optional(),
    /** A Go duration: the rule is for versions that are younger. */
    minAge: z
      .string()
      .refine((text) => (parseDuration(text) ?? 0) > 0, "not a duration (`168h`)")
      .optional(),
    /** The rule is for versions with known vulnerabilities. Needs a mirrored database. */
    vulnerable: z.union([z.literal(true), vulnerable]).optional(),
    /** Shown to whoever is refused. */
    reason: plainText.optional(),
    contact: plainText.optional(),
    /** The last day on which the rule is in force. */
    until: date.optional(),
  })
  .refine(({ action, minAge, vulnerable: known }) => action !== "allow" || (minAge ?? known) === undefined, {
    error: "minAge and vulnerable are for rules that deny or quarantine",
    path: ["action"],
  });

/** Which modules and versions are served: rules in order, the first that applies decides. */
export const policyConfigSchema = z
  .strictObject({
    /** What is done with a version that no rule is for. */
    default: z.enum(["allow", "deny"]).optional(),
    /** HTTP status of a refusal. With 404 and 410 the go command asks the next source of its list, `direct` too. */
    status: z.union([z.literal(403), z.literal(404), z.literal(410), z.literal(451)]).optional(),
    /** Whom to ask. */
    contact: plainText.optional(),
    rules: z.array(rule).optional(),
    /** Versions that leave the quarantine. */
    released: z
      .array(
        z.strictObject({
          module: pattern,
          versions,
          reason: plainText.optional(),
          until: date.optional(),
        }),
      )
      .optional(),
  })
  .superRefine(({ rules = [] }, context) => {
    rules.forEach(({ id }, index) => {
      if (rules.findIndex((each) => each.id === id) < index)
        context.addIssue({ code: "custom", message: `two rules are called ${id}`, path: ["rules", index, "id"] });
    });
  });

export type PolicyConfig = z.infer<typeof policyConfigSchema>;

const tests = (texts: readonly string[] | undefined): readonly VersionTest[] =>
  (texts ?? []).flatMap((text) => parseVersionTest(text) ?? []);

const untilOf = (text: string | undefined): number => (text === undefined ? Infinity : (endOf(text) ?? Infinity));

/** A checked configuration as rules. */
export function readPolicy(config: PolicyConfig): Policy {
  return {
    rules: (config.rules ?? []).map(readRule),
    released: (config.released ?? []).map((each) => ({
      modules: [each.module],
      versions: tests(each.versions),
      reason: each.reason,
      until: untilOf(each.until),
    })),
    otherwise: config.default ?? "allow",
    status: config.status ?? 403,
    contact: config.contact,
  };
}

function readRule(config: NonNullable<PolicyConfig["rules"]>[number]): Rule {
  const { minAge, vulnerable: known } = config;
  const set = known === true ? {} : known;
  return {
    id: config.id,
    action: config.action,
    modules: config.modules ?? [],
    versions: tests(config.versions),
    minAge: minAge === undefined ? undefined : { text: minAge, milliseconds: parseDuration(minAge) ?? 0 },
    vulnerable:
      set === undefined
        ? undefined
        : {
            onlyFixed: set.onlyFixed ?? false,
            ids: set.ids ?? [],
            exceptions: (set.exceptions ?? []).map((each) => ({
              id: each.id,
              modules: each.modules ?? [],
              until: untilOf(each.until),
              reason: each.reason,
            })),
          },
    reason: config.reason,
    contact: config.contact,
    until: untilOf(config.until),
  };
}

/** Whether a policy can only be judged with a vulnerability database. */
export function needsVulnerabilities({ rules }: Policy): boolean {
  return rules.some((each) => each.vulnerable !== undefined);
}
