import type { MessageKey } from "../types.ts";
import { ciMessages } from "./messages/ci.ts";
import { cliMessages } from "./messages/cli.ts";
import { kitMessages } from "./messages/kit.ts";
import { modeMessages } from "./messages/mode.ts";
import { pageMessages } from "./messages/page.ts";
import { mirrorMessages } from "./messages/mirror.ts";
import { progressMessages } from "./messages/progress.ts";
import { proxyMessages } from "./messages/proxy.ts";
import { rescueMessages } from "./messages/rescue.ts";
import { sumsMessages } from "./messages/sums.ts";
import { toolchainMessages } from "./messages/toolchain.ts";
import { trustMessages } from "./messages/trust.ts";
import { hostRemedies } from "./remedies/host.ts";
import { moduleRemedies } from "./remedies/modules.ts";
import { networkRemedies } from "./remedies/network.ts";
import { toolchainRemedies } from "./remedies/toolchain.ts";

export const messages = {
  ...cliMessages,
  ...kitMessages,
  ...progressMessages,
  ...rescueMessages,
  ...toolchainMessages,
  ...proxyMessages,
  ...pageMessages,
  ...mirrorMessages,
  ...trustMessages,
  ...sumsMessages,
  ...ciMessages,
  ...modeMessages,
  ...toolchainRemedies,
  ...moduleRemedies,
  ...networkRemedies,
  ...hostRemedies,
} satisfies Readonly<Record<MessageKey, string>>;
