import { formatBytes } from "../../core/format-bytes.ts";
import { applySync, planSync } from "../../mirror/index.ts";
import type { CommandContext } from "../context.ts";
import { goModFiles, incomplete, openMirror, readSources, storeUrl, toolchainSource } from "../mirror-job.ts";
import { syncPlanLines, troubleLines } from "../render/mirror.ts";
import { chooseStyle } from "../render/style.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

export async function run(
  context: CommandContext,
  { args, flags }: Input<"module mirror sync">,
): Promise<CommandResult> {
  const { ports, flags: globals, t, streams } = context;
  const opened = await openMirror(context, flags);
  const { store, mirror, storeName } = opened;
  try {
    const toolchains = await toolchainSource(context, opened, flags.go, flags.platform);
    const names = args.source ?? [];
    const named = names.length === 0 && toolchains.length === 0 ? ["."] : names;
    const sources = [...(await readSources(context, opened, named)), ...toolchains];
    const step = "mirror-graph";
    const started = ports.clock.monotonic();
    ports.progress.emit({ type: "step-start", step });
    const reader = goModFiles(context, opened);
    const plan = await planSync(sources, { store, reader, wholeGraph: flags.wholeGraph, troubles: reader.troubles });
    ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
    if (globals.dryRun)
      return {
        data: json({ store: storeName, plan }),
        ...incomplete(plan.refused),
        text: (_, style) => [...syncPlanLines(plan, storeName, t, style), t.text("kit.build.plan.nothing")].join("\n"),
      };
    if (!globals.json) {
      const style = chooseStyle(globals.color, streams.stderr, ports.env);
      streams.stderr.write(`${syncPlanLines(plan, storeName, t, style).join("\n")}\n`);
    }
    const result = await applySync(ports, plan, { store, mirror, parallel: flags.jobs ?? 8 });
    const problem = incomplete([...plan.refused, ...result.failed]);
    return {
      data: json({ store: storeName, plan, ...result }),
      ...problem,
      text: (_, style) => {
        const { fetched, bytes, records, failed } = result;
        const done = { count: fetched, size: formatBytes(bytes), records, store: storeName };
        return [
          t.text("mirror.synced", done),
          ...troubleLines(failed, t, style),
          ...(problem === undefined ? [t.text("mirror.use", { url: storeUrl(storeName) })] : []),
        ].join("\n");
      },
    };
  } finally {
    await opened.close();
  }
}
