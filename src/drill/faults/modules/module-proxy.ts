import { appendFile, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askingProxy, emptyCache } from "../module-source.ts";
import type { Fault, FaultStage } from "../types.ts";

// None is set together with another: one proxy and one module cache are in force.

const port = "18080";
const proxy = `http://127.0.0.1:${port}`;

/** A proxy that is odd about the dependency, and an empty module cache. */
function withProxy(mode: string): Pick<Fault, "setUp" | "environment" | "server"> {
  return {
    setUp: emptyCache,
    environment: askingProxy(proxy),
    server: ({ kitModules, dependency }) => ({
      script: "module-proxy.mjs",
      args: [port, kitModules, mode, dependency.module],
    }),
  };
}

/** go.mod demands a module that nobody has, with lines in go.sum as somebody else's go wrote them. */
async function demand(stage: FaultStage, module: string): Promise<void> {
  const { host, dependency } = stage;
  await emptyCache(stage);
  await appendFile(join(host.project, "go.mod"), `\nrequire ${module} v1.2.3\n`);
  const sums = await readFile(join(host.project, "go.sum"), "utf8");
  const hash = new RegExp(`^${dependency.module} ${dependency.version}/go.mod (.*)$`, "m").exec(sums)?.[1] ?? "";
  await appendFile(join(host.project, "go.sum"), `${module} v1.2.3 ${hash}\n${module} v1.2.3/go.mod ${hash}\n`);
  await writeFile(join(host.project, "more.go"), `package main\n\nimport _ "${module}"\n`);
}

export const proxyTampersZip: Fault = {
  id: "proxy-tampers-zip",
  title: "A proxy that gives another zip than the one in go.sum",
  cause: "MODULE_PROXY_MISMATCH",
  expect: "recovered",
  pairs: false,
  ...withProxy("zip"),
};

export const proxyTampersGoMod: Fault = {
  id: "proxy-tampers-go-mod",
  title: "A proxy that gives another go.mod than the one in go.sum",
  cause: "MODULE_PROXY_MISMATCH",
  expect: "recovered",
  pairs: false,
  ...withProxy("mod"),
  command: () => ["go", "list", "-m", "all"],
};

/** go.sum says nothing yet, and the checksum database does: nobody else is asked. The go.mod and go.sum that are written lie beside the project. */
export const proxyTampersUnrecorded: Fault = {
  id: "proxy-tampers-unrecorded",
  title: "A proxy that gives another zip than the checksum database knows",
  cause: "CHECKSUM_MISMATCH",
  expect: "named",
  ...withProxy("zip"),
  setUp: async (stage) => {
    const { host } = stage;
    await emptyCache(stage);
    await copyFile(join(host.project, "go.mod"), join(host.extra, "own.mod"));
  },
  environment: (stage) => ({
    ...askingProxy(proxy)(stage),
    GOFLAGS: `-mod=mod -modfile=${join(stage.inside.extra, "own.mod")} -tags=drillcanary`,
  }),
  // go keeps the refused hash in go.sum, and would believe it the next time.
  shell: ({ inside }) => `rm -f ${join(inside.extra, "own.sum")}`,
};

export const versionGone: Fault = {
  id: "version-gone",
  title: "A proxy that has a version no longer (410)",
  cause: "VERSION_VANISHED",
  expect: "recovered",
  pairs: false,
  ...withProxy("410"),
};

export const versionGoneFromFolder: Fault = {
  id: "version-gone-folder",
  title: "GOPROXY names a folder that does not have the version",
  cause: "VERSION_VANISHED",
  expect: "recovered",
  pairs: false,
  setUp: async (stage) => {
    await emptyCache(stage);
    await mkdir(join(stage.host.extra, "proxy"));
  },
  environment: (stage) => askingProxy(`file://${join(stage.inside.extra, "proxy")}`)(stage),
};

export const versionNotFound: Fault = {
  id: "version-not-found",
  title: "A proxy that does not have a version (404), though others",
  cause: "VERSION_VANISHED",
  expect: "named",
  ...withProxy("none"),
  setUp: async (stage) => {
    const { host, dependency } = stage;
    await emptyCache(stage);
    for (const name of ["go.mod", "go.sum"]) {
      const file = join(host.project, name);
      await writeFile(file, (await readFile(file, "utf8")).replaceAll(dependency.version, "v0.0.999"));
    }
  },
};

export const privateModule: Fault = {
  id: "private-module",
  title: "A private module that is asked of a public proxy (404)",
  cause: "MODULE_PRIVATE",
  expect: "named",
  ...withProxy("none"),
  setUp: (stage) => demand(stage, "git.example.org/team/lib"),
};

const capital = (module: string): string => module.replace(/[^/]+$/, (last) => last.charAt(0).toUpperCase() + last.slice(1)); // prettier-ignore

export const wrongCase: Fault = {
  id: "module-wrong-case",
  title: "A module that is required with a capital letter too much",
  cause: "MODULE_PATH_MISMATCH",
  expect: "named",
  ...withProxy("case"),
  setUp: async (stage) => {
    const { host, dependency } = stage;
    await emptyCache(stage);
    for (const name of ["go.mod", "go.sum", "main.go"]) {
      const file = join(host.project, name);
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replaceAll(dependency.module, capital(dependency.module)));
    }
  },
  command: () => ["go", "list", "-m", "all"],
};
