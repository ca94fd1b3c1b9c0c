import { printablePath } from "../archive/index.ts";
import { findGoroots, type FoundGos } from "../goroot/index.ts";
import type { Translator } from "../i18n/index.ts";
import { platformText } from "../core/go-version.ts";
import type { Layout } from "../state/index.ts";
import type { CommandContext } from "./context.ts";
import { moduleCacheOf } from "./go-folders.ts";
import type { Style } from "./render/style.ts";

/** Every Go of this host that others have installed. Starts nothing. */
export async function foundGos({ ports }: CommandContext, layout: Layout): Promise<FoundGos> {
  const { env, platform } = ports;
  return findGoroots({ env, host: platform, moduleCache: await moduleCacheOf(env), store: layout.toolchains });
}

/** What `toolchain list --found` prints of them. */
export function foundLines({ found, unusable, leftOff }: FoundGos, t: Translator, style: Style): readonly string[] {
  const lines = [style.bold(t.text("toolchain.list.found"))];
  for (const each of found) {
    const makers = each.makers.join(", ");
    lines.push(
      `  ${each.version.padEnd(10)} ${platformText(each.platform).padEnd(14)} ${printablePath(each.path)} (${makers})`,
    );
    const names = new Set([...(each.realPath === each.path ? [] : [each.realPath]), ...each.alsoAt]);
    for (const name of names) lines.push(`  ${"".padEnd(25)} = ${printablePath(name)}`);
  }
  if (found.length === 0) lines.push(`  ${t.text("toolchain.list.found.none")}`);
  for (const { path, maker, problem } of unusable)
    lines.push(style.dim(`  - ${printablePath(path)} (${maker}): ${t.text(`toolchain.found.${problem}`)}`));
  if (leftOff > 0) lines.push(t.text("toolchain.list.found.leftOff", { count: leftOff }));
  return lines;
}

/** The same as plain data. */
export function foundData({ found, unusable, leftOff }: FoundGos): object {
  return { found: found.map((each) => ({ ...each, platform: platformText(each.platform) })), unusable, leftOff };
}
