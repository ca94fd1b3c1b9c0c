import { createWriteStream } from "node:fs";
import { mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { MedkitError } from "../core/errors.ts";
import { HttpGetter, pseudoVersionTime, redactUrl } from "../module/index.ts";
import { folderSource, httpSource, refusedByVulndb, zipSource, type VulnSource } from "../proxy/index.ts";
import { removeTree } from "../state/index.ts";
import type { CommandContext } from "./context.ts";
import { openProxy, planProxy, type ProxyFlags, type ProxyPlan } from "./proxy-job.ts";
import { readNetrc } from "./netrc.ts";
import { vulndbFolder } from "./vulndb-folder.ts";

/** The database's own repository, as a module that the checksum database proves. */
const vulndbModule = "golang.org/x/vulndb";
const defaultSource = "https://vuln.go.dev";
/** Octets of a zip that is fetched; Go's is of some megabytes. */
const mostZipOctets = 1024 ** 3;

export interface VulndbPlan {
  readonly proxy: ProxyPlan;
  /** Folder of the mirrored database. */
  readonly folder: string;
  readonly source: string;
}

export async function planVulndb(
  context: CommandContext,
  flags: ProxyFlags & { readonly folder?: string | undefined },
  source?: string,
): Promise<VulndbPlan> {
  const proxy = await planProxy(context, flags);
  const folder = flags.folder ?? (await vulndbFolder(context, proxy));
  return { proxy, folder, source: source ?? proxy.config.vulndb?.source ?? defaultSource };
}

/** Opens what a person named as the source. PATH_NOT_FOUND, VULNDB_INVALID, what the network throws. */
export async function openVulnSource(context: CommandContext, { proxy, source }: VulndbPlan): Promise<VulnSource> {
  const { ports } = context;
  if (/^https?:\/\//i.test(source)) {
    const transfer = { fetch: ports.fetch, signal: ports.signal };
    const options = { netrc: await readNetrc(ports.env) };
    if (!/\.zip$/i.test(source)) return httpSource(transfer, source, options);
    return await inTemporary(async (file) => {
      const http = new HttpGetter(transfer, options);
      await refusedByVulndb(source, () => http.download(source, file, mostZipOctets));
      return { name: redactUrl(source) };
    });
  }
  if (source === vulndbModule || source.startsWith(`${vulndbModule}@`))
    return await moduleSource(context, proxy, source);
  const path = source.startsWith("file://") ? fileURLToPath(source) : resolve(ports.cwd, source);
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined) throw new MedkitError("PATH_NOT_FOUND", { path });
  return facts.isDirectory() ? await folderSource(path) : zipSource(path, { name: path });
}

/** The database as a module: fetched, proven and kept like any other. */
async function moduleSource(context: CommandContext, plan: ProxyPlan, source: string): Promise<VulnSource> {
  // The policy may wait for this very database.
  const { policy: _, ...config } = plan.config;
  const opened = await openProxy(context, { ...plan, config });
  const { mirror } = opened;
  const wish = { mayFetch: plan.upstream !== undefined };
  try {
    const wanted = source.slice(vulndbModule.length + 1);
    const info = wanted === "" ? await mirror.latest(vulndbModule, wish) : undefined;
    const version = wanted === "" ? versionIn(info) : wanted;
    const found = await mirror.file("zip", { path: vulndbModule, version }, wish);
    if (found === undefined)
      throw new MedkitError("MODULE_UNAVAILABLE", { module: source, reasons: "no source has it" });
    return await inTemporary(async (file) => {
      await pipeline(found.file.stream(0, found.file.size), createWriteStream(file, { flags: "wx" }));
      const stamp = timeIn(version);
      const origin = { name: `${vulndbModule}@${version}`, proven: found.proof.proven };
      return stamp === undefined ? origin : { ...origin, stamp };
    });
  } finally {
    await opened.close();
  }
}

function versionIn(info: Buffer | undefined): string {
  if (info === undefined)
    throw new MedkitError("MODULE_UNAVAILABLE", { module: vulndbModule, reasons: "no source has it" });
  return (JSON.parse(info.toString("utf8")) as { readonly Version: string }).Version;
}

/** The commit's time, RFC 3339. */
function timeIn(version: string): string | undefined {
  return pseudoVersionTime(version)?.replace(/^(....)(..)(..)(..)(..)(..)$/, "$1-$2-$3T$4:$5:$6Z");
}

/** A zip that `fill` writes into a temporary file, which goes with the source. */
async function inTemporary(
  fill: (file: string) => Promise<{ readonly name: string; readonly proven?: string; readonly stamp?: string }>,
): Promise<VulnSource> {
  const folder = await mkdtemp(join(tmpdir(), "medkit-vulndb-"));
  try {
    const file = join(folder, "database.zip");
    const source = zipSource(file, await fill(file));
    const dispose = source[Symbol.asyncDispose].bind(source);
    return {
      ...source,
      [Symbol.asyncDispose]: async () => {
        await dispose();
        await removeTree(folder);
      },
    };
  } catch (error) {
    await removeTree(folder);
    throw error;
  }
}
