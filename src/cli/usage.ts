import { MedkitError, type ErrorParams } from "../core/errors.ts";
import type { MessageKey } from "../i18n/index.ts";

type UsageProblem = Extract<MessageKey, `usage.${string}`> extends `usage.${infer Name}` ? Name : never;

/** A command line that cannot be understood. `words` is the command as far as it was understood. */
export function usageError(problem: UsageProblem, words: readonly string[], params: ErrorParams = {}): MedkitError {
  const command = ["medkit", ...words].join(" ");
  return new MedkitError("USAGE", { problem: `@usage.${problem}`, ...params, command, help: `${command} --help` });
}
