import { formatBytes } from "../../core/format-bytes.ts";
import { parseBytes } from "../../core/parse-bytes.ts";
import { tableLines, type Translator } from "../../i18n/index.ts";
import { keptBy, planSync, type WantedVersion } from "../../mirror/index.ts";
import { matchPrefixPatterns } from "../../module/index.ts";
import { applyPrune, planPrune, prunables, readInventory, type PrunePlan, type PruneRules } from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { goModFiles, incomplete, openStored, readSources, type OpenMirror } from "../mirror-job.ts";
import { cutList } from "../render/mirror.ts";
import { inertData } from "../render/printable.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { usageError } from "../usage.ts";

const words = ["module", "mirror", "prune"];

/** What the pinned sources need, by the store alone. Where the store cannot say it, nothing may go: STORE_INCOMPLETE. */
async function pinned(
  context: CommandContext,
  opened: OpenMirror,
  names: readonly string[],
): Promise<ReadonlyMap<string, WantedVersion>> {
  if (names.length === 0) return new Map();
  const sources = await readSources(context, opened, names);
  const reader = goModFiles(context, opened);
  const options = { store: opened.store, reader, wholeGraph: true, troubles: reader.troubles };
  const pruned = await planSync(sources, { ...options, wholeGraph: false });
  const missing = incomplete(pruned.refused);
  if (missing !== undefined) throw missing.problem;
  return keptBy([pruned, await planSync(sources, options)]);
}

function describe(plan: PrunePlan, keep: number | undefined, store: string, dryRun: boolean, t: Translator): string {
  const tooBig =
    keep !== undefined && plan.after > keep ? [t.text("mirror.prune.tooBig", { size: formatBytes(keep) })] : [];
  if (plan.items.length === 0)
    return [t.text("mirror.prune.nothing", { size: formatBytes(plan.before), store }), ...tooBig].join("\n");
  const rows = inertData(plan.items).map((each) => [
    `- ${each.path}`,
    each.version,
    formatBytes(each.bytes),
    t.text(`mirror.prune.rule.${each.rule}`, { date: each.last.slice(0, 10) }),
    ...(each.part === "zip" ? [t.text("mirror.prune.content")] : []),
  ]);
  const freed = formatBytes(plan.before - plan.after);
  const total = { count: plan.items.length, freed, left: formatBytes(plan.after) };
  return [
    t.text(dryRun ? "mirror.prune.plan" : "mirror.prune.done", { store }),
    ...cutList(tableLines(rows, "  "), t),
    t.text("mirror.prune.total", total),
    ...tooBig,
    ...(dryRun ? [t.text("kit.build.plan.nothing")] : []),
  ].join("\n");
}

export async function run(
  context: CommandContext,
  { args, flags }: Input<"module mirror prune">,
): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const size = flags.keep === undefined ? undefined : parseBytes(flags.keep);
  if (flags.keep !== undefined && size === undefined)
    throw usageError("notASize", words, { flag: "--keep", value: flags.keep });
  if (size === undefined && flags.unusedFor === undefined && flags.olderThan === undefined)
    throw usageError("noRule", words, { choices: "--keep, --unused-for, --older-than" });
  const opened = await openStored(context, flags);
  const { store, use, mirror, storeName } = opened;
  const kept = await pinned(context, opened, flags.keepFor);
  const globs = (args.pattern ?? []).join(",");
  const now = ports.clock.now().getTime();
  const before = (age: number | undefined): number | undefined => (age === undefined ? undefined : now - age);
  const mayGo: PruneRules["mayGo"] = ({ path, version }) => {
    if (globs !== "" && !matchPrefixPatterns(globs, path)) return "nothing";
    const wanted = kept.get(`${path}@${version}`);
    return wanted === undefined ? "all" : wanted.zip ? "nothing" : "zip";
  };
  const rules = { size, unusedSince: before(flags.unusedFor), storedBefore: before(flags.olderThan), mayGo };
  const { versions } = await readInventory(store);
  const plan = planPrune(prunables(versions, use), rules);
  if (!globals.dryRun) await applyPrune(store, mirror.database.name, plan, ports.signal);
  return {
    data: json({ store: storeName, ...(globals.dryRun ? { plan } : plan) }),
    text: (t) => describe(plan, size, storeName, globals.dryRun, t),
  };
}
