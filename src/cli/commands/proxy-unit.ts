import { resolve } from "node:path";
import { unitText } from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

export function run({ ports, flags }: CommandContext, input: Input<"proxy unit">): Promise<CommandResult> {
  const { program, store } = input.flags;
  const unit = unitText({
    program: program ?? "/usr/local/bin/medkit",
    config: flags.config ?? resolve(ports.cwd, "medkit.yaml"),
    store,
  });
  return Promise.resolve({ data: json({ unit }), text: () => unit.trimEnd() });
}
