import { resolve } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { parseGoVersion, platformText, type Release } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { listStored } from "../goroot/index.ts";
import type { Layout } from "../state/index.ts";
import {
  acquireToolchain,
  identifyGoroot,
  toolchainAsModule,
  verifyGoroot,
  type Liars,
  type RecordSource,
  type ToolchainSource,
} from "../toolchain/index.ts";
import { canBootstrap } from "./bootstrap-rule.ts";
import type { ProvenTree } from "./rebuild.ts";

/** The first Go whose source makes its own archives (`make.bash -distpack`). */
const oldestRebuilt = 21;

export interface RebuildSupply {
  readonly sources: readonly ToolchainSource[];
  readonly records: RecordSource;
  /** Addresses that have lied in this command; they are not asked again. */
  readonly liars: Liars;
}

/** REBUILD_UNSUPPORTED for a Go that cannot make its own archives. */
export function demandRebuildable({ version, platform }: Release): void {
  if ((parseGoVersion(version)?.minor ?? 0) < oldestRebuilt)
    throw new MedkitError("REBUILD_UNSUPPORTED", { version, platform: platformText(platform) });
}

/** A toolchain for this host, in the store and proven by the checksum database just now. */
export async function provenToolchain(
  ports: Ports,
  layout: Layout,
  supply: RebuildSupply,
  release: Release,
): Promise<ProvenTree> {
  const { goroot, h1 } = await acquireToolchain(ports, release, {
    layout,
    database: supply.records,
    sources: supply.sources,
    liars: supply.liars,
  });
  return { release, goroot, h1 };
}

/**
 * The Go that compiles: a version (taken into the store, proven) or a GOROOT, which has to be the published one to the last file. REBUILD_BOOTSTRAP_UNFIT where
 * it is too old or for another machine, TOOLCHAIN_MISMATCH where it is not the published one.
 */
export async function chooseBootstrap(
  ports: Ports,
  layout: Layout,
  supply: RebuildSupply,
  wanted: Release,
  text: string,
): Promise<ProvenTree> {
  const unfit = (bootstrap: string): MedkitError =>
    new MedkitError("REBUILD_BOOTSTRAP_UNFIT", { bootstrap, version: wanted.version });
  if (parseGoVersion(text)?.patch !== undefined) {
    const version = text.replace(/^go/, "");
    if (!canBootstrap(version, wanted.version)) throw unfit(text);
    return await provenToolchain(ports, layout, supply, { version, platform: ports.platform });
  }
  const goroot = resolve(ports.cwd, text);
  const release = await identifyGoroot(goroot, ports.platform);
  if (platformText(release.platform) !== platformText(ports.platform) || !canBootstrap(release.version, wanted.version))
    throw unfit(goroot);
  const { h1: published } = await supply.records.lookup(toolchainAsModule(release));
  const check = await verifyGoroot(goroot, release, { published, signal: ports.signal, copies: [] });
  if (check.h1 !== published)
    throw new MedkitError("TOOLCHAIN_MISMATCH", { subject: `${goroot}: ${check.h1}, published ${published}` });
  return { release, goroot, h1: check.h1 };
}

/** Another installed Go that can compile it; undefined where there is none. */
export async function otherBootstrap(
  ports: Ports,
  layout: Layout,
  supply: RebuildSupply,
  wanted: Release,
  first: ProvenTree,
): Promise<ProvenTree | undefined> {
  for (const { version, platform } of await listStored(layout)) {
    if (version === first.release.version || platformText(platform) !== platformText(ports.platform)) continue;
    if (canBootstrap(version, wanted.version))
      return await provenToolchain(ports, layout, supply, { version, platform });
  }
  return undefined;
}
