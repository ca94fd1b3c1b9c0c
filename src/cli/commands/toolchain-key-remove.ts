import { removeKey } from "../../openpgp/index.ts";
import type { CommandContext } from "../context.ts";
import { readFingerprint } from "../openpgp-job.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { toolchainHome } from "../toolchain-job.ts";

export async function run(context: CommandContext, input: Input<"toolchain key remove">): Promise<CommandResult> {
  const { dryRun } = context.flags;
  const fingerprint = readFingerprint(input.args.fingerprint);
  await removeKey(await toolchainHome(context), fingerprint, !dryRun);
  return {
    data: json(dryRun ? { plan: { remove: fingerprint } } : { removed: fingerprint }),
    text: (t) =>
      dryRun
        ? `${t.text("key.plan.removed", { fingerprint })}\n${t.text("kit.build.plan.nothing")}`
        : t.text("key.removed", { fingerprint }),
  };
}
