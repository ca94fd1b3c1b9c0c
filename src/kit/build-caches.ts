import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sha256Hex } from "../core/digest.ts";
import { platformText, toolchainName } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { gosumdbValue } from "../module/index.ts";
import { publishFolder } from "../state/index.ts";
import type { Toolchain } from "../toolchain/index.ts";
import type { Build } from "./build-context.ts";
import { isolatedSetting, type KitModules } from "./build-modules.ts";
import { packCache } from "./pack.ts";
import { preflight, type Preflight } from "./preflight.ts";
import type { ManifestCache } from "./types.ts";
import { warmCache, type CacheEntry } from "./warm.ts";

/** Puts a folder into the kit that is made once for its key: from the home's cache, else by `make`. */
export async function packedOnce(
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

/** What the host's C compiler says of itself; empty where there is none. */
async function compilerIdentity(ports: Ports): Promise<string> {
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" };
  for (const command of ["gcc", "clang", "cc"]) {
    const result = await ports.process.run({ command, args: ["--version"], env });
    if (result.status === 0) return result.stdout.toString("utf8").split("\n", 1)[0] ?? "";
  }
  return "";
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

interface CacheSize {
  readonly entries: number;
  readonly bytes: number;
}

/** `cache.json` of a packed cache. */
interface CacheFacts extends CacheSize {
  readonly compiledAgain: number;
  readonly cgo?: CacheSize & { readonly compiler: string; readonly compiledAgain: number };
}

function sizeOf(entries: readonly CacheEntry[]): CacheSize {
  return { entries: entries.length, bytes: entries.reduce((sum, entry) => sum + entry.content.length, 0) };
}

/** Rehearses each module set from the kit's own tree without a network, then fills and packs the caches from the same tree. */
export async function rehearseAndWarm(
  build: Build,
  modules: KitModules,
  runnable: ReadonlyMap<string, Toolchain>,
  mtime: number,
): Promise<{ preflights: Preflight[]; caches: ManifestCache[] }> {
  const { ports, plan, places } = build;
  const preflights: Preflight[] = [];
  const caches: ManifestCache[] = [];
  // A packed cache holds what this C compiler made, if it made any.
  const hostCompiler = await compilerIdentity(ports);
  const treeDigest = sha256Hex(JSON.stringify(modules.manifest));
  for (const set of plan.moduleSets) {
    const toolchain = runnable.get(set.goVersion);
    const closure = modules.closures.find((item) => item.goVersion === set.goVersion);
    if (toolchain === undefined || closure === undefined) continue;
    const view = join(places.kit, "modules-by-go", `go${set.goVersion}`);
    const hasView = (await readdir(view).catch(() => undefined)) !== undefined;
    const goproxy = [...(hasView ? [pathToFileURL(view).href] : []), pathToFileURL(modules.tree).href].join(",");
    const root = join(places.staging, `rehearsal-go${set.goVersion}`);
    const isolated = await isolatedSetting(root, toolchain, goproxy, gosumdbValue(plan.sumdb));
    // Exactly the private modules are outside the database, and still come from the kit's tree.
    const setting =
      plan.private.length === 0 ? isolated : { ...isolated, extra: { GONOSUMDB: plan.private.join(",") } };
    preflights.push(await preflight(ports, set, closure.packages, setting, join(root, "work")));
    if (!plan.cache.enabled) continue;
    const mains = await Promise.all(set.warm.map(mainModuleDigest));
    for (const platform of set.platforms) {
      const folder = toolchainName({ version: set.goVersion, platform });
      const target = join(places.kit, "cache", folder);
      await packedOnce(
        build,
        `cache ${folder}`,
        [treeDigest, toolchain.h1, set, mains, mtime, hostCompiler],
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
          if (cache.cgo !== undefined) await packCache(cache.cgo.entries, join(fresh, "part-3-cgo.tar.gz"), mtime);
          const facts: CacheFacts = {
            ...sizeOf([...cache.main, ...cache.libraries]),
            compiledAgain: cache.compiledAgain,
            ...(cache.cgo === undefined
              ? {}
              : { cgo: { ...sizeOf(cache.cgo.entries), compiler: cache.cgo.compiler, compiledAgain: cache.cgo.compiledAgain } }), // prettier-ignore
          };
          await writeFile(join(fresh, "cache.json"), `${JSON.stringify(facts)}\n`);
        },
      );
      const facts = JSON.parse(await readFile(join(target, "cache.json"), "utf8")) as CacheFacts;
      const of = { goVersion: set.goVersion, platform: platformText(platform) };
      caches.push({ ...of, cgo: false, entries: facts.entries, bytes: facts.bytes });
      if (facts.cgo === undefined) {
        const isHost = platformText(platform) === platformText(plan.host);
        const why = isHost ? "no C compiler works here" : "C for another platform than this host's is not compiled";
        ports.progress.emit({ type: "note", level: "info", text: `cache ${folder}: without cgo (${why})` });
      } else {
        const { entries, bytes, compiler } = facts.cgo;
        caches.push({ ...of, cgo: true, entries, bytes, compiler });
      }
    }
  }
  return { preflights, caches };
}
