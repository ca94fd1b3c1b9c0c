import type { CommandContext } from "../context.ts";
import { readLogins } from "../proxy-login.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

export async function run(_context: CommandContext, input: Input<"proxy login list">): Promise<CommandResult> {
  const logins = await readLogins(input.flags.file);
  const rows = logins.map(({ name, kept }) => ({ name, kind: kept.kind }));
  return {
    data: json({ logins: rows }),
    text: (t) =>
      rows.length === 0
        ? t.text("proxy.login.none")
        : rows
            .map(({ name, kind }) => {
              const word = t.text(kind === "token" ? "proxy.login.kindToken" : "proxy.login.password");
              return `${name}  ${word}`;
            })
            .join("\n"),
  };
}
