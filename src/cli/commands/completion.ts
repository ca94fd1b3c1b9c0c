import { completionScript } from "../completion/script.ts";
import type { CommandContext } from "../context.ts";
import type { CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

export function run(context: CommandContext, input: Input<"completion">): Promise<CommandResult> {
  const { shell } = input.args;
  const script = completionScript(shell, context.t);
  return Promise.resolve({ data: { shell, script }, text: () => script.trimEnd() });
}
