import { formatBytes } from "../../core/format-bytes.ts";
import { inspectKit, locateKit, type KitListing } from "../../kit/index.ts";
import type { Translator } from "../../i18n/index.ts";
import type { CommandContext } from "../context.ts";
import type { Style } from "../render/style.ts";
import { inertData } from "../render/printable.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

function describe({ manifest, areas }: KitListing, t: Translator, style: Style): string {
  const section = (title: string, rows: readonly string[]): string[] => [
    style.bold(title),
    ...rows.map((row) => `  ${row}`),
    "",
  ];
  const zips = manifest.modules.filter((module) => module.h1 !== undefined).length;
  const named = new Set(manifest.moduleSets.flatMap((set) => set.named));
  const size = /\n(\d+)\n/.exec(manifest.checksumDatabase.head)?.[1] ?? "?";
  const lines = [
    style.bold(
      t.text("kit.inspect.title", {
        name: manifest.name,
        version: manifest.version,
        created: manifest.created,
        tool: manifest.madeBy.tool,
      }),
    ),
    "",
    ...section(
      t.text("kit.inspect.toolchains"),
      manifest.toolchains.map(
        (item) => `go${item.version} ${item.platform}  ${item.h1}  (${item.source}, ${item.verifiedBy})`,
      ),
    ),
    ...section(t.text("kit.inspect.modules"), [
      t.text("kit.inspect.moduleCount", { zips, mods: manifest.modules.length - zips, named: named.size }),
      ...[...named].toSorted(),
    ]),
    ...section(
      t.text("kit.inspect.caches"),
      manifest.caches.map(
        (item) =>
          `go${item.goVersion} ${item.platform}  ${item.entries}  ${formatBytes(item.bytes)}${item.cgo ? `  cgo, ${item.compiler ?? ""}` : ""}`,
      ),
    ),
    ...section(
      t.text("kit.inspect.tools"),
      manifest.tools.length === 0
        ? [t.text("kit.inspect.noTool")]
        : manifest.tools.map(
            (item) =>
              `medkit ${item.version}  ${item.platform}  ${item.libc ?? ""}  ${item.runtime}  ${formatBytes(item.bytes)}`,
          ),
    ),
    ...section(t.text("kit.inspect.database"), [
      t.text("kit.inspect.head", { name: manifest.checksumDatabase.name, size }),
    ]),
    ...section(
      t.text("kit.inspect.areas"),
      [...areas].map(
        ([name, area]) =>
          `${name.padEnd(14)} ${formatBytes(area.bytes).padStart(9)}  ${t.text("kit.inspect.files", { files: area.files })}`,
      ),
    ),
  ];
  if (manifest.withoutLicence.length > 0)
    lines.push(t.text("kit.inspect.withoutLicence", { list: manifest.withoutLicence.join(", ") }), "");
  return [...lines, style.dim(t.text("kit.inspect.unproven"))].join("\n");
}

export async function run(_: CommandContext, input: Input<"kit inspect">): Promise<CommandResult> {
  const listing = await inspectKit(await locateKit(input.args.path));
  return {
    data: json({ manifest: listing.manifest, areas: Object.fromEntries(listing.areas) }),
    text: (t, style) =>
      describe({ manifest: inertData(listing.manifest), areas: new Map(inertData([...listing.areas])) }, t, style),
  };
}
