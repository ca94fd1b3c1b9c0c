import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { toolchainName } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { ChecksumDatabase, databaseFetcher, databaseOps } from "../module/index.ts";
import {
  beginJournal,
  cleanUp,
  createStaging,
  publishFile,
  requireSpace,
  temporaryBeside,
  withLock,
  writeFileAtomic,
  type Layout,
} from "../state/index.ts";
import { acquireAll } from "./acquire.ts";
import { readScript } from "./assets.ts";
import { packedOnce, rehearseAndWarm } from "./build-caches.ts";
import type { Build, BuildOptions } from "./build-context.ts";
import { buildModules, type KitModules } from "./build-modules.ts";
import { kitDatabase } from "./database-key.ts";
import { finishKit, type FinishedKit } from "./finish.ts";
import { packKit, packToolchain } from "./pack.ts";
import type { Preflight } from "./preflight.ts";
import { packTools } from "./tools.ts";
import type { KitPlan } from "./types.ts";
import { verifyKitFolder } from "./verify.ts";

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
    const folder = toolchainName(toolchain.request);
    await packedOnce(
      build,
      `toolchain ${folder}`,
      [toolchain.h1, mtime],
      join(places.kit, "toolchains", folder),
      (fresh) => packToolchain(toolchain, fresh, mtime),
    );
  }
  const { preflights, caches } = await rehearseAndWarm(build, modules, runnable, mtime);
  for (const name of ["activate", "deactivate", "verify", "rescue"] as const) {
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

/** Rehearsals before packing run where no network is: a host that cannot give that cannot make a kit. */
async function requireSandbox(ports: Ports): Promise<void> {
  const args = ["--user", "--map-current-user", "--net", "--", "true"];
  const env = { PATH: ports.env["PATH"] ?? "/usr/bin:/bin" };
  let problem: string;
  try {
    const probe = await ports.process.run({ command: "unshare", args, cwd: "/", env, timeout: 10_000 });
    if (probe.status === 0) return;
    problem = probe.stderr.trim().split("\n")[0] ?? "";
  } catch (error) {
    if (error instanceof MedkitError && error.code === "INTERRUPTED") throw error;
    problem = "unshare cannot be started";
  }
  throw new MedkitError("SANDBOX_UNAVAILABLE", { problem });
}

/**
 * Carries out a plan: fetches, proves, rehearses, packs, signs, verifies, and only then gives the archive its name. Whatever ends it before
 * leaves no archive; the next run removes what was left behind.
 */
export async function buildKit(ports: Ports, layout: Layout, plan: KitPlan, options: BuildOptions): Promise<BuiltKit> {
  return withLock(
    layout.lock("kit-build"),
    async () => {
      await requireSandbox(ports);
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
        const { verifier, url } = kitDatabase(plan.sumdb);
        const fetch = databaseFetcher(ports, plan.goproxy, verifier.name, url === undefined ? {} : { url });
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
