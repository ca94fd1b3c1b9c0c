import { endBySignal, runPassThrough } from "../../core/pass-through.ts";
import { MedkitError } from "../../core/errors.ts";
import { present } from "../../core/present.ts";
import { goVariables } from "../../goroot/index.ts";
import type { CommandContext } from "../context.ts";
import type { CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseUsable, lookAtHome } from "../toolchain-job.ts";
import { demandConfiguredTrust } from "../trust-policy.ts";
import { usageError } from "../usage.ts";

/** Statuses of env(1) and the shells for a program that is not there, and one that cannot be run. */
const notFound = 127;
const notRunnable = 126;

export async function run(context: CommandContext, input: Input<"toolchain exec">): Promise<CommandResult> {
  const { ports } = context;
  const [program, ...args] = input.rest;
  if (program === undefined) throw usageError("missingProgram", ["toolchain", "exec"], { argument: "COMMAND" });
  const layout = await lookAtHome(context);
  const { stored } = await chooseUsable(layout, input.args.version, ports.platform);
  await demandConfiguredTrust(context, stored);
  const env = { ...present(ports.env), ...goVariables(stored.goroot, ports.env["PATH"]) };
  const ended = await runPassThrough({
    argv: [program, ...args],
    cwd: ports.cwd,
    env,
    streams: { stdout: "inherit", stderr: "inherit" },
    stdin: true,
    show: true,
  });
  if (ended.startError !== undefined) {
    context.streams.stderr.write(`${context.t.text("toolchain.exec.failed", { program, reason: ended.startError })}\n`);
    return { data: {}, exit: ended.startError === "ENOENT" ? notFound : notRunnable, silent: true, text: () => "" };
  }
  const exit = ended.signal === undefined ? ended.status : await endBySignal(ended.signal);
  if (exit === undefined) throw new MedkitError("UNEXPECTED", { detail: `${program} ended without a status` });
  return { data: {}, exit, silent: true, text: () => "" };
}
