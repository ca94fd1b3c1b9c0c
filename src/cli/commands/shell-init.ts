import { join } from "node:path";
import { quoteForFish, quoteForSh } from "../../core/shell-quote.ts";
import type { CommandContext } from "../context.ts";
import type { CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { lookAtHome } from "../toolchain-job.ts";

/**
 * bash and zsh remember where they found a command. `current/bin/go` stays the same file name over every switch; what must be forgotten is a `go` that
 * was found elsewhere before, so the function that stands for medkit clears the memory after a switch. Nothing runs at a prompt.
 */
function posixScript(bin: string): string {
  const quoted = quoteForSh(bin);
  return `case ":\${PATH}:" in
  *:${quoted}:*) ;;
  *) export PATH=${quoted}"\${PATH:+:$PATH}" ;;
esac
medkit() {
  case " $* " in
    *' toolchain '*)
      command medkit "$@"
      set -- "$?"
      hash -r
      return "$1"
      ;;
    *) command medkit "$@" ;;
  esac
}
`;
}

/** fish looks every command up anew. */
function fishScript(bin: string): string {
  const quoted = quoteForFish(bin);
  return `contains -- ${quoted} $PATH; or set -gx PATH ${quoted} $PATH\n`;
}

export async function run(context: CommandContext, input: Input<"shell-init">): Promise<CommandResult> {
  const { shell } = input.args;
  const bin = join((await lookAtHome(context)).current, "bin");
  const script = `# Made by \`medkit shell-init ${shell}\`.\n${shell === "fish" ? fishScript(bin) : posixScript(bin)}`;
  return { data: { shell, bin, script }, text: () => script };
}
