import {
  gatherPins,
  listStored,
  planPrune,
  removeStored,
  repairStore,
  resolveSelector,
  withStoreLock,
} from "../../goroot/index.ts";
import { dropPartials } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { readSelector, toolchainHome } from "../toolchain-job.ts";
import { namesInUse } from "./toolchain-remove.ts";

export async function run(context: CommandContext, input: Input<"toolchain prune">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const keep = input.flags.keep.map((text) => readSelector(text));
  const layout = await toolchainHome(context);
  const plan = async (): Promise<readonly string[]> => {
    const stored = await listStored(layout);
    const versions = stored.map((each) => each.version);
    const pins = await gatherPins(ports.cwd, ports.env, undefined);
    const asked = [...keep.map((selector) => resolveSelector(selector, versions)), ...pins.map((pin) => pin.version)];
    const wanted = new Set(asked.filter((version) => version !== undefined));
    return planPrune(stored, await namesInUse(layout), wanted).map((each) => each.name);
  };
  const drop = () => dropPartials(layout, { all: true, dryRun: globals.dryRun });
  const [removed, downloads] = globals.dryRun
    ? [await plan(), await drop()]
    : await withStoreLock(layout, "toolchain prune", async () => {
        await repairStore(layout);
        const names = await plan();
        for (const name of names) {
          ports.signal.throwIfAborted();
          await removeStored(layout, name);
        }
        return [names, await drop()];
      });
  return {
    data: json({ ...(globals.dryRun ? { plan: removed } : { removed }), downloads: downloads.length }),
    text: (t) => {
      if (removed.length === 0 && downloads.length === 0) return t.text("toolchain.prune.none");
      const key = globals.dryRun ? "toolchain.remove.plan" : "toolchain.removed";
      return [
        ...removed.map((name) => t.text(key, { name })),
        ...(downloads.length === 0
          ? []
          : [
              t.text(globals.dryRun ? "toolchain.prune.downloads.plan" : "toolchain.prune.downloads", {
                count: downloads.length,
              }),
            ]),
        ...(globals.dryRun ? [t.text("kit.build.plan.nothing")] : []),
      ].join("\n");
    },
  };
}
