import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { goClient, useModules, type GoClient } from "../support/go-client.ts";
import { startServer, type Server } from "../support/proxy-server.ts";
import { requires } from "../support/requirements.ts";

/** Versions of the go command that the proxy has to satisfy; the host's own is the newest. */
const toolchains = ["go1.21.13", "go1.22.5", "local"];

const work = mkdtempSync(join(tmpdir(), "medkit-proxy-go-"));
const store = join(work, "store");
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  return removeTree(work);
});

const serve = (...args: readonly string[]): Promise<Server> => startServer(["--store", store, ...args], work);

let clients = 0;
/** A machine that has never seen a module, unless `gopath` is given: then one that has. */
const client = (url: string, toolchain: string, gopath = join(work, `client-${clients++}`)): GoClient =>
  goClient(url, toolchain, gopath);

requires({ commands: ["go"], upstream: true }).describe("the go command", () => {
  let online: Server;
  beforeAll(async () => {
    online = await serve();
  });
  afterAll(async () => {
    await online.stop("SIGKILL");
  });

  it("of several versions is served online, then offline, with the checksum database on", async () => {
    for (const toolchain of toolchains) {
      useModules(client(online.url, toolchain, join(work, `online-${toolchain}`)));
    }
    expect(await online.stop()).toBe(0);
    const offline = await serve("--offline");
    for (const toolchain of toolchains) {
      useModules(client(offline.url, toolchain));
    }
    // A client that was online knows the newest tree head that the proxy has seen.
    const known = join(work, "online-local");
    spawnSync("rm", [
      "-rf",
      join(known, "pkg", "mod", "golang.org"),
      join(known, "pkg", "mod", "cache", "download", "golang.org"),
    ]);
    const again = client(offline.url, "local", known).go("mod", "download", "all");
    expect(again).toMatchObject({ status: 0 });
    const absent = client(offline.url, "local").go("mod", "download", "golang.org/x/text@v0.3.0");
    expect(absent.status).not.toBe(0);
    expect(absent.said).toContain("404");
    expect(await offline.stop()).toBe(0);
    online = await serve();
  });

  it("never gets half a file from a store whose server was killed while it wrote", async () => {
    for (let round = 0; round < 6; round++) {
      const server = await serve();
      const fetching = fetch(`${server.url}/golang.org/x/text/@v/v0.${round + 3}.0.zip`).then(
        (reply) => reply.arrayBuffer(),
        () => undefined,
      );
      await new Promise((resolve) => setTimeout(resolve, 40 + round * 120));
      await server.stop("SIGKILL");
      await fetching.catch(() => undefined);
    }
    const names = readdirSync(join(store, "golang.org"), { recursive: true, withFileTypes: true });
    const zips = names.filter((each) => each.name.endsWith(".zip")).map((each) => join(each.parentPath, each.name));
    for (const zip of zips) {
      const end = readFileSync(zip).subarray(-22, -18);
      expect(end.toString("latin1"), zip).toBe("PK\u0005\u0006");
    }
    const server = await serve();
    const { go } = client(server.url, "local");
    expect(go("mod", "download", "golang.org/x/text@v0.3.0")).toMatchObject({ status: 0 });
    expect(readdirSync(join(store, ".work"))).toEqual([]);
    await server.stop();
  });
});
