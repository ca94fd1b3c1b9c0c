import { versionsFor, type Platform } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { newestFirst } from "../goroot/index.ts";
import { ProxyClient } from "../module/index.ts";
import { parseModuleVersion, toolchainModule } from "./tree.ts";

/** Versions, without `go` and newest first, that the module proxies of a GOPROXY list have for a platform. What the client throws: OFFLINE, PROXY_…. */
export async function listRemote(
  ports: Pick<Ports, "fetch" | "signal">,
  goproxy: string,
  platform: Platform,
): Promise<readonly string[]> {
  const listed = await new ProxyClient(ports, goproxy).list(toolchainModule);
  const found = listed.flatMap((text) => parseModuleVersion(text) ?? []);
  return versionsFor(platform, found).toSorted(newestFirst);
}
