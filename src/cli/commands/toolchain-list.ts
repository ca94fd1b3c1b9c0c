import { printablePath } from "../../archive/index.ts";
import { MedkitError } from "../../core/errors.ts";
import { platformText, versionsFor } from "../../core/go-version.ts";
import { evidenceOf, listStored, readCurrent } from "../../goroot/index.ts";
import type { Layout } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { inertData } from "../render/printable.ts";
import { foundData, foundGos, foundLines } from "../found-gos.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { lookAtHome, readPlatform } from "../toolchain-job.ts";

interface Available {
  readonly version: string;
  readonly from: string;
}

/** What can be installed for a platform, apart from what is. */
async function available(
  context: CommandContext,
  layout: Layout,
  input: Input<"toolchain list">,
): Promise<readonly Available[]> {
  const { flags } = input;
  const active = context.ports.env["MEDKIT_KIT"] ?? "";
  if (!flags.remote && flags.kit === undefined && active === "") return [];
  const { openSupply } = await import("../toolchain-sources.ts");
  const platform = readPlatform(context, flags.platform);
  const kits = flags.kit === undefined ? [] : [flags.kit];
  const supply = await openSupply(context, layout, { sources: flags.remote ? ["proxy"] : ["module-cache"], kits });
  const held = supply.kits.flatMap((kit) =>
    versionsFor(platform, kit.held).map((version): Available => ({ version, from: kit.path })),
  );
  if (!flags.remote) return held;
  if (context.flags.offline) throw new MedkitError("OFFLINE", { url: "GOPROXY" });
  const inKits = new Set(held.map((each) => each.version));
  const remote = (await supply.versions(platform)).filter((version) => !inKits.has(version));
  return [...held, ...remote.map((version) => ({ version, from: "proxy" }))];
}

export async function run(context: CommandContext, input: Input<"toolchain list">): Promise<CommandResult> {
  const { flags } = input;
  const layout = await lookAtHome(context);
  const [stored, current] = [await listStored(layout), await readCurrent(layout)];
  const wanted = flags.platform === undefined ? undefined : platformText(readPlatform(context, flags.platform));
  const installed = stored
    .filter((each) => wanted === undefined || platformText(each.platform) === wanted)
    .map((each) => ({
      name: each.name,
      version: each.version,
      platform: platformText(each.platform),
      goroot: each.goroot,
      current: each.name === current?.name,
      h1: each.record?.h1 ?? null,
      trust: each.record?.trust ?? null,
      source: each.record?.source ?? null,
      evidence: each.record === undefined ? [] : evidenceOf(each.record),
      linked: each.record?.linked?.target ?? null,
    }));
  const others = await available(context, layout, input);
  const seen = flags.found ? await foundGos(context, layout) : undefined;
  const found = seen && {
    ...seen,
    found: seen.found.filter((each) => wanted === undefined || platformText(each.platform) === wanted),
  };
  return {
    data: json({ installed, available: others, ...(found === undefined ? {} : foundData(found)) }),
    text: (t, style) => {
      const lines = [style.bold(t.text("toolchain.list.installed"))];
      for (const each of installed) {
        const line = `${each.current ? "*" : " "} ${each.version.padEnd(10)} ${each.platform.padEnd(14)} ${each.trust ?? t.text("toolchain.list.unproven")}${each.linked === null ? "" : t.text("toolchain.list.linked", { path: printablePath(each.linked) })}`;
        lines.push(each.current ? style.green(line) : line);
      }
      if (installed.length === 0) lines.push(`  ${t.text("toolchain.list.none")}`);
      if (others.length > 0 || flags.remote) {
        lines.push("", style.bold(t.text("toolchain.list.available")));
        for (const { version, from } of inertData(others)) lines.push(`  ${version.padEnd(10)} ${from}`);
      }
      if (found !== undefined) lines.push("", ...foundLines(found, t, style));
      return lines.join("\n");
    },
  };
}
