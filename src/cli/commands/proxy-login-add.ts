import { createInterface } from "node:readline/promises";
import { MedkitError } from "../../core/errors.ts";
import { checkLoginName, keepPassword, loginsText, makeToken, type Login } from "../../proxy/index.ts";
import { writeFileAtomic } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { readLogins } from "../proxy-login.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

/** The logins so far; none where the file is not there yet. */
async function existing(file: string): Promise<readonly Login[]> {
  try {
    return await readLogins(file);
  } catch (error) {
    if (error instanceof MedkitError && error.code === "PATH_NOT_FOUND") return [];
    throw error;
  }
}

/** One line of standard input. On a terminal it is asked for, and not shown. */
async function readPassword({ mayAsk, streams, t }: CommandContext, name: string): Promise<string> {
  if (streams.stdin.isTTY === true && !mayAsk) throw new MedkitError("LOGIN_SECRET_MISSING", { name });
  if (mayAsk) streams.stderr.write(`${t.text("proxy.login.ask", { name })} `);
  const silent = mayAsk ? { terminal: true, output: undefined } : {};
  const reader = createInterface({ input: process.stdin, ...silent });
  try {
    for await (const line of reader) {
      if (line !== "") return line;
      break;
    }
  } finally {
    reader.close();
    if (mayAsk) streams.stderr.write("\n");
  }
  throw new MedkitError("LOGIN_SECRET_MISSING", { name });
}

export async function run(context: CommandContext, input: Input<"proxy login add">): Promise<CommandResult> {
  const { file, token: wantsToken } = input.flags;
  const { name } = input.args;
  checkLoginName(name);
  const logins = await existing(file);
  const replaced = logins.some((login) => login.name === name);
  const facts = { name, file, kind: wantsToken ? "token" : "password", replaced };
  if (context.flags.dryRun) return { data: json({ plan: facts }), text: (t) => t.text("kit.build.plan.nothing") };
  const made = wantsToken ? makeToken() : undefined;
  const text = made?.kept ?? (await keepPassword(await readPassword(context, name)));
  const others = logins.filter((login) => login.name !== name);
  await writeFileAtomic(file, Buffer.from(loginsText([...others, { name, text }])), { mode: 0o640 });
  return {
    data: json(made === undefined ? facts : { ...facts, token: made.token }),
    text: (t) =>
      [
        t.text(replaced ? "proxy.login.replaced" : "proxy.login.added", { name, file }),
        ...(made === undefined ? [] : [t.text("proxy.login.token", { token: made.token })]),
      ].join("\n"),
  };
}
