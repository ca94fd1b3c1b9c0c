import { dirname, join } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import { platformText } from "../../core/go-version.ts";
import {
  demandLocked,
  formatLock,
  gatherPins,
  judgePins,
  LOCK_FILE,
  nearestFile,
  parseLock,
  readCurrent,
  type LockedToolchain,
} from "../../goroot/index.ts";
import { writeFileAtomic, type Layout } from "../../state/index.ts";
import { toolchainModule, toolchainModuleVersion } from "../../toolchain/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { readPlatform, readSelector, toolchainHome } from "../toolchain-job.ts";
import { openSupply, resolveVersion } from "../toolchain-sources.ts";

/** The version that counts in this folder. TOOLCHAIN_NONE_CHOSEN. */
async function currentHere(context: CommandContext, layout: Layout): Promise<string> {
  const { ports } = context;
  const pins = judgePins(await gatherPins(ports.cwd, ports.env, (await readCurrent(layout))?.version));
  const decides = pins.find((pin) => pin.state === "chosen");
  if (decides === undefined) throw new MedkitError("TOOLCHAIN_NONE_CHOSEN");
  return decides.version;
}

export async function run(context: CommandContext, input: Input<"toolchain lock">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const layout = await toolchainHome(context);
  const typed = input.args.version ?? (await currentHere(context, layout));
  const selector = readSelector(typed);
  const found = await nearestFile(ports.cwd, [LOCK_FILE]);
  const before = found === undefined ? undefined : parseLock(found.text, found.path);
  const mod = await nearestFile(ports.cwd, ["go.mod"]);
  const path = found?.path ?? join(mod === undefined ? ports.cwd : dirname(mod.path), LOCK_FILE);
  // Without --platform those of the lock stay; of a new one, this host's.
  const wanted =
    input.flags.platform.length > 0 ? input.flags.platform : (before?.toolchains ?? []).map((each) => each.platform);
  const platforms = [...new Set(wanted.length > 0 ? wanted : [platformText(ports.platform)])].map((text) =>
    readPlatform(context, text),
  );
  const supply = await openSupply(context, layout, { sources: [] });
  const version = await resolveVersion(supply, typed, selector, ports.platform);
  const locked: LockedToolchain[] = [];
  for (const platform of platforms) {
    const { h1 } = await supply.records.lookup({
      path: toolchainModule,
      version: toolchainModuleVersion(version, platform),
    });
    const entry = { version, platform: platformText(platform), h1 };
    // The log never changes a record: another hash than before is no update.
    if (before !== undefined) demandLocked(before, entry);
    locked.push(entry);
  }
  const text = formatLock(locked);
  const changed = text !== found?.text;
  if (changed && !globals.dryRun) await writeFileAtomic(path, text);
  return {
    data: json({ file: path, version, toolchains: locked, changed, dryRun: globals.dryRun }),
    text: (t) =>
      [
        ...(selector.kind === "exact" ? [] : [t.text("toolchain.meant", { typed, version })]),
        t.text(globals.dryRun ? "toolchain.lock.plan" : changed ? "toolchain.locked" : "toolchain.locked.before", {
          path,
          version,
        }),
        ...locked.map((each) => `  ${each.platform.padEnd(14)} ${each.h1}`),
        ...(globals.dryRun ? [t.text("kit.build.plan.nothing")] : []),
      ].join("\n"),
  };
}
