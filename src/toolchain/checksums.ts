import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { HttpGetter, SourceRefusal, redactUrl } from "../module/index.ts";

/** What a list says of one published file. */
export interface PublishedSum {
  /** Hexadecimal. */
  readonly sha256: string;
  /** Octets; undefined where the list does not say. */
  readonly size: number | undefined;
  /** `h1:…` of the unpacked tree; the download site does not give it, a list of one's own may. */
  readonly h1: string | undefined;
}

/** Published checksums, by the name of the file. */
export interface Checksums {
  /** Whose list it is: a host, or the name of a file. */
  readonly by: string;
  /** The host that served the list, without a port; undefined for a file that a person named. */
  readonly host: string | undefined;
  readonly sums: ReadonlyMap<string, PublishedSum>;
}

/** Octets; the whole list of go.dev has two million. */
const listLimit = 50_000_000;

function parseFile(value: unknown, where: string, refuse: (problem: string) => MedkitError): [string, PublishedSum] {
  const { filename, sha256, size, h1 } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof filename !== "string" || !/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(filename))
    throw refuse(`${where}.filename: ${JSON.stringify(filename) ?? "missing"}`);
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256))
    throw refuse(`${where}.sha256 (${filename}): ${JSON.stringify(sha256) ?? "missing"}`);
  if (size !== undefined && !(typeof size === "number" && Number.isSafeInteger(size) && size > 0))
    throw refuse(`${where}.size (${filename}): ${JSON.stringify(size)}`);
  if (h1 !== undefined && !(typeof h1 === "string" && /^h1:[A-Za-z0-9+/]{43}=$/.test(h1)))
    throw refuse(`${where}.h1 (${filename}): ${JSON.stringify(h1)}`);
  return [filename, { sha256, size, h1 }];
}

/**
 * Reads a list in the form of `https://go.dev/dl/?mode=json`: releases, each with `files` of `filename`, `sha256`, `size`; besides them each file may
 * have `h1`. CHECKSUMS_INVALID for any other form, and where one name has two different sums.
 */
export function parseChecksums(text: string, file: string): ReadonlyMap<string, PublishedSum> {
  const refuse = (problem: string): MedkitError => new MedkitError("CHECKSUMS_INVALID", { file, problem });
  let releases: unknown;
  try {
    releases = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : "JSON");
  }
  if (!Array.isArray(releases)) throw refuse("[…]: not a list of releases");
  const sums = new Map<string, PublishedSum>();
  for (const [index, release] of (releases as readonly unknown[]).entries()) {
    const files: unknown = (release as { files?: unknown } | null)?.files;
    if (!Array.isArray(files)) throw refuse(`[${index}].files: not a list`);
    for (const [at, each] of (files as readonly unknown[]).entries()) {
      // The download site lists source archives and packages of old releases without a sum.
      if ((each as { sha256?: unknown } | null)?.sha256 === "") continue;
      const [name, sum] = parseFile(each, `[${index}].files[${at}]`, refuse);
      const before = sums.get(name);
      if (before !== undefined && (before.sha256 !== sum.sha256 || before.size !== sum.size || before.h1 !== sum.h1))
        throw refuse(`[${index}].files[${at}]: ${name} twice, with different sums`);
      sums.set(name, sum);
    }
  }
  return sums;
}

/** Asks a place for its list. CHECKSUMS_UNAVAILABLE where it has none that can be read; OFFLINE. */
export async function fetchChecksums(ports: Pick<Ports, "fetch" | "signal">, url: string): Promise<Checksums> {
  const place = redactUrl(url);
  try {
    const text = (await new HttpGetter(ports).get(url, listLimit)).toString("utf8");
    const { host, hostname } = new URL(url);
    return { by: host, host: hostname, sums: parseChecksums(text, place) };
  } catch (error) {
    const invalid = error instanceof MedkitError && error.code === "CHECKSUMS_INVALID";
    if (!invalid && !(error instanceof SourceRefusal)) throw error;
    const reason = invalid ? String(error.params["problem"]) : error.message;
    throw new MedkitError("CHECKSUMS_UNAVAILABLE", { place, reason }, { cause: error });
  }
}
