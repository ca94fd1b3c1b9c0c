import { escapePath, listedVersions, type ProxyClient } from "../module/index.ts";
import type { Upstream } from "./types.ts";

/** The proxies of a GOPROXY list as an upstream. */
export function proxyUpstream(client: ProxyClient): Upstream {
  return {
    list: async (path) => {
      const bytes = await client.read(`${escapePath(path)}/@v/list`);
      return bytes === undefined ? undefined : listedVersions(bytes.toString("utf8"));
    },
    latest: (path) => client.latest(path),
    info: (module) => client.info(module),
    mod: async (module) => {
      const bytes = await client.mod(module);
      return bytes === undefined ? undefined : { bytes, from: client.sources.join(", ") };
    },
    zip: (module, target, options) => client.downloadZip(module, target, options),
  };
}
