import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { KeyObject } from "node:crypto";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError } from "../core/errors.ts";
import { platformText } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { ChecksumDatabase, databaseFetcher, databaseKey, type DatabaseOps } from "../module/index.ts";
import {
  beginJournal,
  cleanUp,
  createStaging,
  ensureFolder,
  publishFile,
  publishFolder,
  requireSpace,
  temporaryBeside,
  withLock,
  writeFileAtomic,
  type Layout,
} from "../state/index.ts";
import {
  acquireToolchain,
  downloadSource,
  localSource,
  proxySource,
  type Toolchain,
  type ToolchainSource,
} from "../toolchain/index.ts";
import { readScript } from "./assets.ts";
import { buildModules, isolatedSetting, type BuildPlaces, type KitModules } from "./build-modules.ts";
import { finishKit, type FinishedKit } from "./finish.ts";
import { packCache, packKit, packToolchain } from "./pack.ts";
import { preflight, type Preflight } from "./preflight.ts";
import { packTools } from "./tools.ts";
import type { KitPlan, ManifestCache } from "./types.ts";
import { verifyKitFolder } from "./verify.ts";
import { warmCache } from "./warm.ts";

export interface BuildOptions {
  /** Folder for the archive. */
  readonly out: string;
  readonly signKey: KeyObject | undefined;
  /** Folder with medkit's executables, as `npm run package` fills it; absent: the kit goes without. */
  readonly tools: string | undefined;
  /** The signed tree head to prove against; absent: the newest one. */
  readonly head: string | undefined;
  /** Seconds since 1970: the time of every file in the kit. Absent: that of the newest input. */
  readonly sourceDate: number | undefined;
  /** medkit's version and runtime, as the manifest names them. */
  readonly madeBy: { readonly tool: string; readonly runtime: string };
}

export interface BuiltKit extends FinishedKit {
  readonly archive: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly preflights: readonly Preflight[];
  /** Packed parts that an earlier build had made. */
  readonly reused: readonly string[];
  /** The signed tree head, for a lock file. */
  readonly head: string;
}

/** Files of a checksum database that were proven before, under medkit's home. */
function databaseOps(layout: Layout, name: string, fetch: DatabaseOps["fetch"]): DatabaseOps {
  const root = layout.sumdb(name);
  return {
    fetch,
    readCache: async (path) => {
      try {
        return await readFile(join(root, path));
      } catch {
        return undefined;
      }
    },
    writeCache: async (path, data) => {
      const file = join(root, path);
      await ensureFolder(dirname(file));
      await writeFileAtomic(file, data, { durable: path === "latest" });
    },
  };
}

interface Build {
  readonly ports: Ports;
  readonly layout: Layout;
  readonly plan: KitPlan;
  readonly options: BuildOptions;
  readonly places: BuildPlaces;
  readonly database: ChecksumDatabase;
  readonly reused: string[];
}

/** Toolchains of the kit, and for each Go version the one that runs here. */
async function acquireAll({
  ports,
  layout,
  plan,
  database,
}: Build): Promise<{ packed: readonly Toolchain[]; runnable: ReadonlyMap<string, Toolchain> }> {
  const make: Readonly<Record<string, () => ToolchainSource>> = {
    proxy: () => proxySource(ports, plan.goproxy),
    download: () => downloadSource(ports, plan.download),
    local: () => localSource(plan.local),
  };
  const sources = plan.sources.flatMap((kind) => make[kind]?.() ?? []);
  const packed: Toolchain[] = [];
  const runnable = new Map<string, Toolchain>();
  for (const request of plan.toolchains)
    packed.push(await acquireToolchain(ports, request, { layout, database, sources }));
  for (const { goVersion } of plan.moduleSets) {
    const own = packed.find(
      (toolchain) =>
        toolchain.request.version === goVersion && platformText(toolchain.request.platform) === platformText(plan.host),
    );
    runnable.set(
      goVersion,
      own ??
        (await acquireToolchain(ports, { version: goVersion, platform: plan.host }, { layout, database, sources })),
    );
  }
  return { packed, runnable };
}

/** Puts a folder into the kit that is made once for its key: from the home's cache, else by `make`. */
async function packedOnce(
  build: Build,
  what: string,
  key: unknown,
  target: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const { layout, places, options, reused, ports } = build;
  const name = sha256Hex(JSON.stringify([what, key, options.madeBy]));
  const stored = join(layout.packed, name);
  let names = await readdir(stored).catch(() => undefined);
  if (names === undefined) {
    const fresh = join(places.staging, `packed-${name}`);
    await mkdir(fresh, { recursive: true });
    await make(fresh);
    await publishFolder(fresh, stored);
    names = await readdir(stored);
  } else {
    reused.push(what);
    ports.progress.emit({ type: "note", level: "info", text: `${what}: reused` });
  }
  await mkdir(target, { recursive: true });
  for (const file of names) await cp(join(stored, file), join(target, file));
}

async function mainModuleDigest(folder: string): Promise<string> {
  const digests: string[] = [];
  const visit = async (path: string): Promise<void> => {
    for (const entry of (await readdir(join(folder, path), { withFileTypes: true })).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) await visit(inner);
      else if (entry.isFile()) digests.push(`${inner} ${sha256Hex(await readFile(join(folder, inner)))}`);
    }
  };
  await visit("");
  return sha256Hex(digests.join("\n"));
}

/** Rehearses each module set from the kit's own tree without a network, then fills and packs the caches from the same tree. */
async function rehearseAndWarm(
  build: Build,
  modules: KitModules,
  runnable: ReadonlyMap<string, Toolchain>,
  mtime: number,
): Promise<{ preflights: Preflight[]; caches: ManifestCache[] }> {
  const { ports, plan, places } = build;
  const preflights: Preflight[] = [];
  const caches: ManifestCache[] = [];
  const treeDigest = sha256Hex(JSON.stringify(modules.manifest));
  for (const set of plan.moduleSets) {
    const toolchain = runnable.get(set.goVersion);
    const closure = modules.closures.find((item) => item.goVersion === set.goVersion);
    if (toolchain === undefined || closure === undefined) continue;
    const view = join(places.kit, "modules-by-go", `go${set.goVersion}`);
    const hasView = (await readdir(view).catch(() => undefined)) !== undefined;
    const goproxy = [...(hasView ? [pathToFileURL(view).href] : []), pathToFileURL(modules.tree).href].join(",");
    const root = join(places.staging, `rehearsal-go${set.goVersion}`);
    const setting = await isolatedSetting(root, toolchain, goproxy, plan.sumdb);
    preflights.push(await preflight(ports, set, closure.packages, setting, join(root, "work")));
    if (!plan.cache.enabled) continue;
    const mains = await Promise.all(set.warm.map(mainModuleDigest));
    for (const platform of set.platforms) {
      const folder = `go${set.goVersion}.${platform.os}-${platform.arch}`;
      const target = join(places.kit, "cache", folder);
      await packedOnce(
        build,
        `cache ${folder}`,
        [treeDigest, toolchain.h1, set, mains, mtime],
        target,
        async (fresh) => {
          const packages = [...closure.packages.values()].flat();
          const cache = await warmCache(ports, {
            set,
            platform,
            host: plan.host,
            setting,
            packages,
            work: join(root, "warm"),
          });
          if (cache.main.length > 0) await packCache(cache.main, join(fresh, "part-1-main.tar.gz"), mtime);
          if (cache.libraries.length > 0)
            await packCache(cache.libraries, join(fresh, "part-2-libraries.tar.gz"), mtime);
          const all = [...cache.main, ...cache.libraries];
          const facts = {
            entries: all.length,
            bytes: all.reduce((sum, entry) => sum + entry.content.length, 0),
            compiledAgain: cache.compiledAgain,
          };
          await writeFile(join(fresh, "cache.json"), `${JSON.stringify(facts)}\n`);
        },
      );
      const facts = JSON.parse(await readFile(join(target, "cache.json"), "utf8")) as {
        entries: number;
        bytes: number;
      };
      caches.push({
        goVersion: set.goVersion,
        platform: platformText(platform),
        cgo: false,
        entries: facts.entries,
        bytes: facts.bytes,
      });
    }
  }
  return { preflights, caches };
}

/** The newest time among the modules of the kit: the same inputs have the same time on any day. */
async function newestInput(modules: KitModules): Promise<number> {
  let newest = Date.UTC(2024, 0, 1);
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await visit(join(folder, entry.name));
      else if (entry.name.endsWith(".info")) {
        const { Time } = JSON.parse(await readFile(join(folder, entry.name), "utf8")) as { Time?: string };
        const time = Time === undefined ? Number.NaN : Date.parse(Time);
        if (time > newest) newest = time;
      }
    }
  };
  await visit(modules.tree);
  return Math.floor(newest / 1000);
}

async function fillKit(build: Build): Promise<BuiltKit> {
  const { ports, plan, options, places, database } = build;
  const { packed, runnable } = await acquireAll(build);
  const modules = await buildModules(ports, plan, runnable, database, places);
  const mtime = options.sourceDate ?? (await newestInput(modules));
  for (const toolchain of packed) {
    const { version, platform } = toolchain.request;
    const folder = `go${version}.${platform.os}-${platform.arch}`;
    await packedOnce(
      build,
      `toolchain ${folder}`,
      [toolchain.h1, mtime],
      join(places.kit, "toolchains", folder),
      (fresh) => packToolchain(toolchain, fresh, mtime),
    );
  }
  const { preflights, caches } = await rehearseAndWarm(build, modules, runnable, mtime);
  for (const name of ["activate", "deactivate", "verify"] as const) {
    const file = join(places.kit, `${name}.sh`);
    await writeFile(file, await readScript(name));
    await chmod(file, 0o755);
  }
  for (const [index, folder] of plan.moduleSets[0]?.warm.entries() ?? [])
    await cp(folder, join(places.kit, "example", index === 0 ? basename(folder) : `${index}-${basename(folder)}`), {
      recursive: true,
    });
  const platforms = plan.toolchains.map((toolchain) => toolchain.platform);
  const tools = options.tools === undefined ? undefined : await packTools(options.tools, platforms, places.kit);
  const head = await database.head();
  const finished = await finishKit({
    plan,
    kit: places.kit,
    packed,
    modules,
    caches,
    tools,
    head,
    key: database.verifier.text,
    mtime,
    signKey: options.signKey,
    madeBy: options.madeBy,
  });
  const check = await verifyKitFolder(places.kit);
  if (check.differences.length > 0)
    throw new MedkitError("UNEXPECTED", {
      detail: `the kit does not verify before it is packed: ${JSON.stringify(check.differences.slice(0, 3))}`,
    });
  const archive = join(options.out, plan.archive);
  const step = "archive";
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  const staged = join(options.out, `.${plan.archive}.${basename(places.staging)}.tmp`);
  const summary = await packKit(
    places.kit,
    plan.name,
    finished.paths,
    new Set(finished.manifest.executables),
    staged,
    mtime,
    temporaryBeside(staged),
  );
  // The old sum goes first: at no moment does a sum file vouch for another archive than the one beside it.
  await rm(`${archive}.sha256sum`, { force: true });
  await publishFile(staged, archive);
  await writeFileAtomic(`${archive}.sha256sum`, `${summary.sha256}  ${plan.archive}\n`);
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  return {
    ...finished,
    archive,
    sha256: summary.sha256,
    bytes: summary.bytes,
    preflights,
    reused: build.reused,
    head: head.note,
  };
}

/**
 * Carries out a plan: fetches, proves, rehearses, packs, signs, verifies, and only then gives the archive its name. Whatever ends it before
 * leaves no archive; the next run removes what was left behind.
 */
export async function buildKit(ports: Ports, layout: Layout, plan: KitPlan, options: BuildOptions): Promise<BuiltKit> {
  return withLock(
    layout.lock("kit-build"),
    async () => {
      await cleanUp(layout);
      await mkdir(options.out, { recursive: true });
      await removeAbandoned(options.out, plan.archive);
      await requireSpace(layout.home, plan.toolchains.length * 600_000_000 + 1_500_000_000);
      await requireSpace(options.out, plan.toolchains.length * 150_000_000 + 200_000_000);
      const staging = await createStaging(layout.work, "kit-build");
      const journal = await beginJournal(layout.journal, {
        plan: basename(staging.path),
        kind: "kit-build",
        steps: ["build"],
        staging: [staging.path],
      });
      try {
        const verifier = databaseKey(plan.sumdb);
        const fetch = databaseFetcher(ports, plan.goproxy, verifier.name);
        const database = new ChecksumDatabase(verifier, databaseOps(layout, verifier.name, fetch), options.head);
        const places = {
          staging: staging.path,
          kit: join(staging.path, "kit"),
          sharedModules: join(layout.goModCache, "download"),
        };
        await mkdir(places.kit);
        const built = await fillKit({ ports, layout, plan, options, places, database, reused: [] });
        await journal.end("done");
        return built;
      } catch (error) {
        await journal.end("failed");
        throw error;
      } finally {
        await staging.dispose();
      }
    },
    { purpose: "kit build" },
  );
}

/** Half-written archives of builds that were killed; this build holds the lock, so no other is writing. */
async function removeAbandoned(out: string, archive: string): Promise<void> {
  for (const name of await readdir(out)) {
    if (name.includes(archive) && name.startsWith(".") && name.endsWith(".tmp"))
      await rm(join(out, name), { force: true });
  }
}
