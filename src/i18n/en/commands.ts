import type { CommandText } from "../types.ts";
import { keyCommands } from "./commands/key.ts";
import { kitCommands } from "./commands/kit.ts";
import { proxyCommands } from "./commands/proxy.ts";
import { mirrorCommands } from "./commands/mirror.ts";
import { moduleCommands } from "./commands/module.ts";
import { rescueCommands } from "./commands/rescue.ts";
import { toolCommands } from "./commands/tool.ts";
import { toolchainCommands } from "./commands/toolchain.ts";

/** Words of every command, by its id in the route table. A command, flag or argument without words here does not compile. */
export const commands = {
  ...kitCommands,
  ...rescueCommands,
  ...toolchainCommands,
  ...proxyCommands,
  ...keyCommands,
  ...moduleCommands,
  ...mirrorCommands,
  ...toolCommands,
} satisfies Readonly<Record<string, CommandText>>;
