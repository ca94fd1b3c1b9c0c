import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { FakeLog } from "../../src/module/__fixtures__/fake-log.ts";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import { cachedModule, hashGoMod, hashModuleZip } from "../../src/module/index.ts";
import { removeTree } from "../../src/state/index.ts";
import { runInProcess, type Answer } from "./in-process.ts";

/** A module as the world publishes it. */
export interface Published {
  readonly path: string;
  readonly version: string;
  readonly h1: string;
  readonly goModH1: string;
  /** Its two lines of go.sum. */
  readonly lines: string;
}

export type SumsWorld = Awaited<ReturnType<typeof createSumsWorld>>;

/** A module proxy, a checksum database, a module cache and a main module, all in one folder. `path` is PATH: without it there is no go. */
export async function createSumsWorld(path = "/nowhere") {
  const root = mkdtempSync(join(tmpdir(), "medkit-sums-"));
  const log = new FakeLog();
  const place = (name: string): string => join(root, name);
  const [database, proxy, cache, main_] = [place("database"), place("proxy"), place("cache"), place("main")];
  const names: string[] = [];
  const env: Record<string, string> = {
    HOME: place("user"),
    PATH: path,
    MEDKIT_HOME: place("home"),
    GOENV: "off",
    GOMODCACHE: cache,
    GOCACHE: place("gocache"),
    GOFLAGS: "-modcacherw",
    GOPROXY: pathToFileURL(proxy).href,
    GOSUMDB: `${log.verifier.text} ${pathToFileURL(database).href}`,
    GOTOOLCHAIN: "local",
  };
  const put = (file: string, data: string | Uint8Array): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  };
  const writeDatabase = (): void => {
    const paths = ["latest", ...names.map((name) => `lookup/${name}`), `tile/8/0/000.p/${log.size}`];
    for (const each of paths) put(join(database, each), log.answer(each) ?? "");
  };
  return {
    root,
    log,
    env,
    database,
    proxy,
    cache,
    main: main_,
    put,
    /** Makes a module; `inDatabase: false` keeps it from the database, `cached: false` from the module cache. `files`: what else it holds. */
    publish: async (
      module: { readonly path: string; readonly version: string },
      wish: {
        readonly inDatabase?: boolean;
        readonly cached?: boolean;
        readonly requires?: string;
        readonly files?: Readonly<Record<string, string>>;
      } = {},
    ): Promise<Published> => {
      const name = `${module.path}@${module.version}`;
      const goMod = `module ${module.path}\n\ngo 1.20\n${wish.requires ?? ""}`;
      const code = `package ${module.path.split("/").at(-1) ?? "x"}\n`;
      const files = Object.entries({ "go.mod": goMod, "code.go": code, ...wish.files });
      const zip = makeZip(files.map(([file, content]) => ({ name: `${name}/${file}`, content })));
      const versions = join(proxy, module.path, "@v");
      put(join(versions, `${module.version}.zip`), zip);
      put(join(versions, `${module.version}.mod`), goMod);
      put(join(versions, `${module.version}.info`), JSON.stringify({ Version: module.version }));
      put(join(versions, "list"), `${module.version}\n`);
      const h1 = await hashModuleZip(join(versions, `${module.version}.zip`), module.path, module.version);
      const goModH1 = hashGoMod(goMod);
      const lines = `${module.path} ${module.version} ${h1}\n${module.path} ${module.version}/go.mod ${goModH1}\n`;
      if (wish.inDatabase !== false) {
        log.add(module.path, module.version, lines);
        names.push(name);
        writeDatabase();
      }
      if (wish.cached !== false) {
        const at = cachedModule(cache, module);
        put(at.zip, zip);
        put(at.zipHash, h1);
        put(at.goMod, goMod);
        for (const [file, content] of files) put(join(at.folder, file), content);
      }
      return { ...module, h1, goModH1, lines };
    },
    writeMain: (requires: readonly Published[], sums: string, more = ""): void => {
      const lines = requires.map((each) => `require ${each.path} ${each.version}\n`).join("");
      put(join(main_, "go.mod"), `module main.example\n\ngo 1.21\n\n${lines}${more}`);
      put(join(main_, "go.sum"), sums);
    },
    medkit: (...argv: readonly string[]): Promise<Answer> => runInProcess(env, main_, argv),
    close: () => removeTree(root),
  };
}
