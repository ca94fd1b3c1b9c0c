import { formatBytes } from "../../core/format-bytes.ts";
import { tableLines, type Translator } from "../../i18n/index.ts";
import { listStore, type ListedVersion } from "../../mirror/index.ts";
import type { CommandContext } from "../context.ts";
import { openStored } from "../mirror-job.ts";
import { inertData } from "../render/printable.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

function usedText(dates: readonly (string | undefined)[], t: Translator): string {
  const date = dates
    .filter((each) => each !== undefined)
    .toSorted()
    .at(-1)
    ?.slice(0, 10);
  return date === undefined ? t.text("mirror.list.unused") : t.text("mirror.list.used", { date });
}

function versionRow(each: ListedVersion, t: Translator): string[] {
  const size = each.zip ? formatBytes(each.bytes) : t.text("mirror.modOnly");
  const proven = each.proven === "" ? t.text("mirror.list.unproven") : each.proven;
  return [each.path, each.version, size, proven, usedText([each.lastUsed], t)];
}

function moduleRow(path: string, versions: readonly ListedVersion[], t: Translator): string[] {
  const bytes = versions.reduce((sum, each) => sum + each.bytes, 0);
  const count = t.text("mirror.list.versions", { count: versions.length });
  return [
    path,
    count,
    formatBytes(bytes),
    usedText(
      versions.map((each) => each.lastUsed),
      t,
    ),
  ];
}

export async function run(
  context: CommandContext,
  { args, flags }: Input<"module mirror list">,
): Promise<CommandResult> {
  const { store, use, storeName } = await openStored(context, flags);
  const unusedSince =
    flags.unusedFor === undefined ? undefined : new Date(context.ports.clock.now().getTime() - flags.unusedFor);
  const versions = await listStore(store, use, { patterns: args.pattern ?? [], unusedSince });
  const bytes = versions.reduce((sum, each) => sum + each.bytes, 0);
  const modules = Map.groupBy(versions, (each) => each.path);
  return {
    data: json({ store: storeName, modules: modules.size, bytes, versions }),
    text: (t) => {
      if (versions.length === 0) return t.text("mirror.list.none", { store: storeName });
      const rows = flags.versions
        ? inertData(versions).map((each) => versionRow(each, t))
        : [...modules].map(([path, group]) => moduleRow(path, group, t));
      const total = { modules: modules.size, versions: versions.length, size: formatBytes(bytes), store: storeName };
      return [...tableLines(rows), t.text("mirror.list.total", total)].join("\n");
    },
  };
}
