import { MedkitError } from "../core/errors.ts";
import { canonicalVersion, escapePath, listedVersions, type ProxyClient } from "../module/index.ts";
import type { Upstream } from "./types.ts";

/** The proxies of a GOPROXY list as an upstream. */
export function proxyUpstream(client: ProxyClient): Upstream {
  return {
    list: async (path) => {
      const bytes = await client.read(`${escapePath(path)}/@v/list`);
      return bytes === undefined ? undefined : readList(path, bytes.toString("utf8"));
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

/** The versions of a list. What has lines, and no version in them, is a page or noise: it must not pass for a module without versions. */
function readList(path: string, text: string): readonly string[] {
  const lines = text.split("\n").flatMap((line) => line.trim().split(/\s+/, 1)[0] || []);
  if (lines.length > 0 && !lines.some((line) => canonicalVersion(line) === line))
    throw new MedkitError("PROXY_ANSWER_INVALID", { what: `${path}/@v/list`, problem: "no line of it is a version" });
  return listedVersions(text).filter((version) => canonicalVersion(version) === version);
}
