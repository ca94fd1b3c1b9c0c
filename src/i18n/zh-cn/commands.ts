import type { Catalogue } from "../types.ts";
import { kitCommands } from "./commands/kit.ts";
import { toolCommands } from "./commands/tool.ts";

export const commands = { ...kitCommands, ...toolCommands } satisfies Catalogue["commands"];
