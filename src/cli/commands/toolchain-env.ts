import { join } from "node:path";
import { quoteForSh } from "../../core/shell-quote.ts";
import { goVariables } from "../../goroot/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseUsable, lookAtHome } from "../toolchain-job.ts";
import { demandConfiguredTrust } from "../trust-policy.ts";

export async function run(context: CommandContext, input: Input<"toolchain env">): Promise<CommandResult> {
  const { ports } = context;
  const { stored } = await chooseUsable(await lookAtHome(context), input.args.version, ports.platform);
  await demandConfiguredTrust(context, stored);
  const variables = goVariables(stored.goroot, ports.env["PATH"]);
  return {
    data: json({ version: stored.version, goroot: stored.goroot, variables }),
    // PATH is put together where the lines are evaluated: that shell may have another one.
    text: () =>
      [
        `export GOROOT=${quoteForSh(variables.GOROOT)}`,
        `export GOTOOLCHAIN=${variables.GOTOOLCHAIN}`,
        `export PATH=${quoteForSh(join(stored.goroot, "bin"))}"\${PATH:+:$PATH}"`,
      ].join("\n"),
  };
}
