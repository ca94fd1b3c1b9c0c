import { lstat, realpath } from "node:fs/promises";
import { delimiter, join, sep } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import {
  hostExchange,
  listStored,
  readSystemRecord,
  repairStore,
  restoreSystem,
  switchCurrent,
  systemPlaces,
  useForSystem,
  type SystemPlaces,
  withStoreLock,
} from "../../goroot/index.ts";
import type { Layout } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseUsable, lookAtHome, openToolchainHome, toolchainHome } from "../toolchain-job.ts";
import { demandConfiguredTrust } from "../trust-policy.ts";
import { usageError } from "../usage.ts";

/** A tree at the system's place is moved aside by the first `--system`: what is linked from there would be gone. SYSTEM_GO_LINKED. */
async function demandNoneLinked(layout: Layout, { goroot }: SystemPlaces): Promise<void> {
  const facts = await lstat(goroot).catch(() => undefined);
  if (facts?.isDirectory() !== true) return;
  const real = await realpath(goroot);
  const linked = (await listStored(layout)).find((each) => `${each.goroot}${sep}`.startsWith(`${real}${sep}`));
  if (linked !== undefined)
    throw new MedkitError("SYSTEM_GO_LINKED", { path: goroot, name: linked.name, version: linked.version });
}

/** Takes back what `--system` did. */
async function restore(context: CommandContext): Promise<CommandResult> {
  const { dryRun } = context.flags;
  if (dryRun) {
    const paths = (await readSystemRecord(await lookAtHome(context)))?.before.map((each) => each.path) ?? [];
    return {
      data: json({ plan: paths }),
      text: (t) =>
        [...paths.map((path) => t.text("toolchain.system.plan", { path })), t.text("kit.build.plan.nothing")].join(
          "\n",
        ),
    };
  }
  const layout = await openToolchainHome(context);
  const restored = await withStoreLock(layout, "toolchain use --restore", () =>
    restoreSystem(layout, hostExchange(context.ports)),
  );
  return {
    data: json({ restored }),
    text: (t) => restored.map((path) => t.text("toolchain.system.restored", { path })).join("\n"),
  };
}

export async function run(context: CommandContext, input: Input<"toolchain use">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const { args, flags } = input;
  const { version } = args;
  if (flags.restore && version === undefined) return restore(context);
  if (version === undefined) throw usageError("missingArgument", ["toolchain", "use"], { argument: "VERSION" });
  if (flags.restore) throw usageError("extraArgument", ["toolchain", "use"], { input: version });
  const layout = await toolchainHome(context);
  const places = systemPlaces(ports.env["MEDKIT_SYSTEM_PREFIX"] || undefined);
  const choose = async (): ReturnType<typeof chooseUsable> => {
    const found = await chooseUsable(layout, version, ports.platform);
    await demandConfiguredTrust(context, found.stored);
    return found;
  };
  // Chosen under the lock: what is switched to is not being removed.
  const chosen = globals.dryRun
    ? await choose()
    : await withStoreLock(layout, "toolchain use", async () => {
        await repairStore(layout);
        const found = await choose();
        if (flags.system) {
          await demandNoneLinked(layout, places);
          await useForSystem(layout, found.stored, places, hostExchange(ports));
        }
        await switchCurrent(layout, found.stored);
        return found;
      });
  const { stored, typed, resolved } = chosen;
  const bin = join(layout.current, "bin");
  const onPath = (ports.env["PATH"] ?? "").split(delimiter).includes(bin);
  const links = [layout.current, ...(flags.system ? [places.goroot, places.command] : [])];
  return {
    data: json({
      version: stored.version,
      goroot: stored.goroot,
      link: layout.current,
      links,
      bin,
      onPath,
      dryRun: globals.dryRun,
    }),
    text: (t, style) =>
      [
        ...(resolved ? [t.text("toolchain.meant", { typed, version: stored.version })] : []),
        ...(globals.dryRun
          ? links.map((link) => t.text("toolchain.use.plan", { link, goroot: stored.goroot }))
          : [style.bold(t.text("toolchain.used", { version: stored.version, link: layout.current }))]),
        ...(flags.system && !globals.dryRun
          ? [t.text("toolchain.system.used", { goroot: places.goroot, command: places.command })]
          : []),
        ...(onPath ? [] : [style.yellow(t.text("toolchain.use.path", { bin }))]),
        ...(globals.dryRun ? [t.text("kit.build.plan.nothing")] : []),
      ].join("\n"),
  };
}
