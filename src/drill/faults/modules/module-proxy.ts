import { appendFile, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault, FaultStage } from "../types.ts";

// None is set together with another: one proxy and one module cache are in force.

const port = "18080";

/** A proxy that is odd about the dependency, and an empty module cache. */
function withProxy(mode: string): Pick<Fault, "setUp" | "environment" | "server"> {
  return {
    setUp: ({ host }) => mkdir(join(host.extra, "mod")),
    environment: ({ inside }) => ({ GOPROXY: `http://127.0.0.1:${port}`, GOMODCACHE: join(inside.extra, "mod") }),
    server: ({ kitModules, dependency }) => ({
      script: "module-proxy.mjs",
      args: [port, kitModules, mode, dependency.module],
    }),
  };
}

/** go.mod demands a module that nobody has, with lines in go.sum as somebody else's go wrote them. */
async function demand({ host, dependency }: FaultStage, module: string): Promise<void> {
  await mkdir(join(host.extra, "mod"));
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
  setUp: async ({ host }) => {
    await mkdir(join(host.extra, "mod"));
    await copyFile(join(host.project, "go.mod"), join(host.extra, "own.mod"));
  },
  environment: ({ inside }) => ({
    GOPROXY: `http://127.0.0.1:${port}`,
    GOMODCACHE: join(inside.extra, "mod"),
    GOFLAGS: `-mod=mod -modfile=${join(inside.extra, "own.mod")} -tags=drillcanary`,
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
  setUp: async ({ host }) => {
    await mkdir(join(host.extra, "mod"));
    await mkdir(join(host.extra, "proxy"));
  },
  environment: ({ inside }) => ({
    GOPROXY: `file://${join(inside.extra, "proxy")}`,
    GOMODCACHE: join(inside.extra, "mod"),
  }),
};

export const versionNotFound: Fault = {
  id: "version-not-found",
  title: "A proxy that does not have a version (404), though others",
  cause: "VERSION_VANISHED",
  expect: "named",
  ...withProxy("none"),
  setUp: async ({ host, dependency }) => {
    await mkdir(join(host.extra, "mod"));
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
  setUp: async ({ host, dependency }) => {
    await mkdir(join(host.extra, "mod"));
    for (const name of ["go.mod", "go.sum", "main.go"]) {
      const file = join(host.project, name);
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replaceAll(dependency.module, capital(dependency.module)));
    }
  },
  command: () => ["go", "list", "-m", "all"],
};
