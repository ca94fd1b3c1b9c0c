import { delimiter, join } from "node:path";
import { repairStore, switchCurrent, withStoreLock } from "../../goroot/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseInstalled, lookAtHome, openToolchainHome } from "../toolchain-job.ts";

export async function run(context: CommandContext, input: Input<"toolchain use">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const { args } = input;
  const layout = globals.dryRun ? await lookAtHome(context) : await openToolchainHome(context);
  const choose = (): ReturnType<typeof chooseInstalled> => chooseInstalled(layout, args.version, ports.platform);
  // Chosen under the lock: what is switched to is not being removed.
  const chosen = globals.dryRun
    ? await choose()
    : await withStoreLock(layout, "toolchain use", async () => {
        await repairStore(layout);
        const found = await choose();
        await switchCurrent(layout, found.stored);
        return found;
      });
  const { stored, typed, resolved } = chosen;
  const bin = join(layout.current, "bin");
  const onPath = (ports.env["PATH"] ?? "").split(delimiter).includes(bin);
  return {
    data: json({
      version: stored.version,
      goroot: stored.goroot,
      link: layout.current,
      bin,
      onPath,
      dryRun: globals.dryRun,
    }),
    text: (t, style) =>
      [
        ...(resolved ? [t.text("toolchain.meant", { typed, version: stored.version })] : []),
        globals.dryRun
          ? t.text("toolchain.use.plan", { link: layout.current, goroot: stored.goroot })
          : style.bold(t.text("toolchain.used", { version: stored.version, link: layout.current })),
        ...(onPath ? [] : [style.yellow(t.text("toolchain.use.path", { bin }))]),
        ...(globals.dryRun ? [t.text("kit.build.plan.nothing")] : []),
      ].join("\n"),
  };
}
