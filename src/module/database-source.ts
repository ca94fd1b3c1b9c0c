import { MedkitError } from "../core/errors.ts";
import { parseProxyList } from "./goproxy-list.ts";
import type { TransferPorts } from "./http-get.ts";
import { ProxyClient, type ProxyOptions } from "./proxy-client.ts";

export interface DatabaseSourceOptions extends ProxyOptions {
  /** Where GOSUMDB says that the database is, past every proxy. */
  readonly url?: string;
}

/** Reads a path of a checksum database (`latest`, `lookup/…`, `tile/…`); undefined where it is not there. */
export type DatabaseFetch = (path: string) => Promise<Buffer | undefined>;

/**
 * The checksum database by cmd/go's rule: the first proxy of the list that answers `sumdb/<name>/supported` relays it and is the only one
 * asked from then on; where none does, the address of its name is asked. Throws DATABASE_UNAVAILABLE, and OFFLINE where that was ruled out.
 */
export function databaseFetcher(
  ports: TransferPorts,
  list: string,
  name: string,
  options: DatabaseSourceOptions = {},
): DatabaseFetch {
  let chosen: Promise<{ client: ProxyClient; prefix: string }> | undefined;
  const choose = async (): Promise<{ client: ProxyClient; prefix: string }> => {
    if (options.url !== undefined) return { client: new ProxyClient(ports, options.url, options), prefix: "" };
    const relay = await new ProxyClient(ports, parseProxyList(list), options).entryWith(`sumdb/${name}/supported`);
    if (relay !== undefined) return { client: new ProxyClient(ports, [relay], options), prefix: `sumdb/${name}/` };
    return { client: new ProxyClient(ports, `https://${name}`, options), prefix: "" };
  };
  return async (path) => {
    try {
      chosen ??= choose().catch((error: unknown) => {
        chosen = undefined;
        throw error;
      });
      const { client, prefix } = await chosen;
      // Of a tile that is not there the client asks for the wider one; of a lookup the reason is worth telling.
      return await (path.startsWith("lookup/") ? client.readOrRefuse(prefix + path) : client.read(prefix + path));
    } catch (error) {
      if (!(error instanceof MedkitError) || error.code !== "MODULE_UNAVAILABLE") throw error;
      throw new MedkitError(
        "DATABASE_UNAVAILABLE",
        { database: name, path, reasons: error.params["reasons"] ?? "" },
        { cause: error },
      );
    }
  };
}

/** Whether a refusal says that the database has no such record (404, 410, no file), and not that it could not be asked. */
export function isRecordAbsent(error: unknown): boolean {
  if (!(error instanceof MedkitError) || error.code !== "DATABASE_UNAVAILABLE") return false;
  return /HTTP 4(?:04|10)|no such file/.test(String(error.params["reasons"] ?? ""));
}
