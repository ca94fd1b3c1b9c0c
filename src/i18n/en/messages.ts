import { cliMessages } from "./messages/cli.ts";
import { kitMessages } from "./messages/kit.ts";
import { progressMessages } from "./messages/progress.ts";

/** All other sentences. One file an area; keys are `area.what`. */
export const messages = { ...cliMessages, ...kitMessages, ...progressMessages } as const;
