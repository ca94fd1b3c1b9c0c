import { listKeys } from "../../openpgp/index.ts";
import type { CommandContext } from "../context.ts";
import { keyLines } from "../openpgp-job.ts";
import { json, type CommandResult } from "../result.ts";
import { lookAtHome } from "../toolchain-job.ts";

export async function run(context: CommandContext): Promise<CommandResult> {
  const keys = await listKeys(await lookAtHome(context), context.ports.clock.now());
  return {
    data: json({ keys }),
    text: (t) =>
      keys.length === 0
        ? t.text("key.none")
        : keys
            .flatMap((each) => [
              ...keyLines(each, t),
              `  ${
                each.confirmed.by === "key"
                  ? t.text("key.byKey", { fingerprint: each.confirmed.fingerprint })
                  : t.text("key.byPerson")
              }`,
            ])
            .join("\n"),
  };
}
