import type { Catalogue } from "../types.ts";
import { causes } from "./causes.ts";
import { commands } from "./commands.ts";
import { errors } from "./errors.ts";
import { messages } from "./messages.ts";

export const catalogue: Catalogue = { errors, causes, commands, messages };
