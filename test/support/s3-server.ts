import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { removeTree } from "../../src/state/index.ts";
import { root } from "./medkit.ts";

/** A server of others (Apache-2.0) that keeps buckets in a folder; it takes some minutes of two processors to build, once. */
const source = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
const cache = join(root, "node_modules/.cache/medkit-test");

/** The program, built from the host's module proxy where it is not there yet. */
export async function buildS3Server(): Promise<string> {
  const program = join(cache, "versitygw-v1.8.0");
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "build-"));
  try {
    const env = { ...process.env, GOPATH: join(work, "go"), GOBIN: work, GOFLAGS: "-modcacherw", CGO_ENABLED: "0" };
    const run = spawnSync("go", ["install", source], { env, encoding: "utf8" });
    if (run.status !== 0) throw new Error(run.stderr);
    renameSync(join(work, "versitygw"), program);
    return program;
  } finally {
    await removeTree(work);
  }
}

export interface S3Server {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Serves the folders below `data` as buckets. */
export async function startS3Server(program: string, data: string, at?: number): Promise<S3Server> {
  const port = at ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const keys = { accessKeyId: "replica", secretAccessKey: "only for this test" };
  const env = { ROOT_ACCESS_KEY_ID: keys.accessKeyId, ROOT_SECRET_ACCESS_KEY: keys.secretAccessKey };
  const args = ["--port", `127.0.0.1:${port}`, "--keep-alive", "--quiet", "posix", data];
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let tries = 0; ; tries++) {
    if (tries > 250) throw new Error("the S3 server does not start");
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      break;
    await sleep(40);
  }
  return { url, ...keys, stop: (signal = "SIGTERM") => (child.kill(signal), ended) };
}
