import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sha256Hex } from "../core/digest.ts";
import { platformText } from "../core/go-version.ts";
import { publishFolder } from "../state/index.ts";
import type { Toolchain } from "../toolchain/index.ts";
import type { Build } from "./build-context.ts";
import { isolatedSetting, type KitModules } from "./build-modules.ts";
import { packCache } from "./pack.ts";
import { preflight, type Preflight } from "./preflight.ts";
import type { ManifestCache } from "./types.ts";
import { warmCache } from "./warm.ts";

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
export async function rehearseAndWarm(
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
    const isolated = await isolatedSetting(root, toolchain, goproxy, plan.sumdb);
    // Exactly the private modules are outside the database, and still come from the kit's tree.
    const setting =
      plan.private.length === 0 ? isolated : { ...isolated, extra: { GONOSUMDB: plan.private.join(",") } };
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
