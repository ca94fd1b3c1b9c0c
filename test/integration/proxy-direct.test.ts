import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileProof } from "../../src/proxy/index.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDirectWorld, path, read, source, type DirectWorld } from "../support/direct-world.ts";
import { requires } from "../support/requirements.ts";

let direct: DirectWorld;
beforeEach(async () => {
  direct = await createDirectWorld();
});
afterEach(() => direct.close());

requires({ commands: ["go", "git", "openssl"] }).describe("private modules", () => {
  it("come out of their repository, with a login, and no proxy or database hears of them", async () => {
    direct.git.commit(path, "v1.0.0", source);
    direct.git.commit(path, "v1.1.0-rc.1", { "new.go": "package mod\n" });
    direct.git.logins.set("git.internal", "robot:s3cr3t");
    const netrc = join(direct.world.root, "netrc");
    writeFileSync(netrc, "machine git.internal login robot password s3cr3t\n", { mode: 0o600 });
    const proxy = await direct.start({ netrc });
    expect(await direct.go(proxy.url, "get", `${path}@latest`)).toMatchObject({ status: 0 });
    expect((await direct.go(proxy.url, "list", "-m", "-versions", path)).said).toContain(`${path} v1.0.0 v1.1.0-rc.1`);
    expect((await direct.go(proxy.url, "mod", "download", "-json", `${path}@main`)).said).toMatch(/v1\.1\.0-rc\.1/);
    expect(direct.world.asked).toEqual([]);
    const proof = JSON.parse(readFileSync(join(direct.world.store, path, "@v/v1.0.0.zip.proof"), "utf8")) as FileProof;
    expect(proof.proven).toBe("private");
    expect(proof.source).toMatch(/^direct: https:\/\/git\.internal\/team\/mod refs\/tags\/v1\.0\.0 [0-9a-f]{40}$/);
    // Without the repository, and without a network, the store answers.
    const offline = await direct.world.start({ offline: true, isPrivate: () => true });
    expect(await direct.go(offline.url, "mod", "download", `${path}@v1.0.0`)).toMatchObject({ status: 0 });
    const lookup = await read(proxy, `sumdb/${direct.world.database.name}/lookup/${path}@v1.0.0`);
    expect([lookup.status, direct.world.asked]).toEqual([404, []]);
    expect(JSON.stringify(proxy.log)).not.toContain("s3cr3t");
  });

  it("are refused where a tag was moved after the first fetch, even when the store was pruned", async () => {
    direct.git.commit(path, "v1.0.0", source);
    const first = await direct.start();
    expect((await read(first, `${path}/@v/v1.0.0.zip`)).status).toBe(200);
    direct.git.commit(path, "v1.0.0", { "mod.go": "package mod // changed\n" });
    for (const name of readdirSync(join(direct.world.store, path, "@v"))) {
      if (name.includes("zip")) rmSync(join(direct.world.store, path, "@v", name));
    }
    const second = await direct.start();
    const reply = await read(second, `${path}/@v/v1.0.0.zip`);
    expect(reply.status).toBe(502);
    expect(reply.text).toMatch(/^MODULE_CHANGED\n/);
    expect(existsSync(join(direct.world.store, path, "@v/v1.0.0.zip"))).toBe(false);
    direct.git.commit(path, "v1.0.0", source);
    expect((await read(await direct.start(), `${path}/@v/v1.0.0.zip`)).status).toBe(200);
  });

  it("are fetched once for 64 clients that want the same", async () => {
    direct.git.commit(path, "v1.0.0", source);
    const proxy = await direct.start();
    const all = Array.from({ length: 64 }, () => read(proxy, `${path}/@v/v1.0.0.zip`));
    expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(direct.git.requests.filter(({ url }) => url.includes("go-get=1"))).toHaveLength(1);
  });

  it("a public module may come from its repository, and the database proves it", async () => {
    const name = "example.com/lib";
    direct.world.publish(name, "v1.0.0", { "go.mod": `module ${name}\n`, "lib.go": "package lib\n" });
    direct.git.commit(name, "v1.0.0", { "go.mod": `module ${name}\n`, "lib.go": "package lib\n" });
    direct.world.lie = (asked, response) => asked.startsWith(name) && (response.writeHead(404).end(), true);
    const proxy = await direct.start({ patterns: [name] });
    expect((await read(proxy, `${name}/@v/v1.0.0.zip`)).status).toBe(200);
    direct.world.publish(name, "v1.1.0", { "go.mod": `module ${name}\n`, "lib.go": "package lib // published\n" });
    direct.git.commit(name, "v1.1.0", { "lib.go": "package lib // another\n" });
    const reply = await read(proxy, `${name}/@v/v1.1.0.zip`);
    expect([reply.status, reply.text.split("\n")[0]]).toEqual([502, "MODULE_MISMATCH"]);
  });
});
