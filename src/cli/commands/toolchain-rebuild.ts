import { platformText, toolchainName } from "../../core/go-version.ts";
import { REBUILT_UNMATCHED } from "../../core/toolchain-words.ts";
import {
  chooseBootstrap,
  demandRebuildable,
  isMatched,
  otherBootstrap,
  provenToolchain,
  rebuildToolchain,
  storeRebuilt,
} from "../../rebuild/index.ts";
import { withLock } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { readPlatform, readSelector, toolchainHome } from "../toolchain-job.ts";
import { openSupply, resolveVersion } from "../toolchain-sources.ts";

export async function run(context: CommandContext, input: Input<"toolchain rebuild">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const { flags, args } = input;
  const selector = readSelector(args.version);
  const platform = readPlatform(context, flags.platform);
  const layout = await toolchainHome(context);
  const supply = await openSupply(context, layout, { sources: [] });
  const version = await resolveVersion(supply, args.version, selector, ports.platform);
  const release = { version, platform };
  demandRebuildable(release);
  const host = { version, platform: ports.platform };
  const name = toolchainName(release);
  const bootstrapText = flags.bootstrap ?? version;
  if (globals.dryRun) {
    const plan = {
      name,
      source: toolchainName(host),
      bootstrap: bootstrapText,
      twice: flags.twice,
      reference: flags.reference ?? null,
    };
    return {
      data: json({ plan }),
      text: (t) =>
        [
          t.text("toolchain.rebuild.plan", { name, source: plan.source, bootstrap: bootstrapText }),
          t.text("kit.build.plan.nothing"),
        ].join("\n"),
    };
  }
  const source = await provenToolchain(ports, layout, supply, host);
  const bootstrap =
    flags.bootstrap === undefined ? source : await chooseBootstrap(ports, layout, supply, release, flags.bootstrap);
  const second = flags.twice
    ? ((await otherBootstrap(ports, layout, supply, release, bootstrap)) ?? bootstrap)
    : undefined;
  const options = {
    work: layout.work,
    source,
    bootstrap,
    records: supply.records,
    ...(flags.reference === undefined ? {} : { reference: flags.reference }),
    ...(second === undefined ? {} : { second }),
  };
  const { rebuilt, record } = await withLock(
    layout.lock(`toolchain-${name}`),
    () =>
      rebuildToolchain(ports, release, options, async (made) => ({
        rebuilt: made,
        record: await storeRebuilt(ports, layout, made),
      })),
    { purpose: `toolchain rebuild ${version}`, wait: 600_000, signal: ports.signal },
  );
  const { match, h1, published } = rebuilt;
  const label = isMatched(match) ? "rebuilt" : REBUILT_UNMATCHED;
  const names = { source: toolchainName(source.release), bootstrap: toolchainName(bootstrap.release) };
  return {
    data: json({
      version,
      platform: platformText(platform),
      name,
      h1,
      published: published ?? null,
      trust: label,
      match,
      source: { name: names.source, h1: source.h1 },
      bootstrap: { name: names.bootstrap, h1: bootstrap.h1 },
      stored: { trust: record.trust, h1: record.h1 },
      files: rebuilt.files.length,
    }),
    text: (t, style) =>
      [
        style.bold(t.text("toolchain.rebuilt", { name, ...names })),
        t.text(`toolchain.rebuilt.${match.kind}`, {
          h1,
          published: published ?? "–",
          stripped: match.kind === "reference" ? match.signaturesStripped : 0,
          second: match.kind === "second-rebuild" ? toolchainName(match.bootstrap.release) : "",
        }),
        label === REBUILT_UNMATCHED
          ? style.yellow(t.text("toolchain.rebuilt.label", { label }))
          : t.text("toolchain.rebuilt.label", { label }),
        ...(record.h1 === h1 ? [] : [t.text("toolchain.rebuilt.kept", { trust: record.trust })]),
      ].join("\n"),
  };
}
