import { proxyListOrNothing } from "../../module/index.ts";

/** A forward proxy of this very host at a port on which nothing can listen: no name is resolved, and nothing leaves the host. */
const nowhere = "http://127.0.0.1:0";

/** What is left of a GOPROXY list without a network: the folders in it. `off` where there are none, or the list is malformed. */
function foldersOf(goproxy: string): string {
  const urls = (proxyListOrNothing(goproxy) ?? []).map(({ url }) => url);
  return urls.filter((url) => url.startsWith("file:")).join(",") || "off";
}

/**
 * Variables under which a go command that a probe starts attempts no connection (`--offline`): modules and toolchains from folders and caches alone, no
 * version control system, and a checksum database only where such a folder carries one. Laid over everything else.
 */
export function offlineEnvironment(goproxy: string): Readonly<Record<string, string>> {
  return {
    GOPROXY: foldersOf(goproxy),
    // Covers GOPRIVATE, whose modules would be fetched from their origin.
    GONOPROXY: "none",
    GOVCS: "*:off",
    HTTP_PROXY: nowhere,
    http_proxy: nowhere,
    HTTPS_PROXY: nowhere,
    https_proxy: nowhere,
    NO_PROXY: "",
    no_proxy: "",
  };
}
