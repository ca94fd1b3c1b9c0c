import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { MedkitError } from "../../core/errors.ts";
import { HttpGetter, redactUrl, SourceRefusal, type TransferOptions, type TransferPorts } from "../../module/index.ts";
import { mostIndexOctets, parseVulnsIndex } from "./index-list.ts";
import type { VulnSource } from "./source.ts";

const unpack = promisify(gunzip);
const mostEntryOctets = 1024 * 1024;

/** A database behind a URL, in the layout of vuln.go.dev (https://go.dev/security/vuln/database#api). */
export function httpSource(ports: TransferPorts, url: string, options: TransferOptions): VulnSource {
  const base = url.replace(/\/+$/, "");
  const http = new HttpGetter(ports, options);
  const get = async (path: string, limit: number): Promise<Buffer> => {
    const from = `${base}/${path}.json.gz`;
    const packed = await refusedByVulndb(from, () => http.get(from, limit));
    try {
      return await unpack(packed, { maxOutputLength: limit });
    } catch {
      throw new MedkitError("VULNDB_INVALID", { what: redactUrl(from), problem: "not gzip, or too large" });
    }
  };
  return {
    name: redactUrl(base),
    list: async () => parseVulnsIndex(await get("index/vulns", mostIndexOctets)),
    read: (id) => get(`ID/${id}`, mostEntryOctets),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Turns a source's refusal into VULNDB_UNAVAILABLE, or what it stands for. */
export async function refusedByVulndb<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SourceRefusal)) throw error;
    if (error.error !== undefined) throw error.error;
    throw new MedkitError("VULNDB_UNAVAILABLE", { url: redactUrl(url), reason: error.message }, { cause: error });
  }
}
