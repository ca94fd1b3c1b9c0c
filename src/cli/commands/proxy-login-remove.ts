import { MedkitError } from "../../core/errors.ts";
import { loginsText } from "../../proxy/index.ts";
import { writeFileAtomic } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { readLogins } from "../proxy-login.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

export async function run(context: CommandContext, input: Input<"proxy login remove">): Promise<CommandResult> {
  const { file } = input.flags;
  const { name } = input.args;
  const logins = await readLogins(file);
  const left = logins.filter((login) => login.name !== name);
  if (left.length === logins.length) throw new MedkitError("LOGIN_UNKNOWN", { name, file });
  const facts = { name, file };
  if (context.flags.dryRun) return { data: json({ plan: facts }), text: (t) => t.text("kit.build.plan.nothing") };
  await writeFileAtomic(file, Buffer.from(loginsText(left)), { mode: 0o640 });
  return { data: json(facts), text: (t) => t.text("proxy.login.removed", facts) };
}
