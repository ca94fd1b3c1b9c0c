import { rename, rm, rmdir } from "node:fs/promises";
import { extractTar } from "../../archive/index.ts";
import { sha256File } from "../../core/digest.ts";
import { fromSystemError, MedkitError } from "../../core/errors.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { Ports } from "../../core/ports.ts";
import { HttpGetter, SourceRefusal, type TransferOptions } from "../../module/index.ts";
import type { NamedBytes } from "../examine-archive.ts";
import { beginsWith } from "./magic.ts";
import { addressOf, told } from "./told.ts";
import type { ToolchainRequest, ToolchainSource } from "../types.ts";

/** `go1.21.13.linux-amd64.tar.gz`; 32-bit ARM is published as armv6l. */
export function archiveName(request: ToolchainRequest): string {
  const arch = request.platform.arch === "arm" ? "armv6l" : request.platform.arch;
  return `go${request.version}.${request.platform.os}-${arch}.tar.gz`;
}

/** Unpacks a published archive (top folder `go`) so that its content lies in `into`, an empty folder. */
export async function unpackGoArchive(archive: string, into: string): Promise<void> {
  const unpacked = `${into}.unpacked`;
  await extractTar(archive, unpacked, { topFolder: "go", stripTopFolder: true, caseClash: "refuse" });
  await rmdir(into);
  await rename(unpacked, into);
}

interface PublishedFile {
  readonly filename: string;
  readonly sha256: string;
}

/** Bytes of the largest thing that is taken: a toolchain's archive, and the site's list of releases. */
const archiveLimit = 1_000_000_000;
const listLimit = 50_000_000;
const signatureLimit = 1 << 20;

/** The checksum that the site itself publishes for a file; undefined where it has no list, or the list has it not (a mirror of files only). */
async function publishedSum(http: HttpGetter, base: string, name: string): Promise<string | undefined> {
  let text: string;
  try {
    text = (await http.get(`${base}/?mode=json&include=all`, listLimit)).toString("utf8");
  } catch (error) {
    if (error instanceof SourceRefusal) return undefined;
    throw error;
  }
  try {
    const releases = JSON.parse(text) as readonly { readonly files: readonly PublishedFile[] }[];
    return releases.flatMap((release) => release.files).find((file) => file.filename === name)?.sha256;
  } catch {
    // A page for people: the file itself is proven by the checksum database all the same.
    return undefined;
  }
}

/** The signature that the site publishes beside an archive; undefined where it has none. */
async function beside(http: HttpGetter, base: string, name: string): Promise<NamedBytes | undefined> {
  try {
    return { name: `${name}.asc`, bytes: await http.get(`${base}/${name}.asc`, signatureLimit) };
  } catch (error) {
    if (error instanceof SourceRefusal) return undefined;
    throw error;
  }
}

/**
 * The Go download site, or a mirror with the same paths. A transfer that breaks is gone on with where it broke, a stalled one is given up. Its archives are
 * proven by the checksum database's record of the toolchain module. TOOLCHAIN_UNAVAILABLE where it has no such archive, a PROXY_… code where it failed or lied, CHECKSUM_MISMATCH where the
 * archive is not the one whose SHA-256 the site publishes.
 */
export function downloadSource(
  ports: Pick<Ports, "fetch" | "signal">,
  base: string,
  options: TransferOptions = {},
): ToolchainSource {
  const http = new HttpGetter(ports, options);
  const place = addressOf(base);
  return {
    kind: "download",
    at: place,
    places: [place],
    fetch: async (request, into, { examine, onBytes, ...transfer } = {}) => {
      const name = archiveName(request);
      const file = `${into}.tar.gz`;
      let evidence: readonly Evidence[] | undefined;
      try {
        await http.download(`${base}/${name}`, file, archiveLimit, { ...transfer, immutable: true });
        onBytes?.(place);
        if (!(await beginsWith(file, "\x1f\x8b"))) throw new MedkitError("PROXY_NOT_ARCHIVE", { url: place });
        const published = await publishedSum(http, base, name);
        const found = published === undefined ? undefined : await sha256File(file);
        if (published !== undefined && found !== undefined && published !== found)
          throw new MedkitError("CHECKSUM_MISMATCH", { name, place, found, published });
        evidence = await examine?.({
          path: file,
          name,
          host: new URL(base).hostname,
          signature: () => beside(http, base, name),
        });
        await unpackGoArchive(file, into);
      } catch (error) {
        throw told(fromSystemError(error, file), request);
      } finally {
        await rm(file, { force: true });
      }
      return { from: "download site", ...(evidence === undefined ? {} : { evidence }) };
    },
  };
}
