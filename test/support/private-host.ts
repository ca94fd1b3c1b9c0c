// Run in a network namespace in which `git.internal` is this host: the packaged command against real repositories. Prints what it saw as JSON.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { removeTree } from "../../src/state/index.ts";
import { commandLines } from "./direct-world.ts";
import { createGitWorld } from "./git-world.ts";
import { root } from "./medkit.ts";

/** What the test asserts on. */
export interface PrivateHostReport {
  /** Exit statuses of go commands: the first fetch, the one whose proxy was killed, and the one after. */
  readonly fetched: number;
  readonly broken: number;
  readonly again: number;
  readonly proven: string;
  /** Exit status of the proxy after SIGTERM. */
  readonly ended: number;
  /** Sandboxes of fetches: after SIGTERM, after SIGKILL, of those after the next start, at the end. */
  readonly left: number;
  readonly abandoned: number;
  readonly stillThere: number;
  readonly finally: number;
  /** Processes of a fetch when its proxy was killed, and 10 seconds later at the latest. */
  readonly running: number;
  readonly orphans: readonly string[];
  /** Whether the access log has the password. */
  readonly hasSecret: boolean;
  readonly said: string;
}

const path = `git.internal/team/p${randomBytes(6).toString("hex")}`;
const source = { "go.mod": `module ${path}\n\ngo 1.20\n`, "mod.go": "package mod\n" };
const work = mkdtempSync(join(tmpdir(), "medkit-private-"));
const git = await createGitWorld(443);
const env = {
  PATH: process.env["PATH"] ?? "",
  HOME: work,
  GOENV: "off",
  SSL_CERT_FILE: git.authority,
  GIT_SSL_CAINFO: git.authority,
};

async function serve(): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const args = ["proxy", "serve", "--listen", "127.0.0.1:0", "--config", join(work, "medkit.yaml")];
  const child = spawn(`${root}medkit`, args, { cwd: work, env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  for await (const chunk of child.stderr) {
    said += String(chunk);
    const url = /http:\/\/[0-9.]+:[0-9]+/.exec(said)?.[0];
    if (url === undefined) continue;
    child.stderr.resume();
    return { url, child };
  }
  throw new Error(said);
}

async function download(url: string, version: string): Promise<{ readonly status: number; readonly said: string }> {
  const home = mkdtempSync(join(work, "client-"));
  const clientEnv = { ...env, HOME: home, GOPROXY: url, GOFLAGS: "-modcacherw", GOTOOLCHAIN: "local" };
  const args = ["mod", "download", "-json", `${path}@${version}`];
  const child = spawn("go", args, { cwd: home, env: { ...clientEnv, GONOSUMDB: "git.internal" } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (said += String(chunk)));
  const [status] = (await once(child, "close")) as [number];
  return { status, said };
}

const staging = (): readonly string[] =>
  readdirSync(join(work, "store", ".work")).filter((name) => name.startsWith("direct"));

try {
  git.logins.set("git.internal", "robot:s3cr3t");
  git.commit(path, "v1.0.0", source);
  git.commit(path, "v1.1.0", { "more.go": "package mod\n" });
  writeFileSync(join(work, "netrc"), "machine git.internal login robot password s3cr3t\n", { mode: 0o600 });
  const config = ["store: store", "upstream: https://goproxy.internal,direct", "accessLog: access.log", "private:"];
  const more = ["  patterns: [git.internal]", "direct:", "  netrc: netrc"];
  writeFileSync(join(work, "medkit.yaml"), ["schema: medkit/proxy-config/v1", ...config, ...more, ""].join("\n"));
  mkdirSync(join(work, "store"));

  const first = await serve();
  const fetched = await download(first.url, "v1.0.0");
  const proof = JSON.parse(readFileSync(join(work, "store", path, "@v/v1.0.0.zip.proof"), "utf8")) as {
    proven: string;
  };
  first.child.kill("SIGTERM");
  const [ended] = (await once(first.child, "exit")) as [number];
  const left = staging();

  // Killed in the middle of a fetch that hangs.
  const second = await serve();
  const held = new Promise<void>((resolve) => {
    git.intercept = (request) => {
      const isFetch = String(request.url).includes("git-upload-pack");
      if (isFetch) resolve();
      return isFetch;
    };
  });
  const broken = download(second.url, "v1.1.0");
  await held;
  const running = commandLines().filter((line) => line.includes(path)).length;
  second.child.kill("SIGKILL");
  await once(second.child, "exit");
  const after = await broken;
  const alive = (): readonly string[] => commandLines().filter((line) => line.includes(path));
  for (let tries = 0; tries < 200 && alive().length > 0; tries++) await sleep(50);
  const orphans = alive();
  const abandoned = staging();
  git.intercept = () => false;
  const third = await serve();
  const again = await download(third.url, "v1.1.0");
  const stillThere = staging().filter((name) => abandoned.includes(name));
  third.child.kill("SIGTERM");
  await once(third.child, "exit");
  const log = readFileSync(join(work, "access.log"), "utf8");
  const report: PrivateHostReport = {
    fetched: fetched.status,
    broken: after.status,
    again: again.status,
    proven: proof.proven,
    ended,
    left: left.length,
    abandoned: abandoned.length,
    stillThere: stillThere.length,
    finally: staging().length,
    running,
    orphans,
    hasSecret: log.includes("s3cr3t"),
    said: `${fetched.said}${again.said}`,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  spawnSync("chmod", ["-R", "u+w", work]);
  await git.close();
  await removeTree(work);
}
