import { MedkitError } from "../core/errors.ts";
import { platformText, toolchainName, type Release } from "../core/go-version.ts";
import { REBUILT_UNMATCHED } from "../core/toolchain-words.ts";
import { findStored, type RebuiltRecord } from "../goroot/index.ts";
import { isRecordAbsent } from "../module/index.ts";
import {
  demandRebuildable,
  provenToolchain,
  rebuildToolchain,
  storeRebuilt,
  type RebuildSupply,
} from "../rebuild/index.ts";
import { claimPartial } from "../state/index.ts";
import {
  acquireToolchain,
  downloadSource,
  hashTree,
  localSource,
  proxySource,
  toolchainHash1,
  toolchainModuleVersion,
  type Liars,
  type Toolchain,
  type ToolchainSource,
} from "../toolchain/index.ts";
import type { Build } from "./build-context.ts";

/** A toolchain for the kit: proven by the checksum database, or made here from proven source where no source has it. */
export type KitToolchainTree = Omit<Toolchain, "evidence"> &
  (
    | { readonly evidence: Toolchain["evidence"]; readonly rebuilt?: undefined }
    | { readonly evidence?: undefined; readonly rebuilt: RebuiltRecord }
  );

/** Toolchains of the kit, and for each Go version the one that runs here. */
export async function acquireAll(
  build: Build,
): Promise<{ packed: readonly KitToolchainTree[]; runnable: ReadonlyMap<string, Toolchain> }> {
  const { ports, layout, plan, database } = build;
  const transfer = { keep: (address: string) => claimPartial(layout, address) };
  const liars: Liars = new Set();
  const make: Readonly<Record<string, () => ToolchainSource>> = {
    proxy: () => proxySource(ports, plan.goproxy, transfer),
    download: () => downloadSource(ports, plan.download, transfer),
    local: () => localSource(plan.local),
  };
  const sources = plan.sources.flatMap((kind) => make[kind]?.() ?? []);
  const acquire = (request: Release): Promise<Toolchain> =>
    acquireToolchain(ports, request, { layout, database, sources, liars });
  const packed: KitToolchainTree[] = [];
  const runnable = new Map<string, Toolchain>();
  for (const request of plan.toolchains) {
    try {
      packed.push(await acquire(request));
    } catch (error) {
      // A mirror that refuses a port refuses its record too.
      const isMissing = error instanceof MedkitError && error.code === "TOOLCHAIN_UNAVAILABLE";
      if (!(isMissing || isRecordAbsent(error)) || !plan.sources.includes("rebuild") || isHost(build, request))
        throw error;
      demandRebuildable(request);
      packed.push(await rebuild(build, request, { sources, records: database, liars }));
    }
  }
  for (const { goVersion } of plan.moduleSets) {
    const request = { version: goVersion, platform: plan.host };
    const own = packed.find((each) => each.request.version === goVersion && isHost(build, each.request));
    runnable.set(goVersion, own?.evidence === undefined ? await acquire(request) : own);
  }
  return { packed, runnable };
}

function isHost({ plan }: Build, { platform }: Release): boolean {
  return platformText(platform) === platformText(plan.host);
}

/** The one that an earlier rebuild left in the store, if its tree is still the same; else it is made now. */
async function rebuild(build: Build, release: Release, supply: RebuildSupply): Promise<KitToolchainTree> {
  const earlier = await fromStore(build, release);
  if (earlier !== undefined) return earlier;
  const { ports, layout, plan } = build;
  const host = { version: release.version, platform: plan.host };
  const source = await provenToolchain(ports, layout, supply, host);
  ports.progress.emit({ type: "note", level: "warning", text: "@kitRebuilds" });
  const options = { work: layout.work, source, bootstrap: source, records: supply.records };
  await rebuildToolchain(ports, release, options, (rebuilt) => storeRebuilt(ports, layout, rebuilt));
  const made = await fromStore(build, release);
  if (made !== undefined) return made;
  throw new MedkitError("UNEXPECTED", { detail: `${toolchainName(release)} was rebuilt and is not in the store` });
}

async function fromStore({ layout }: Build, release: Release): Promise<KitToolchainTree | undefined> {
  const stored = await findStored(layout, release.version, release.platform);
  const record = stored?.record;
  if (stored === undefined || record?.rebuilt === undefined || record.trust !== REBUILT_UNMATCHED) return undefined;
  const { goroot } = stored;
  const files = await hashTree(goroot);
  if (toolchainHash1(release, files) !== record.h1) return undefined;
  const { h1, source, rebuilt } = record;
  const moduleVersion = toolchainModuleVersion(release.version, release.platform);
  return { request: release, goroot, moduleVersion, h1, source, files, rebuilt };
}
