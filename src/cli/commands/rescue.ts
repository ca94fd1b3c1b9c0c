import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { MedkitError } from "../../core/errors.ts";
import { endBySignal } from "../../core/pass-through.ts";
import { present } from "../../core/present.ts";
import { rescue, undoLast } from "../../rescue/index.ts";
import { writeFileAtomic } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { chooseStyle } from "../render/style.ts";
import { inertData, printableLine } from "../render/printable.ts";
import { eventLine, rescueText } from "../render/rescue.ts";
import { homeOrNone, rescueKit, sameOutput } from "../rescue-job.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { usageError } from "../usage.ts";
import { version } from "../version.ts";

async function undo(context: CommandContext): Promise<CommandResult> {
  const root = join(await context.home(), "rescue");
  const undone = await undoLast(root);
  if (undone === undefined) throw new MedkitError("RESCUE_NOTHING_TO_UNDO", { path: root });
  const { restored, kept, command, id } = undone;
  return {
    data: json(undone),
    ...(kept.length === 0 ? {} : { exit: 3 }),
    text: (t) =>
      [
        t.text("rescue.undone", { command: command.join(" ") }),
        ...restored.map((path) => `  ${t.text("rescue.undone.restored", { path })}`),
        ...kept.map((path) => `  ${t.text("rescue.undone.kept", { path, copies: join(root, id, "copies") })}`),
      ].join("\n"),
  };
}

async function ask(context: CommandContext): Promise<boolean> {
  if (!context.mayAsk) return false;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(?:y|yes|是)$/i.test((await reader.question(`${context.t.text("rescue.repeat")} `)).trim());
  } finally {
    reader.close();
  }
}

export async function run(context: CommandContext, input: Input<"rescue">): Promise<CommandResult> {
  const { flags, rest } = input;
  if (flags.undo) return undo(context);
  const [program, ...args] = rest;
  if (program === undefined) throw usageError("missingArgument", ["rescue"], { name: "COMMAND" });
  const { ports, streams, t } = context;
  const reports = flags.report === undefined ? undefined : dirname(resolve(ports.cwd, flags.report));
  if (reports !== undefined && (await stat(reports).catch(() => undefined))?.isDirectory() !== true)
    throw new MedkitError("PATH_NOT_FOUND", { path: reports });
  const style = chooseStyle(context.flags.color, streams.stderr, ports.env);
  const say = (line: string): void =>
    void streams.stderr.write(`${style.bold("medkit:")} ${printableLine(line, style)}\n`);
  const { report, transcript } = await rescue(ports, {
    command: { argv: [program, ...args], cwd: ports.cwd, env: present(ports.env), limits: {} },
    output: {
      stdoutTerminal: streams.stdout.isTTY === true,
      stderrTerminal: streams.stderr.isTTY === true,
      same: sameOutput(),
    },
    mayRepeat: () => ask(context),
    afterFailure: async () => {
      const home = await homeOrNone(context);
      return {
        kit: await rescueKit(context, flags),
        offline: context.flags.offline,
        fixFiles: flags.fixFiles,
        dryRun: context.flags.dryRun,
        home,
        toolchains: home === undefined ? undefined : join(home, "toolchains"),
        version,
        on: (event) => say(eventLine(inertData(event), t, style)),
      };
    },
  });
  for (const line of rescueText(inertData(report), t, style, context.flags.dryRun)) say(line);
  // Said first: where the report cannot be written, what was found and done is known all the same.
  if (flags.report !== undefined) {
    const { recovered, exit, ...further } = report;
    await writeFileAtomic(flags.report, `${JSON.stringify({ schema: "medkit/rescue/v1", recovered, exit, ...further }, undefined, 2)}\n`, { mode: 0o600 }); // prettier-ignore
  }
  const { signal } = transcript;
  const exit = signal !== undefined && report.verdict !== "not-recovered" && report.verdict !== "denied" ? await endBySignal(signal) : report.exit; // prettier-ignore
  return { data: json(report), exit, silent: true, text: () => "" };
}
