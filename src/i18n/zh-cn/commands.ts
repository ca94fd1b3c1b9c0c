import type { Catalogue } from "../types.ts";
import { kitCommands } from "./commands/kit.ts";
import { rescueCommands } from "./commands/rescue.ts";
import { toolCommands } from "./commands/tool.ts";
import { toolchainCommands } from "./commands/toolchain.ts";

export const commands = {
  ...kitCommands,
  ...rescueCommands,
  ...toolchainCommands,
  ...toolCommands,
} satisfies Catalogue["commands"];
