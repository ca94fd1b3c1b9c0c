import { join } from "node:path";
import type { ProxyConfig } from "../proxy/index.ts";
import { openHome } from "../state/index.ts";
import type { CommandContext } from "./context.ts";
import type { StorePlan } from "./proxy-store.ts";

/** Where the mirrored vulnerability database of a configuration lies: always a folder, beside the store where that is a bucket. */
export async function vulndbFolder(
  context: CommandContext,
  { config, store }: { readonly config: ProxyConfig; readonly store: StorePlan },
): Promise<string> {
  if (config.vulndb?.folder !== undefined) return config.vulndb.folder;
  return join(store.kind === "folder" ? store.root : (await openHome(await context.home())).modules, "vulndb");
}
