import { createWriteStream } from "node:fs";
import { rename, rm, rmdir } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extractTar } from "../../archive/index.ts";
import { sha256File } from "../../core/digest.ts";
import { MedkitError } from "../../core/errors.ts";
import { platformText } from "../../core/go-version.ts";
import type { Ports } from "../../core/ports.ts";
import type { ToolchainRequest, ToolchainSource } from "../types.ts";

/** `go1.21.13.linux-amd64.tar.gz`; 32-bit ARM is published as armv6l. */
export function archiveName(request: ToolchainRequest): string {
  const arch = request.platform.arch === "arm" ? "armv6l" : request.platform.arch;
  return `go${request.version}.${request.platform.os}-${arch}.tar.gz`;
}

/** Unpacks a published archive (top folder `go`) so that its content lies in `into`, an empty folder. */
export async function unpackGoArchive(archive: string, into: string): Promise<void> {
  const unpacked = `${into}.unpacked`;
  await extractTar(archive, unpacked, { topFolder: "go", stripTopFolder: true });
  await rmdir(into);
  await rename(unpacked, into);
}

interface PublishedFile {
  readonly filename: string;
  readonly sha256: string;
}

/** The checksum that the site itself publishes for a file; undefined where its list has it not. */
async function publishedSum(
  ports: Pick<Ports, "fetch" | "signal">,
  base: string,
  name: string,
): Promise<string | undefined> {
  const response = await ports.fetch(`${base}/?mode=json&include=all`, { signal: ports.signal });
  if (!response.ok) return undefined;
  const releases = (await response.json()) as readonly { readonly files: readonly PublishedFile[] }[];
  return releases.flatMap((release) => release.files).find((file) => file.filename === name)?.sha256;
}

/** The Go download site, or a mirror with the same paths. Its archives are proven by the checksum database's record of the toolchain module. */
export function downloadSource(ports: Pick<Ports, "fetch" | "signal">, base: string): ToolchainSource {
  return {
    kind: "download",
    fetch: async (request, into) => {
      const name = archiveName(request);
      const refuse = (reasons: string, cause?: unknown): MedkitError =>
        new MedkitError(
          "TOOLCHAIN_UNAVAILABLE",
          { version: request.version, platform: platformText(request.platform), reasons },
          { cause },
        );
      const file = `${into}.tar.gz`;
      try {
        const response = await ports.fetch(`${base}/${name}`, { signal: ports.signal });
        if (!response.ok || response.body === null) throw refuse(`HTTP ${response.status}`);
        await pipeline(Readable.fromWeb(response.body), createWriteStream(file, { flags: "wx" }));
        const wanted = await publishedSum(ports, base, name);
        if (wanted !== undefined && wanted !== (await sha256File(file)))
          throw new MedkitError("TOOLCHAIN_MISMATCH", { subject: `${name}: not the published SHA-256` });
      } catch (error) {
        if (error instanceof MedkitError) throw error;
        throw refuse(
          error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error),
          error,
        );
      }
      await unpackGoArchive(file, into);
      await rm(file);
      return { from: "download site" };
    },
  };
}
