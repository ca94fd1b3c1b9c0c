import { realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import type { PinFile } from "../../core/toolchain-words.ts";
import { nearestFile, pinInText } from "../../goroot/index.ts";
import { writeFileAtomic } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseInstalled, lookAtHome, readSelector } from "../toolchain-job.ts";

/** The file that a pin goes to: the nearest of its kind, else a new one beside go.mod, else here. go.mod itself is never made. */
async function target(cwd: string, file: PinFile): Promise<{ readonly path: string; readonly text: string }> {
  const found = await nearestFile(cwd, file === "mise.toml" ? ["mise.toml", ".mise.toml"] : [file]);
  if (found !== undefined) return found;
  const mod = await nearestFile(cwd, ["go.mod"]);
  if (file === "go.mod") throw new MedkitError("TOOLCHAIN_PIN_UNFIT", { version: "", problem: "@pin.noGoMod", go: "" });
  return { path: join(mod === undefined ? cwd : dirname(mod.path), file), text: "" };
}

export async function run(context: CommandContext, input: Input<"toolchain pin">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const { flags, args } = input;
  const selector = readSelector(args.version);
  // A pin names one release. `1.22` and `latest` are resolved among what is installed: that one was tried.
  const version =
    selector.kind === "exact"
      ? selector.version
      : (await chooseInstalled(await lookAtHome(context), args.version, ports.platform)).stored.version;
  const file = flags.in ?? "go.mod";
  const { path, text } = await target(ports.cwd, file);
  const pinned = pinInText(file, text, version);
  const changed = pinned !== text;
  if (changed && !globals.dryRun) {
    const mode = (await stat(path).catch(() => undefined))?.mode;
    // A file that is a link stays one: what it leads to is written.
    const real = mode === undefined ? path : await realpath(path);
    await writeFileAtomic(real, pinned, mode === undefined ? {} : { mode: mode & 0o777 });
  }
  return {
    data: json({ version, file: path, changed, dryRun: globals.dryRun }),
    text: (t) =>
      [
        ...(selector.kind === "exact" ? [] : [t.text("toolchain.meant", { typed: args.version, version })]),
        t.text(globals.dryRun ? "toolchain.pin.plan" : changed ? "toolchain.pinned" : "toolchain.pinned.before", {
          version,
          path,
        }),
        ...(globals.dryRun ? [t.text("kit.build.plan.nothing")] : []),
      ].join("\n"),
  };
}
