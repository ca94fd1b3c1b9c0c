import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import { FakeLog } from "../../src/module/__fixtures__/fake-log.ts";
import { hash1 } from "../../src/module/index.ts";
import { removeTree } from "../../src/state/index.ts";
import { runInProcess, type Answer } from "./in-process.ts";

const modulePath = "golang.org/toolchain";

/** A module proxy and a checksum database in a folder, with small toolchains whose `go` is a script, and a home beside them. */
export interface ToolchainWorld {
  readonly root: string;
  readonly home: string;
  readonly proxy: string;
  /** The database, and the folder that it is served from. */
  readonly log: FakeLog;
  readonly database: string;
  readonly env: Record<string, string>;
  /** Publishes a toolchain; `change` alters what the proxy serves after the database has seen it; `more` are further files. */
  publish(
    version: string,
    platform?: string,
    change?: (files: Record<string, string>) => void,
    more?: Readonly<Record<string, string>>,
  ): void;
  medkit(...argv: readonly string[]): Promise<Answer>;
  close(): Promise<void>;
}

/** The files of a toolchain's GOROOT, as the published archive has them but for what the module form leaves out. */
export function toolchainFiles(version: string, platform: string): Record<string, string> {
  const folder = platform.replace("/", "_");
  return {
    VERSION: `go${version}\ntime 2024-01-01T00:00:00Z\n`,
    "bin/go": `#!/bin/sh\necho "go version go${version} ${platform}"\n`,
    "go.env": "GOPROXY=https://goproxy.internal,direct\nGOTOOLCHAIN=auto\n",
    [`pkg/tool/${folder}/compile`]: "a compiler\n",
    "src/fmt/print.go": "package fmt\n",
    "src/go.mod": "module std\n",
  };
}

const inZip = (path: string): string => path.replace(/(^|\/)go\.mod$/, "$1_go.mod");

/** The folder's `latest`, lookups and tiles: all that a database of fewer than 256 records has. */
function writeDatabase(log: FakeLog, folder: string, modules: readonly string[]): void {
  const paths = [
    "latest",
    ...modules.map((version) => `lookup/${modulePath}@${version}`),
    `tile/8/0/000.p/${log.size}`,
  ];
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), log.answer(path) ?? "");
  }
}

export function createToolchainWorld(): ToolchainWorld {
  const root = mkdtempSync(join(tmpdir(), "medkit-toolchains-"));
  const log = new FakeLog();
  const [home, proxy, database] = [join(root, "home"), join(root, "proxy"), join(root, "database")];
  const modules: string[] = [];
  const env: Record<string, string> = {
    HOME: join(root, "user"),
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    MEDKIT_HOME: home,
    GOENV: "off",
    GOPROXY: pathToFileURL(proxy).href,
    GOSUMDB: `${log.verifier.text} ${pathToFileURL(database).href}`,
  };
  mkdirSync(join(root, "user"));
  const versions = join(proxy, modulePath, "@v");
  mkdirSync(versions, { recursive: true });
  return {
    root,
    home,
    proxy,
    log,
    database,
    env,
    publish: (version, platform = "linux/amd64", change = () => undefined, more = {}) => {
      const moduleVersion = `v0.0.1-go${version}.${platform.replace("/", "-")}`;
      const files = { ...toolchainFiles(version, platform), ...more };
      const name = (path: string): string => `${modulePath}@${moduleVersion}/${inZip(path)}`;
      const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
      const h1 = hash1(Object.entries(files).map(([path, text]) => ({ name: name(path), sha256: sha256(text) })));
      const lines = [moduleVersion, `${moduleVersion}/go.mod`].map((each) => `${modulePath} ${each} ${h1}\n`);
      log.add(modulePath, moduleVersion, lines.join(""));
      modules.push(moduleVersion);
      change(files);
      const entries = Object.entries(files).map(([path, content]) => ({ name: name(path), content }));
      writeFileSync(join(versions, `${moduleVersion}.zip`), makeZip(entries));
      writeFileSync(join(versions, "list"), modules.map((each) => `${each}\n`).join(""));
      writeDatabase(log, database, modules);
    },
    medkit: (...argv) => runInProcess(env, env["PWD"] ?? root, argv),
    // What is installed is read-only.
    close: () => removeTree(root),
  };
}
