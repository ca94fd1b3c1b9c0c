import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  commandLines,
  createDirectWorld,
  goroot,
  path,
  read,
  source,
  type DirectWorld,
} from "../support/direct-world.ts";
import type { RunningProxy } from "../support/proxy-world.ts";
import { requires } from "../support/requirements.ts";

let direct: DirectWorld;
beforeEach(async () => {
  direct = await createDirectWorld();
});
afterEach(() => direct.close());

requires({ commands: ["go", "git", "openssl"] }).describe("private modules", () => {
  it("never lead to another host: not by a redirect, a tag, an address or a name", async () => {
    direct.git.commit("git.internal/team/mod", "v1.0.0", source);
    direct.git.logins.set("git.internal", "robot:s3cr3t");
    const netrc = join(direct.world.root, "netrc");
    writeFileSync(
      netrc,
      "machine git.internal login robot password s3cr3t\nmachine evil.example.com login x password y\n",
    );
    const proxy = await direct.start({ netrc });
    const evil = `https://evil.example.com/team/mod`;
    const own = `https://localhost:${direct.git.port}/team/mod`;
    const redirect = (to: string) => (to.includes("?") ? { 302: to } : { 302: `${to}?go-get=1` });
    const tag = (module: string, rest: string) => ({ 200: `<meta name="go-import" content="${module} ${rest}">` });
    const answers: readonly ((module: string) => Readonly<Record<number, string>>)[] = [
      () => redirect(evil),
      () => redirect(own),
      () => redirect(`https://127.0.0.1:${direct.git.port}/`),
      () => redirect("http://git.internal/team/mod"),
      () => redirect("file:///etc/passwd?"),
      () => redirect("https://robot@git.internal/"),
      (module) => tag(module, `git ${evil}`),
      (module) => tag(module, `git ${own}`),
      (module) => tag(module, `git https://169.254.169.254/latest`),
      (module) => tag(module, `mod ${own}`),
      (module) => tag(module, `hg ${evil}`),
      (module) => tag(module, "git ssh://git@git.internal/team/mod"),
      (module) => tag(module, `git file://${direct.git.root}`),
      (module) => tag(module, "git --upload-pack=touch"),
    ];
    for (const [index, answer] of answers.entries()) {
      const module = `git.internal/team/lure${index}`;
      direct.git.intercept = (request, response) => {
        if (!String(request.url).includes("go-get=1")) return false;
        for (const [status, text] of Object.entries(answer(module)))
          response.writeHead(Number(status), status === "302" ? { Location: text } : {}).end(text);
        return true;
      };
      const reply = await read(proxy, `${module}/@v/list`);
      expect([index, reply.status, reply.text.split("\n")[0]]).toEqual([index, 502, "DIRECT_HOST"]);
    }
    // A host that is allowed, whose repository sends git elsewhere.
    direct.git.intercept = (request, response, host) => {
      if (host !== "git.internal" || String(request.url).includes("go-get=1")) return false;
      response.writeHead(302, { Location: `https://evil.example.com${String(request.url)}` }).end();
      return true;
    };
    expect((await read(proxy, "git.internal/team/sent/@v/list")).text).toMatch(
      /^DIRECT_HOST\n.*\n {2}hosts: evil.example.com:443/,
    );
    expect(new Set(direct.git.requests.map(({ host }) => host))).toEqual(new Set(["git.internal"]));
    for (const module of ["evil.example.com/x", "127.0.0.1/x", "169.254.169.254/x"])
      expect((await read(proxy, `${module}/@v/list`)).status, module).toBe(404);
    expect(direct.world.asked.filter((asked) => asked.startsWith("git.internal"))).toEqual([]);
  });

  it("are not fetched from link-local and metadata addresses, whatever name they have", async () => {
    for (const address of ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "100.100.100.200", "0.0.0.0"]) {
      const proxy = await direct.start({}, [address]);
      expect((await read(proxy, `${path}/@v/list`)).text, address).toMatch(/^DIRECT_HOST\n/);
    }
    expect(direct.git.requests).toEqual([]);
  });

  it("keep their logins: not at another host, nor in an argument, an answer or a log", async () => {
    direct.git.commit(path, "v1.0.0", source);
    direct.git.commit("store.git.internal/mod", "v1.0.0", source);
    direct.git.logins.set("git.internal", "robot:s3cr3t");
    const helper = join(direct.world.root, "gitconfig");
    const store = join(direct.world.root, "credentials");
    writeFileSync(store, "https://robot:s3cr3t@git.internal\n", { mode: 0o600 });
    writeFileSync(helper, `[credential]\n\thelper = store --file ${store}\n`);
    const seen: string[] = [];
    direct.git.intercept = (request, response, host) => {
      seen.push(...commandLines());
      if (host !== "git.internal" || direct.git.requests.at(-1)?.authorization === undefined) return false;
      if (!String(request.url).includes("go-get=1")) return false;
      response.writeHead(302, { Location: "https://store.git.internal/mod?go-get=1" }).end();
      return true;
    };
    const proxy = await direct.start({
      gitConfig: helper,
      goauth: `git ${direct.world.root}`,
      hosts: ["*.git.internal"],
    });
    const reply = await read(proxy, `${path}/@v/list`);
    const there = direct.git.requests.filter(({ host }) => host === "store.git.internal");
    expect([there.length > 0, there.filter(({ authorization }) => authorization !== undefined)]).toEqual([true, []]);
    direct.git.intercept = () => {
      seen.push(...commandLines());
      return false;
    };
    expect((await read(proxy, `${path}/@v/v1.0.0.zip`)).status).toBe(200);
    expect(seen.some((line) => line.includes("git"))).toBe(process.platform === "linux");
    expect(`${seen.join("\n")}${reply.text}${JSON.stringify(proxy.log)}`).not.toContain("s3cr3t");
  });

  it("are not there, or failed, as their server says, and nothing of it is stored", async () => {
    const isPage = (request: IncomingMessage): boolean => String(request.url).includes("go-get=1");
    const isPack = (request: IncomingMessage): boolean => String(request.url).endsWith("/git-upload-pack");
    const page = "<html><body>Please sign in</body></html>";
    const faults: readonly (readonly [string, (request: IncomingMessage, response: ServerResponse) => boolean])[] = [
      ["502 DIRECT_FAILED", (request, response) => isPage(request) && (response.writeHead(500).end(page), true)],
      ["404 MODULE_UNAVAILABLE", (request, response) => isPage(request) && (response.writeHead(200).end(page), true)],
      ["404 MODULE_UNAVAILABLE", (request, response) => isPage(request) && (response.writeHead(410).end(page), true)],
      ["502 DIRECT_LOGIN", (request, response) => isPage(request) && (response.writeHead(403).end(page), true)],
      ["502 DIRECT_FAILED", (request, response) => isPage(request) && (response.destroy(), true)],
      ["404 MODULE_UNAVAILABLE", (request, response) => isPage(request) && (response.end("x".repeat(3e6)), true)],
      ["502 DIRECT_FAILED", (request, response) => !isPage(request) && (response.writeHead(500).end(page), true)],
      ["502 DIRECT_FAILED", (request, response) => !isPage(request) && (response.writeHead(200).end(page), true)],
      ["502 DIRECT_LOGIN", (request, response) => !isPage(request) && (response.writeHead(403).end(page), true)],
      ["404 MODULE_UNAVAILABLE", (request, response) => !isPage(request) && (response.writeHead(404).end(page), true)],
      ["502 DIRECT_FAILED", (request, response) => !isPage(request) && (response.destroy(), true)],
      ["502 DIRECT_FAILED", (request, response) => isPack(request) && (response.destroy(), true)],
      [
        "502 DIRECT_FAILED",
        (request, response) => isPack(request) && (response.writeHead(200).end("0008NAK\n0000"), true),
      ],
    ];
    direct.git.commit(path, "v1.0.0", source);
    for (const [index, [expected, fault]] of faults.entries()) {
      direct.git.intercept = fault;
      const { status, text } = await read(await direct.start(), `${path}/@v/v1.0.0.zip`);
      expect([index, `${status} ${text.split("\n")[0] ?? ""}`], text).toEqual([index, expected]);
    }
    expect(existsSync(join(direct.world.store, "git.internal"))).toBe(false);
    direct.git.intercept = () => false;
    expect((await read(await direct.start(), `${path}/@v/v1.0.0.zip`)).status).toBe(200);
  });

  it("say what is the matter where a login, git, time or room is missing, and leave nothing behind", async () => {
    const stuck = "git.internal/team/stuck";
    const files = { "go.mod": `module ${stuck}\n`, "mod.go": "package mod\n" };
    direct.git.commit(stuck, "v1.0.0", { ...files, "big.bin": randomBytes(400_000).toString("base64") });
    const code = async (proxy: RunningProxy, file = "@v/v1.0.0.zip") => {
      const { status, text } = await read(proxy, `${stuck}/${file}`);
      return `${status} ${text.split("\n")[0] ?? ""}`;
    };
    direct.git.logins.set("git.internal", "robot:s3cr3t");
    expect(await code(await direct.start())).toBe("502 DIRECT_LOGIN");
    direct.git.logins.clear();
    expect(await code(await direct.start({ limit: 100_000 }))).toBe("502 DIRECT_TOO_BIG");
    const unreachable = await read(await direct.start({}, ["127.0.0.2"]), `${stuck}/@v/list`);
    expect(unreachable.text).toMatch(/^DIRECT_FAILED\n[^]*reason: git\.internal: ECONNREFUSED\n/);
    expect(await code(await direct.start(), "@v/v9.0.0.info")).toBe("404 MODULE_UNAVAILABLE");
    const onlyGo = join(direct.world.root, "bin");
    mkdirSync(onlyGo);
    expect(await code(await direct.start({}, undefined, onlyGo))).toBe("502 DIRECT_TOOL_MISSING");
    symlinkSync(realpathSync(join(goroot(), "bin", "go")), join(onlyGo, "go"));
    expect(await code(await direct.start({}, undefined, onlyGo))).toBe("502 DIRECT_TOOL_MISSING");
    direct.git.intercept = () => true;
    expect(await code(await direct.start({ timeout: 1_000 }))).toBe("504 DIRECT_TOO_SLOW");
    await direct.end();
    expect(readdirSync(join(direct.world.root, "work"))).toEqual([]);
    expect(commandLines().filter((line) => line.includes(stuck))).toEqual([]);
  });
});
