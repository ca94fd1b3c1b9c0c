import { MedkitError } from "../../core/errors.ts";
import { meetsTrust } from "../../core/evidence.ts";
import { formatBytes } from "../../core/format-bytes.ts";
import { platformText, toolchainName, type Platform } from "../../core/go-version.ts";
import {
  demandLocked,
  findStored,
  LOCK_FILE,
  nearestFile,
  parseLock,
  repairStore,
  withStoreLock,
} from "../../goroot/index.ts";
import type { Translator } from "../../i18n/index.ts";
import { withLock } from "../../state/index.ts";
import { obtainToolchain, type Delivery, type Demand, proofOf } from "../../toolchain/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { readPlatform, readSelector, toolchainHome } from "../toolchain-job.ts";
import { openSupply, resolveVersion } from "../toolchain-sources.ts";
import { evidenceLines, openTrust } from "../trust-job.ts";
import { demandedTrust } from "../trust-policy.ts";

/** What the project's medkit.lock has against a hash, where there is one. */
export async function lockedHash(
  context: CommandContext,
  version: string,
  platform: Platform,
): Promise<((h1: string) => void) | undefined> {
  const file = await nearestFile(context.ports.cwd, [LOCK_FILE]);
  if (file === undefined) return undefined;
  const lock = parseLock(file.text, file.path);
  return (h1) => demandLocked(lock, { version, platform: platformText(platform), h1 });
}

/** Every source that was asked or left out, in order; the last one gave it. None where it was in the store. */
function sourcesAsked(delivery: Delivery | undefined): readonly object[] {
  if (delivery === undefined) return [];
  return [...delivery.refused.map((each) => ({ ...each, gave: false })), { source: delivery.by, gave: true }];
}

function downloadFacts({ done, resumed, parts }: NonNullable<Delivery["download"]>): object {
  return { bytes: done, resumed, parts };
}

function deliveryLines(delivery: Delivery | undefined, t: Translator): readonly string[] {
  const { download, refused = [] } = delivery ?? {};
  return [
    ...refused.map(({ source, reason }) => t.text("toolchain.install.refused", { source, reason })),
    ...(download === undefined || download.resumed === 0
      ? []
      : [
          t.text("toolchain.install.resumed", {
            resumed: formatBytes(download.resumed),
            total: formatBytes(download.done),
          }),
        ]),
  ];
}

export async function run(context: CommandContext, input: Input<"toolchain install">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const { flags, args } = input;
  const selector = readSelector(args.version);
  const platform = readPlatform(context, flags.platform);
  const minimum = await demandedTrust(context, flags.trust);
  if (!meetsTrust("checksum-database", minimum))
    throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: minimum, has: "checksum-database" });
  const layout = await toolchainHome(context);
  const supply = await openSupply(context, layout, { sources: flags.source });
  const version = await resolveVersion(supply, args.version, selector, platform);
  const name = toolchainName({ version, platform });
  const stored = await findStored(layout, version, platform);
  // What is only linked becomes medkit's own.
  const before = stored?.record?.linked === undefined ? stored : undefined;
  const facts = { typed: args.version, version, platform: platformText(platform), name };
  const meant = selector.kind === "exact" ? [] : [{ typed: args.version, version }];
  if (globals.dryRun) {
    const sources = supply.sources.map((source) => source.kind);
    return {
      data: json({ plan: { ...facts, minimum, sources, installed: before !== undefined } }),
      text: (t) =>
        [
          ...meant.map((each) => t.text("toolchain.meant", each)),
          t.text(before === undefined ? "toolchain.install.plan" : "toolchain.install.plan.again", {
            name,
            sources: sources.join(", "),
          }),
          t.text("toolchain.install.plan.trust", { minimum }),
          t.text("kit.build.plan.nothing"),
        ].join("\n"),
    };
  }
  const demandHash = await lockedHash(context, version, platform);
  const trust = await openTrust(context, layout, flags, minimum);
  await withStoreLock(layout, "toolchain install", async () => void (await repairStore(layout)));
  const demand: Demand = {
    minimum,
    databaseName: supply.database.databaseName,
    examine: trust.examine,
    examineAlways: trust.named,
    ...(demandHash === undefined ? {} : { demandHash }),
  };
  // Whoever installs the same one at the same time waits, and then finds it there.
  const obtained = await withLock(
    layout.lock(`toolchain-${name}`),
    () =>
      obtainToolchain(
        ports,
        { version, platform },
        { layout, database: supply.records, sources: supply.sources, liars: supply.liars, demand },
      ),
    { purpose: `toolchain install ${version}`, wait: 600_000, signal: ports.signal },
  );
  const { h1, source, goroot, evidence, record, delivery } = obtained;
  return {
    data: json({
      ...facts,
      h1,
      source,
      goroot,
      alreadyInstalled: before !== undefined,
      trust: obtained.trust,
      evidence,
      proof: record === undefined ? null : proofOf(record),
      sources: sourcesAsked(delivery),
      download: delivery?.download === undefined ? null : downloadFacts(delivery.download),
    }),
    text: (t, style) =>
      [
        ...meant.map((each) => t.text("toolchain.meant", each)),
        style.bold(
          t.text(before === undefined ? "toolchain.installed" : "toolchain.installed.before", { name, source }),
        ),
        ...deliveryLines(delivery, t),
        ...(record === undefined
          ? []
          : [t.text("toolchain.proven", { h1, record: record.recordId, size: record.treeSize })]),
        ...evidenceLines(
          evidence.filter((each) => record === undefined || each.level !== "checksum-database"),
          t,
        ),
        ...(obtained.trust === "checksum-database"
          ? []
          : [style.yellow(t.text("evidence.reached", { trust: obtained.trust }))]),
        t.text("toolchain.install.next", { version }),
      ].join("\n"),
  };
}
