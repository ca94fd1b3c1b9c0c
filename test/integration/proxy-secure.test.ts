import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { medkit, root } from "../support/medkit.ts";
import { startServer, type Server } from "../support/proxy-server.ts";
import { requires } from "../support/requirements.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-proxy-tls-"));
const at = (name: string): string => join(work, name);
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  return removeTree(work);
});

function go(url: string, home: string, login?: string): { status: number | null; said: string } {
  mkdirSync(home, { recursive: true });
  // Go 1.24 and newer hold a machine against host and port.
  const machines = [new URL(url).host, "127.0.0.1"].map((name) => `machine ${name} login ci password ${login}\n`);
  if (login !== undefined) writeFileSync(join(home, ".netrc"), machines.join(""), { mode: 0o600 });
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GOPATH: join(home, "go"),
    GOENV: "off",
    GOPROXY: url,
    GOTOOLCHAIN: "local",
    SSL_CERT_FILE: at("cert.pem"),
  };
  const run = spawnSync("go", ["mod", "download", "-x", "golang.org/x/sync@v0.8.0"], {
    cwd: home,
    env,
    encoding: "utf8",
  });
  return { status: run.status, said: `${run.stdout}${run.stderr}` };
}

requires({ commands: ["go", "openssl"], upstream: true }).describe("a proxy with TLS and logins", () => {
  let server: Server;
  let token = "";
  beforeAll(async () => {
    const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x".split(" ");
    const files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", at("key.pem"), "-out", at("cert.pem")];
    spawnSync("openssl", [...args, ...files]);
    const added = medkit(["proxy", "login", "add", "ci", "--file", at("logins"), "--token", "--json"]);
    token = (JSON.parse(added.stdout) as { data: { token: string } }).data.token;
    writeFileSync(
      at("medkit.yaml"),
      "schema: medkit/proxy-config/v1\nstore: store\naccessLog: access\ntls: {cert: cert.pem, key: key.pem}\nlogin: {file: logins}\n",
    );
    server = await startServer(["--config", at("medkit.yaml")], work);
  });
  afterAll(() => server.stop("SIGKILL"));

  it("gives the go command modules for its login in .netrc, over HTTP/2, and says why not without one", async () => {
    const refused = go(server.url, at("stranger"));
    expect(refused.status).not.toBe(0);
    expect(refused.said).toContain("this proxy wants a login");
    const wrong = go(server.url, at("guesser"), "wrong");
    expect(wrong.said).toContain("the login is wrong");
    const letIn = go(server.url, at("runner"), token);
    expect(letIn).toMatchObject({ status: 0 });
    await expect.poll(() => readFileSync(at("access"), "utf8")).toContain('"user":"ci"');
    const log = readFileSync(at("access"), "utf8");
    expect(log + server.said() + readFileSync(at("logins"), "utf8")).not.toContain(token);
  });

  it("takes over another file of logins while it serves", async () => {
    expect(medkit(["proxy", "login", "remove", "ci", "--file", at("logins")]).status).toBe(0);
    await expect.poll(() => server.said(), { timeout: 15_000 }).toContain("0 logins");
    expect(go(server.url, at("late"), token).said).toContain("the login is wrong");
    expect(await server.stop()).toBe(0);
  });
});

describe("proxy login", () => {
  it("keeps a password's hash only, in a file that strangers cannot read", () => {
    const file = at("people");
    const add = (name: string, input: string) =>
      spawnSync(`${root}medkit`, ["proxy", "login", "add", name, "--file", file], { input, encoding: "utf8" });
    expect(add("ana", "correct horse\n").status).toBe(0);
    expect(add("bob", "\n").status).toBe(2);
    expect(add("a b", "x\n").stderr).toContain("LOGIN_NAME_INVALID");
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^ana:\$scrypt\$ln=15,r=8,p=1\$/);
    expect(text).not.toContain("horse");
    expect(spawnSync("stat", ["-c", "%a", file], { encoding: "utf8" }).stdout.trim()).toBe("640");
    expect(medkit(["proxy", "login", "list", "--file", file]).stdout).toContain("ana");
    expect(medkit(["proxy", "login", "remove", "bob", "--file", file]).status).toBe(2);
  });
});

requires({ commands: ["systemd-analyze"] }).describe("proxy unit", () => {
  it("is a service that systemd takes, and hardly exposed", () => {
    const unit = at("medkit-proxy.service");
    const printed = medkit(["proxy", "unit", "--config", "/etc/medkit.yaml", "--program", "/bin/true"]);
    writeFileSync(unit, printed.stdout);
    const verified = spawnSync("systemd-analyze", ["verify", "--man=no", unit], { encoding: "utf8" });
    expect({ status: verified.status, said: verified.stderr }).toEqual({ status: 0, said: "" });
    const judged = spawnSync("systemd-analyze", ["security", "--offline=true", "--threshold=25", unit], {
      encoding: "utf8",
    });
    expect({ status: judged.status, said: judged.stderr }).toMatchObject({ status: 0 });
  });
});

requires({ commands: ["systemd-socket-activate"] }).describe("proxy serve --listen systemd", () => {
  it("serves at the socket that it is handed", async () => {
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const command = [`${root}medkit`, "proxy", "serve", "--listen", "systemd", "--offline", "--store", at("handed")];
    const child = spawn(
      "systemd-socket-activate",
      ["-l", `127.0.0.1:${port}`, "-E", "PATH", "-E", "HOME", ...command],
      {
        stdio: "ignore",
      },
    );
    const ended = once(child, "exit");
    try {
      const ask = (): Promise<number> =>
        fetch(`http://127.0.0.1:${port}/healthz`).then(
          (response) => response.status,
          () => 0,
        );
      await expect.poll(ask, { timeout: 15_000 }).toBe(200);
    } finally {
      child.kill("SIGTERM");
    }
    expect((await ended)[0]).toBe(0);
    expect(medkit(["proxy", "serve", "--listen", "systemd"]).stderr).toContain("SOCKET_NOT_HANDED_OVER");
  });
});
