import { EXIT } from "../core/exit.ts";
import { platformText } from "../core/go-version.ts";
import { REBUILT_UNMATCHED } from "../core/toolchain-words.ts";
import { findStored } from "../goroot/index.ts";
import type { Layout } from "../state/index.ts";
import { hashTree, toolchainHash1, type ToolchainRequest } from "../toolchain/index.ts";
import { json, type CommandResult } from "./result.ts";

/**
 * Holds a toolchain that was made here from source, and matched to nothing, against the hash that it had then. Undefined for every other one: those
 * are held against the checksum database.
 */
export async function verifyRebuilt(
  layout: Layout,
  goroot: string,
  request: ToolchainRequest,
): Promise<CommandResult | undefined> {
  const stored = await findStored(layout, request.version, request.platform);
  const record = stored?.record;
  if (stored?.goroot !== goroot || record?.trust !== REBUILT_UNMATCHED) return undefined;
  const files = await hashTree(goroot);
  const h1 = toolchainHash1(request, files);
  const verified = h1 === record.h1;
  const { version } = request;
  const platform = platformText(request.platform);
  return {
    data: json({
      verified,
      version,
      platform,
      goroot,
      h1,
      trust: verified ? REBUILT_UNMATCHED : null,
      rebuilt: record.rebuilt,
    }),
    ...(verified ? {} : { exit: EXIT.integrity }),
    text: (t, style) =>
      [
        style.bold(t.text("toolchain.verify.subject", { version, platform, path: goroot })),
        verified
          ? t.text("toolchain.verify.asRebuilt", { h1, source: record.source })
          : style.red(t.text("toolchain.verify.h1", { h1, published: record.h1 })),
        ...(verified ? [style.yellow(t.text("toolchain.rebuilt.label", { label: REBUILT_UNMATCHED }))] : []),
      ].join("\n"),
  };
}
