import type { ErrorTexts } from "../types.ts";
import { archiveErrors } from "./errors/archive.ts";
import { integrityErrors } from "./errors/integrity.ts";
import { kitErrors } from "./errors/kit.ts";
import { mirrorErrors } from "./errors/mirror.ts";
import { moduleErrors } from "./errors/module.ts";
import { directErrors } from "./errors/direct.ts";
import { proxyErrors } from "./errors/proxy.ts";
import { proxyStoreErrors } from "./errors/proxy-store.ts";
import { rescueErrors } from "./errors/rescue.ts";
import { toolErrors } from "./errors/tool.ts";
import { toolchainErrors } from "./errors/toolchain.ts";
import { trustErrors } from "./errors/trust.ts";
import { transferErrors } from "./errors/transfer.ts";
import { zipErrors } from "./errors/zip.ts";

/** A code without a text here does not compile. */
export const errors = {
  ...toolErrors,
  ...archiveErrors,
  ...moduleErrors,
  ...integrityErrors,
  ...kitErrors,
  ...rescueErrors,
  ...toolchainErrors,
  ...directErrors,
  ...proxyErrors,
  ...proxyStoreErrors,
  ...mirrorErrors,
  ...trustErrors,
  ...transferErrors,
  ...zipErrors,
} satisfies ErrorTexts;
