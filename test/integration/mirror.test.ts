import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { root } from "../support/medkit.ts";
import { startServer } from "../support/proxy-server.ts";
import { requires } from "../support/requirements.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-mirror-go-"));
const store = join(work, "store");
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  return removeTree(work);
});

const project = join(work, "project");
const goMod = `module example.com/m

go 1.21

require (
	github.com/spf13/cobra v1.8.1
	golang.org/x/sync v0.8.0
)

require (
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/spf13/pflag v1.0.5 // indirect
)
`;
const main = `package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func main() {
	var group errgroup.Group
	fmt.Println(group.Wait(), cobra.Command{Use: "m"}.Use)
}
`;

function write(): void {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "go.mod"), goMod);
  writeFileSync(join(project, "main.go"), main);
}

function medkit(...args: readonly string[]) {
  const env = { ...process.env, MEDKIT_HOME: join(work, "home") };
  const run = spawnSync(`${root}medkit`, ["module", "mirror", ...args], { cwd: project, env, encoding: "utf8" });
  return { status: run.status, said: `${run.stdout}${run.stderr}`, out: run.stdout };
}

let clients = 0;
/** A machine that has never seen a module, with the checksum database on. */
function client(goproxy: string) {
  const gopath = join(work, `client-${clients++}`);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: gopath,
    GOPATH: gopath,
    // What was compiled may be shared: modules are what is asked about.
    GOCACHE: join(work, "gocache"),
    GOENV: "off",
    GOPROXY: goproxy,
    GOTOOLCHAIN: "local",
    GOFLAGS: "-modcacherw",
    CGO_ENABLED: "0",
  };
  return (...args: string[]) => {
    const run = spawnSync("go", args, { cwd: project, env, encoding: "utf8" });
    return { status: run.status, said: `${run.stdout}${run.stderr}` };
  };
}

requires({ commands: ["go"], upstream: true }).describe("a store that was filled on purpose", () => {
  it("serves the go command offline, over plain files and through the proxy, with the checksum database on", async () => {
    write();
    const synced = medkit("sync", "--store", store, "--json");
    expect(synced.status, synced.said).toBe(0);
    const versions = JSON.parse(synced.out) as { data: { plan: { versions: { path: string; version: string }[] } } };
    const planned = new Set(versions.data.plan.versions.map((each) => `${each.path} ${each.version}`));
    const offline = await startServer(["--store", store, "--offline"], work);
    try {
      for (const goproxy of [pathToFileURL(store).href, offline.url]) {
        write();
        const go = client(goproxy);
        for (const step of [
          ["mod", "tidy"],
          ["mod", "download", "all"],
          ["build", "-o", "m", "."],
          ["mod", "verify"],
        ])
          expect({ goproxy, step, ...go(...step) }).toMatchObject({ status: 0 });
        // What go selects is what was planned.
        const selected = go("list", "-m", "all").said.trim().split("\n").slice(1);
        expect(selected.filter((each) => !planned.has(each))).toEqual([]);
      }
    } finally {
      await offline.stop();
    }
    expect(medkit("verify", "--store", store)).toMatchObject({ status: 0 });
  });

  it("takes a binary's modules as go itself names them, and lets nothing pinned go", () => {
    const named = spawnSync("go", ["version", "-m", join(project, "m")], { encoding: "utf8" }).stdout;
    const deps = [...named.matchAll(/^\tdep\t(\S+)\t(\S+)/gm)].map(([, path, version]) => `${path} ${version}`);
    expect(deps.length).toBeGreaterThan(2);
    const planned = medkit("sync", "m", "--store", store, "--json", "--dry-run");
    const { plan } = (
      JSON.parse(planned.out) as { data: { plan: { versions: { path: string; version: string; zip: boolean }[] } } }
    ).data;
    const zips = plan.versions.filter((each) => each.zip).map((each) => `${each.path} ${each.version}`);
    expect(zips.toSorted()).toEqual(deps.toSorted());
    const pruned = medkit("prune", "--keep", "0", "--keep-for", "m", "--store", store, "--json");
    expect(pruned.status, pruned.said).toBe(0);
    for (const dep of deps)
      expect(readFileSync(join(store, `${dep.replace(" ", "/@v/")}.zip`)).length).toBeGreaterThan(0);
    expect(medkit("verify", "--store", store)).toMatchObject({ status: 0 });
  });

  it("knows which toolchain a language version means, and says so", () => {
    const args = ["--go", "1.21", "--platform", "linux/amd64", "--store", join(work, "none"), "--json", "--dry-run"];
    const planned = medkit("sync", ...args);
    const { plan } = (JSON.parse(planned.out) as { data: { plan: { versions: { path: string; version: string }[] } } })
      .data;
    expect(plan.versions).toMatchObject([{ path: "golang.org/toolchain", version: "v0.0.1-go1.21.13.linux-amd64" }]);
    expect(medkit("sync", "--go", "1.99", "--store", join(work, "none")).status).toBe(5);
  });
});
