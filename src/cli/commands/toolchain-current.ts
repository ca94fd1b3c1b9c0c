import { MedkitError } from "../../core/errors.ts";
import { gatherPins, judgePins, readCurrent, type JudgedPin } from "../../goroot/index.ts";
import type { CommandContext } from "../context.ts";
import { inertData } from "../render/printable.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import type { Translator } from "../../i18n/index.ts";
import { chooseUsable, lookAtHome, type Chosen } from "../toolchain-job.ts";

function pinLine(pin: JudgedPin, t: Translator): string {
  const mark = pin.state === "chosen" ? "*" : " ";
  const wish = pin.kind === "minimum" ? `≥ ${pin.version}` : pin.version;
  return `${mark} ${pin.place.padEnd(15)} ${wish.padEnd(12)} ${t.text(`toolchain.pin.${pin.state}`)}  ${pin.where === pin.place ? "" : pin.where}`.trimEnd();
}

export async function run(context: CommandContext, input: Input<"toolchain current">): Promise<CommandResult> {
  const { ports } = context;
  const layout = await lookAtHome(context);
  const current = await readCurrent(layout);
  const pins = judgePins(await gatherPins(ports.cwd, ports.env, current?.version));
  const decides = pins.find((pin) => pin.state === "chosen");
  if (decides === undefined && !input.flags.explain) throw new MedkitError("TOOLCHAIN_NONE_CHOSEN");
  let chosen: Chosen | undefined;
  let problem: MedkitError | undefined;
  try {
    if (decides !== undefined) chosen = await chooseUsable(layout, decides.version, ports.platform);
    else problem = new MedkitError("TOOLCHAIN_NONE_CHOSEN");
  } catch (error) {
    if (!(error instanceof MedkitError)) throw error;
    problem = error;
  }
  const { explain } = input.flags;
  return {
    data: json({
      version: chosen?.stored.version ?? decides?.version ?? null,
      place: decides?.place ?? null,
      where: decides?.where ?? null,
      installed: chosen !== undefined,
      goroot: chosen?.stored.goroot ?? null,
      ...(explain ? { pins } : {}),
    }),
    ...(problem === undefined ? {} : { problem }),
    text: (t, style) => {
      const lines: string[] = [];
      if (decides !== undefined) {
        const version = chosen?.stored.version ?? decides.version;
        lines.push(style.bold(t.text("toolchain.current", { version, place: decides.place })));
      }
      if (explain) lines.push(...inertData(pins).map((pin) => pinLine(pin, t)));
      if (explain && pins.length === 0) lines.push(t.text("toolchain.pin.none"));
      return lines.join("\n");
    },
  };
}
