import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeTree } from "../../src/state/index.ts";

/** One request that the server of repositories got. */
export interface GitRequest {
  readonly host: string;
  readonly url: string;
  readonly authorization: string | undefined;
}

/** A server of git repositories over TLS on loopback, with an authority of its own; every host name leads to it. */
export interface GitWorld {
  readonly root: string;
  readonly port: number;
  /** PEM of its certificate. */
  readonly authority: string;
  readonly requests: GitRequest[];
  /** `LOGIN:PASSWORD` that a host demands. */
  readonly logins: Map<string, string>;
  /** Answers before the repositories do; true: it has answered. */
  intercept: (request: IncomingMessage, response: ServerResponse, host: string) => boolean;
  /** Commits these files to a repository (`git.internal/team/mod`) and tags them; a tag that is there is moved. */
  commit(repository: string, tag: string | undefined, files: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

const identity = { GIT_AUTHOR_NAME: "t", GIT_AUTHOR_EMAIL: "t@t", GIT_COMMITTER_NAME: "t", GIT_COMMITTER_EMAIL: "t@t" };
const gitEnv = {
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  ...identity,
};

function git(cwd: string, ...args: readonly string[]): void {
  const run = spawnSync("git", args, { cwd, env: gitEnv, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}`);
}

function makeAuthority(folder: string, names: readonly string[]): { readonly key: Buffer; readonly cert: Buffer } {
  const key = join(folder, "key.pem");
  const cert = join(folder, "authority.pem");
  const san = `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`;
  const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  const run = spawnSync("openssl", [...args, "-subj", "/CN=test", "-addext", san, "-keyout", key, "-out", cert]);
  if (run.status !== 0) throw new Error(String(run.stderr));
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** `at` is a port; 0: any free one. */
export async function createGitWorld(at = 0): Promise<GitWorld> {
  const root = mkdtempSync(join(tmpdir(), "medkit-git-"));
  const names = ["git.internal", "*.git.internal", "localhost", "evil.example.com", "example.com"];
  const { key, cert } = makeAuthority(root, names);
  const requests: GitRequest[] = [];
  const repositories = join(root, "repositories");
  const server = createServer({ key, cert }, (request, response) => {
    const host = (request.headers.host ?? "").replace(/:.*$/, "");
    const { authorization } = request.headers;
    requests.push({ host, url: request.url ?? "", authorization });
    if (world.intercept(request, response, host)) return;
    const login = world.logins.get(host);
    if (login !== undefined && authorization !== `Basic ${Buffer.from(login).toString("base64")}`) {
      response.writeHead(401, { "WWW-Authenticate": 'Basic realm="git"' }).end("no\n");
      return;
    }
    const { pathname, search } = new URL(request.url ?? "/", "https://host");
    if (search === "?go-get=1") {
      const module = `${host}${pathname}`;
      const meta = `<meta name="go-import" content="${module} git https://${module}">`;
      response.writeHead(200).end(`<html><head>${meta}</head></html>`);
      return;
    }
    backend(join(repositories, host), request, response, pathname, search.slice(1));
  });
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));

  const world: GitWorld = {
    root,
    port: (server.address() as AddressInfo).port,
    authority: join(root, "authority.pem"),
    requests,
    logins: new Map(),
    intercept: () => false,
    commit: (repository, tag, files) => {
      const folder = join(repositories, repository);
      const work = join(root, "work");
      rmSync(work, { recursive: true, force: true });
      if (!existsSync(folder)) {
        mkdirSync(folder, { recursive: true });
        git(folder, "init", "-q", "--bare", "-b", "main");
      }
      git(root, "clone", "-q", folder, work);
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(work, name)), { recursive: true });
        writeFileSync(join(work, name), text);
      }
      git(work, "add", ".");
      git(work, "commit", "-q", "--allow-empty", "-m", tag ?? "change");
      git(work, "push", "-q", "-f", folder, "HEAD:main", ...(tag === undefined ? [] : [`HEAD:refs/tags/${tag}`]));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await removeTree(root);
    },
  };
  return world;
}

/** Hands a request to `git http-backend` (CGI, RFC 3875). */
function backend(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
): void {
  const { headers } = request;
  const child = spawn("git", ["http-backend"], {
    env: {
      ...gitEnv,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => undefined);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("close", () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf("\r\n\r\n");
    const head = all.subarray(0, end).toString("latin1").split("\r\n");
    let status = 200;
    for (const line of head) {
      const [, name = "", value = ""] = /^([^:]+): *(.*)$/.exec(line) ?? [];
      if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else if (name !== "") response.setHeader(name, value);
    }
    response.writeHead(end < 0 ? 500 : status).end(all.subarray(end + 4));
  });
}
