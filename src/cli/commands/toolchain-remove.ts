import { MedkitError } from "../../core/errors.ts";
import { readCurrent, readSystemRecord, removeStored, repairStore, withStoreLock } from "../../goroot/index.ts";
import { withLock, type Layout } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseInstalled, readPlatform, toolchainHome } from "../toolchain-job.ts";

/** Names of the store that somebody stands on: the user by `current`, everybody by the system's places. */
export async function namesInUse(layout: Layout): Promise<ReadonlySet<string>> {
  const names = [(await readCurrent(layout))?.name, (await readSystemRecord(layout))?.name];
  return new Set(names.filter((name) => name !== undefined));
}

export async function run(context: CommandContext, input: Input<"toolchain remove">): Promise<CommandResult> {
  const { flags, args } = input;
  const { dryRun } = context.flags;
  const platform = readPlatform(context, flags.platform);
  const layout = await toolchainHome(context);
  const demandFree = async (name: string, version: string): Promise<void> => {
    if ((await namesInUse(layout)).has(name)) throw new MedkitError("TOOLCHAIN_IN_USE", { version, name });
  };
  const { stored, resolved, typed } = await chooseInstalled(layout, args.version, platform);
  if (dryRun) await demandFree(stored.name, stored.version);
  else {
    // Not while it is being installed or proven, and not while somebody switches to it.
    await withLock(
      layout.lock(`toolchain-${stored.name}`),
      () =>
        withStoreLock(layout, "toolchain remove", async () => {
          await repairStore(layout);
          await demandFree(stored.name, stored.version);
          await removeStored(layout, stored.name);
        }),
      { purpose: `toolchain remove ${stored.version}`, wait: 15_000, signal: context.ports.signal },
    );
  }
  return {
    data: json({ name: stored.name, version: stored.version, removed: !dryRun }),
    text: (t) =>
      [
        ...(resolved ? [t.text("toolchain.meant", { typed, version: stored.version })] : []),
        t.text(dryRun ? "toolchain.remove.plan" : "toolchain.removed", { name: stored.name }),
        ...(dryRun ? [t.text("kit.build.plan.nothing")] : []),
      ].join("\n"),
  };
}
