import { rm } from "node:fs/promises";
import { MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { ProxyClient, type TransferOptions } from "../../module/index.ts";
import { toolchainModule, toolchainModuleVersion } from "../tree.ts";
import type { ToolchainSource } from "../types.ts";
import { beginsWith } from "./magic.ts";
import { addressOf, told } from "./told.ts";
import { unpackToolchainZip } from "./unpack-zip.ts";

/** The module proxy: `golang.org/toolchain@v0.0.1-go<V>.<os>-<arch>`, over the proxy protocol itself. */
export function proxySource(
  ports: Pick<Ports, "fetch" | "signal">,
  goproxy: string,
  options: TransferOptions = {},
): ToolchainSource {
  const client = new ProxyClient(ports, goproxy, options);
  return {
    kind: "proxy",
    at: addressOf(goproxy),
    places: client.sources.filter((each) => each !== "off" && each !== "direct"),
    fetch: async (request, into, { onBytes, ...transfer } = {}) => {
      const version = toolchainModuleVersion(request.version, request.platform);
      const zip = `${into}.zip`;
      let from: string;
      try {
        ({ from } = await client.downloadZip({ path: toolchainModule, version }, zip, transfer));
      } catch (error) {
        throw told(error, request);
      }
      onBytes?.(from);
      if (!(await beginsWith(zip, "PK"))) throw new MedkitError("PROXY_NOT_ARCHIVE", { url: from });
      await unpackToolchainZip(zip, `${toolchainModule}@${version}/`, into);
      await rm(zip);
      return { from: from.startsWith("file://") ? "file proxy" : "module proxy" };
    },
  };
}
