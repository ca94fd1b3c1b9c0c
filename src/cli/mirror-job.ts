import { stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { MedkitError } from "../core/errors.ts";
import { EXIT } from "../core/exit.ts";
import { parsePlatform, platformText, versionsFor, type Platform } from "../core/go-version.ts";
import {
  GoModFiles,
  readSource,
  resolveQuery,
  throughMirror,
  withoutStoring,
  type SyncSource,
  type Trouble,
} from "../mirror/index.ts";
import type { ModuleVersion, NoteVerifier } from "../module/index.ts";
import { parseModuleVersion, toolchainAsModule, toolchainModule } from "../toolchain/index.ts";
import type { CommandContext } from "./context.ts";
import { openProxy, planProxy, type OpenProxy, type ProxyFlags } from "./proxy-job.ts";
import { readSelector } from "./toolchain-job.ts";
import { resolveVersion } from "./toolchain-sources.ts";

export interface OpenMirror extends OpenProxy {
  /** As a person knows it. */
  readonly storeName: string;
  readonly verifier: NoteVerifier;
}

/** Opens the store that `proxy serve` would serve. */
export async function openMirror(context: CommandContext, flags: ProxyFlags): Promise<OpenMirror> {
  const plan = await planProxy(context, flags);
  const opened = await openProxy(context, plan);
  return { ...opened, storeName: plan.store.shown, verifier: plan.database.verifier };
}

/** The same without any upstream, and only where it is there already. STORE_NOT_FOUND. */
export async function openStored(context: CommandContext, flags: ProxyFlags): Promise<OpenMirror> {
  const offline = { ...context, flags: { ...context.flags, offline: true } };
  await demandStore(offline, flags);
  return await openMirror(offline, flags);
}

/** STORE_NOT_FOUND where the folder is not there. A bucket is looked for when it is opened. */
export async function demandStore(context: CommandContext, flags: ProxyFlags): Promise<void> {
  const { store } = await planProxy(context, flags);
  const facts = store.kind === "folder" ? await stat(store.root).catch(() => undefined) : undefined;
  if (store.kind === "folder" && facts?.isDirectory() !== true)
    throw new MedkitError("STORE_NOT_FOUND", { store: store.shown });
}

/** What clients set where the store lies in a folder of this machine. */
export function storeUrl(store: string): string {
  return pathToFileURL(store).href;
}

/** What module graphs are read with. A plan that changes nothing only looks at what it does not find in the store. */
export function goModFiles({ ports, flags }: CommandContext, { mirror, store, upstream }: OpenProxy): GoModFiles {
  const step = "mirror-graph";
  const onRead = (done: number): void => ports.progress.emit({ type: "step-progress", step, done, unit: "modules" });
  const fetch = flags.dryRun ? withoutStoring(store, upstream) : throughMirror(mirror);
  return new GoModFiles(fetch, ports.signal, onRead);
}

/** The sources that a command line names. */
export async function readSources(
  context: CommandContext,
  { mirror, store, upstream }: OpenProxy,
  names: readonly string[],
): Promise<SyncSource[]> {
  const mod = context.flags.dryRun ? withoutStoring(store, upstream) : throughMirror(mirror);
  const resolve = (path: string, query: string): Promise<string> => resolveQuery(mirror, mod, path, query);
  const sources: SyncSource[] = [];
  for (const name of names) sources.push(await readSource(name, { cwd: context.ports.cwd, resolve }));
  return sources;
}

/**
 * Toolchains as the modules that they are, for each platform; `1.22` and `latest` are what the mirror's upstream, or else its store, has. TOOLCHAIN_VERSION_INVALID,
 * TOOLCHAIN_VERSION_UNKNOWN, TOOLCHAIN_PLATFORM_INVALID.
 */
export async function toolchainSource(
  { ports }: CommandContext,
  { mirror }: Pick<OpenProxy, "mirror">,
  versions: readonly string[],
  platforms: readonly string[],
): Promise<SyncSource[]> {
  const wanted = platforms.length === 0 ? [ports.platform] : platforms.map(readPlatform);
  const selectors = versions.map((text) => ({ text, selector: readSelector(text) }));
  if (selectors.length === 0) return [];
  const isNamed = selectors.every(({ selector }) => selector.kind === "exact");
  const listed = isNamed ? undefined : await mirror.list(toolchainModule, { mayFetch: true });
  const releases = (listed?.toString("utf8") ?? "").split("\n").flatMap((line) => parseModuleVersion(line) ?? []);
  const supply = { versions: (platform: Platform) => Promise.resolve(versionsFor(platform, releases)) };
  const alone: ModuleVersion[] = [];
  const names = new Set<string>();
  for (const { text, selector } of selectors)
    for (const platform of wanted) {
      const version = await resolveVersion(supply, text, selector, platform);
      names.add(`go${version}`);
      alone.push(toolchainAsModule({ version, platform }));
    }
  const name = `${[...names].join(", ")} (${wanted.map(platformText).join(", ")})`;
  return [{ name, kind: "toolchain", roots: [], content: "required", sums: [], alone }];
}

function readPlatform(text: string): Platform {
  const platform = parsePlatform(text);
  if (platform === undefined) throw new MedkitError("TOOLCHAIN_PLATFORM_INVALID", { platform: text });
  return platform;
}

/** The error that names what is missing, and its exit status: 4 where something came that is not what was published. */
export function incomplete(
  troubles: readonly Trouble[],
): { readonly problem: MedkitError; readonly exit: number } | undefined {
  const [first] = troubles;
  if (first === undefined) return undefined;
  const problem = new MedkitError("STORE_INCOMPLETE", {
    count: troubles.length,
    first: `${first.subject}: ${first.code}`,
  });
  const isForged = troubles.some(({ code }) => new MedkitError(code).exit === EXIT.integrity);
  return { problem, exit: isForged ? EXIT.integrity : problem.exit };
}
