import type { MessageKey } from "../types.ts";
import { cliMessages } from "./messages/cli.ts";
import { kitMessages } from "./messages/kit.ts";
import { progressMessages } from "./messages/progress.ts";

export const messages = { ...cliMessages, ...kitMessages, ...progressMessages } satisfies Readonly<
  Record<MessageKey, string>
>;
