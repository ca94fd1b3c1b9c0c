import { lookAhead, syncVulndb } from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { openVulnSource, planVulndb } from "../vulndb-job.ts";

export async function run(context: CommandContext, input: Input<"proxy vulndb sync">): Promise<CommandResult> {
  const { ports, t } = context;
  const { flags, args } = input;
  const plan = await planVulndb(context, flags, args.source);
  const { folder } = plan;
  await using source = await openVulnSource(context, plan);
  if (context.flags.dryRun) {
    const { added, changed, gone, older, same, unread } = await lookAhead(folder, source);
    const counts = {
      added: added.length,
      changed: changed.length,
      gone: gone.length,
      older: older.length,
      same: same.length,
      unread: unread.length,
    };
    return {
      data: json({ plan: { folder, source: source.name, ...counts } }),
      text: () =>
        [
          t.text("proxy.vulndb.plan", { folder, source: source.name, ...counts }),
          t.text("kit.build.plan.nothing"),
        ].join("\n"),
    };
  }
  const { facts, snapshot, added, changed, gone, unchanged } = await syncVulndb(ports, folder, source, flags);
  const { entries, modified, proven } = facts;
  return {
    data: json({ folder, snapshot: snapshot.id, added, changed, gone, unchanged, ...facts }),
    text: () =>
      [
        unchanged
          ? t.text("proxy.vulndb.unchanged", { folder, entries, modified })
          : t.text("proxy.vulndb.synced", { folder, entries, modified, added, changed, source: facts.source }),
        ...(proven === undefined ? [] : [t.text("proxy.vulndb.proven", { proven })]),
      ].join("\n"),
  };
}
