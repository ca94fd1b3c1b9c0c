import { rm } from "node:fs/promises";
import type { Ports } from "../../core/ports.ts";
import { ProxyClient } from "../../module/index.ts";
import { toolchainModule, toolchainModuleVersion } from "../tree.ts";
import type { ToolchainSource } from "../types.ts";
import { unpackToolchainZip } from "./unpack-zip.ts";

/** The module proxy: `golang.org/toolchain@v0.0.1-go<V>.<os>-<arch>`, over the proxy protocol itself. */
export function proxySource(ports: Pick<Ports, "fetch" | "signal">, goproxy: string): ToolchainSource {
  const client = new ProxyClient(ports, goproxy);
  return {
    kind: "proxy",
    fetch: async (request, into) => {
      const version = toolchainModuleVersion(request.version, request.platform);
      const zip = `${into}.zip`;
      const { from } = await client.downloadZip({ path: toolchainModule, version }, zip);
      await unpackToolchainZip(zip, `${toolchainModule}@${version}/`, into);
      await rm(zip);
      return { from: from.startsWith("file://") ? "file proxy" : "module proxy" };
    },
  };
}
