import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanPath } from "../../sandbox.ts";
import type { Fault, FaultStage } from "../types.ts";
import { askingProxy, emptyCache } from "../module-source.ts";
import { around, ports, serving, tlsOf, treesOf, writeCertificates } from "./parts.ts";

/** The first part of a module's path is the host that says where its repository is. */
function siteOf({ dependency }: FaultStage): string {
  return dependency.module.split("/")[0] ?? "";
}

export const gitMissing: Fault = {
  id: "git-missing",
  title: "Modules are to come from their repositories (GOPROXY=direct), and there is no git",
  cause: "GIT_MISSING",
  expect: "recovered",
  setUp: async (stage) => {
    await emptyCache(stage);
    await writeCertificates(stage, [siteOf(stage)], around(stage.now));
    await writeFile(join(stage.host.extra, "nothing"), "");
  },
  // A file that nobody may execute is no command.
  mounts: ({ inside }) =>
    cleanPath()
      .split(":")
      .map((folder) => join(folder, "git"))
      .filter((git) => existsSync(git))
      .map((to) => ({ kind: "bind", from: join(inside.extra, "nothing"), to }) as const),
  environment: (stage) => ({
    ...askingProxy("direct")(stage),
    HTTPS_PROXY: `http://127.0.0.1:${ports.forward}`,
    SSL_CERT_FILE: join(stage.inside.extra, "ca.pem"),
  }),
  server: (stage) =>
    serving(
      { port: ports.forward, mode: "forward", tunnel: ports.tunnel },
      { port: ports.tunnel, mode: "go-get", tls: tlsOf(stage) },
    ),
};

export const databaseUnreachable: Fault = {
  id: "checksum-database-unreachable",
  title:
    "A module without a hash in go.sum, a proxy that does not carry the checksum database, and no way to the database",
  cause: "CHECKSUM_DATABASE_UNREACHABLE",
  expect: "recovered",
  // It fails outside of the project.
  pairs: false,
  command: ({ dependency }) => ["go", "mod", "download", `${dependency.module}@${dependency.version}`],
  cwd: ({ inside }) => inside.extra,
  setUp: emptyCache,
  environment: (stage) => ({ ...askingProxy(`http://127.0.0.1:${ports.modules}`)(stage), GOSUMDB: "sum.golang.org" }),
  server: (stage) => serving({ port: ports.modules, mode: "modules", trees: treesOf(stage) }),
};
