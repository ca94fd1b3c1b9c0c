import { MedkitError } from "../../core/errors.ts";
import { platformText, toolchainName, type Platform } from "../../core/go-version.ts";
import { hasTrust } from "../../core/toolchain-words.ts";
import {
  demandLocked,
  findStored,
  LOCK_FILE,
  nearestFile,
  parseLock,
  repairStore,
  withStoreLock,
} from "../../goroot/index.ts";
import { withLock } from "../../state/index.ts";
import { acquireToolchain, toolchainModule, toolchainModuleVersion, type RecordSource } from "../../toolchain/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { readPlatform, readSelector, toolchainHome } from "../toolchain-job.ts";
import { openSupply, resolveVersion } from "../toolchain-sources.ts";

/** What an installed toolchain has been proven by: its tree's hash is in the checksum database. */
const trust = "checksum-database";

/** Where the project has a medkit.lock, the database has to say what it says, before anything is fetched. */
async function demandLock(
  context: CommandContext,
  records: RecordSource,
  version: string,
  platform: Platform,
): Promise<void> {
  const file = await nearestFile(context.ports.cwd, [LOCK_FILE]);
  if (file === undefined) return;
  const lock = parseLock(file.text, file.path);
  const { h1 } = await records.lookup({ path: toolchainModule, version: toolchainModuleVersion(version, platform) });
  demandLocked(lock, { version, platform: platformText(platform), h1 });
}

export async function run(context: CommandContext, input: Input<"toolchain install">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const { flags, args } = input;
  const selector = readSelector(args.version);
  const platform = readPlatform(context, flags.platform);
  if (flags.trust !== undefined && !hasTrust(trust, flags.trust))
    throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: flags.trust, has: trust });
  const layout = await toolchainHome(context);
  const supply = await openSupply(context, layout, { sources: flags.source });
  const version = await resolveVersion(supply, args.version, selector, platform);
  const name = toolchainName({ version, platform });
  const before = await findStored(layout, version, platform);
  const facts = { typed: args.version, version, platform: platformText(platform), name, trust };
  const meant = selector.kind === "exact" ? [] : [{ typed: args.version, version }];
  if (globals.dryRun) {
    const sources = supply.sources.map((source) => source.kind);
    return {
      data: json({ plan: { ...facts, sources, installed: before !== undefined } }),
      text: (t) =>
        [
          ...meant.map((each) => t.text("toolchain.meant", each)),
          t.text(before === undefined ? "toolchain.install.plan" : "toolchain.install.plan.again", {
            name,
            sources: sources.join(", "),
          }),
          t.text("kit.build.plan.nothing"),
        ].join("\n"),
    };
  }
  await demandLock(context, supply.records, version, platform);
  await withStoreLock(layout, "toolchain install", async () => void (await repairStore(layout)));
  // Whoever installs the same one at the same time waits, and then finds it there.
  const toolchain = await withLock(
    layout.lock(`toolchain-${name}`),
    () => acquireToolchain(ports, { version, platform }, { layout, database: supply.records, sources: supply.sources }),
    { purpose: `toolchain install ${version}`, wait: 600_000, signal: ports.signal },
  );
  const { h1, source, goroot, evidence } = toolchain;
  return {
    data: json({ ...facts, h1, source, goroot, alreadyInstalled: before !== undefined, evidence }),
    text: (t, style) =>
      [
        ...meant.map((each) => t.text("toolchain.meant", each)),
        style.bold(
          t.text(before === undefined ? "toolchain.installed" : "toolchain.installed.before", { name, source }),
        ),
        t.text("toolchain.proven", { h1, record: evidence.recordId, size: evidence.treeSize }),
        t.text("toolchain.install.next", { version }),
      ].join("\n"),
  };
}
