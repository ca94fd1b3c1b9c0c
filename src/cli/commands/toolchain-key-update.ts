import { updateKeys } from "../../openpgp/index.ts";
import type { CommandContext } from "../context.ts";
import { keyChangeResult, readFingerprint, readNamedFile } from "../openpgp-job.ts";
import type { CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { toolchainHome } from "../toolchain-job.ts";

export async function run(context: CommandContext, input: Input<"toolchain key update">): Promise<CommandResult> {
  const { dryRun } = context.flags;
  const given = input.flags.fingerprint;
  const fingerprint = given === undefined ? undefined : readFingerprint(given);
  const file = await readNamedFile(input.args.file);
  const layout = await toolchainHome(context);
  const changes = await updateKeys(layout, file, { fingerprint, now: context.ports.clock.now(), apply: !dryRun });
  return keyChangeResult(changes, dryRun);
}
