import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../result.ts";
import { linkForAthens } from "./athens-tree.ts";
import { start, type Recipe, type Subject } from "./server.ts";
import type { Tree } from "./tree.ts";

const nginxConfiguration = (port: number, scratch: string, store: string): string => `
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes auto;
daemon off;
pid ${scratch}/pid;
error_log stderr;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=10000;
  default_type application/octet-stream;
  client_body_temp_path ${scratch}/body; proxy_temp_path ${scratch}/proxy; fastcgi_temp_path ${scratch}/fastcgi;
  uwsgi_temp_path ${scratch}/uwsgi; scgi_temp_path ${scratch}/scgi;
  server { listen 127.0.0.1:${port} backlog=1024; root ${store}; }
}
`;

function has(command: string): boolean {
  return spawnSync(command, ["-v"]).error === undefined;
}

function named(variable: string): { readonly file: string; readonly missing: string | undefined } {
  const file = process.env[variable] ?? "";
  return { file, missing: existsSync(file) ? undefined : `${variable} names no executable` };
}

function recipes({ store }: Tree): readonly Recipe[] {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const packaged = join(root, "dist", `medkit-${process.platform}-${arch}`);
  const serve = (program: string) => (port: number): readonly string[] => [program, "proxy", "serve", "--offline", "--listen", `127.0.0.1:${port}`, "--store", store]; // prettier-ignore
  const goproxy = named("MEDKIT_BENCH_GOPROXY");
  const athens = named("MEDKIT_BENCH_ATHENS");
  return [
    { name: "medkit, checkout", missing: undefined, command: serve(join(root, "medkit")) },
    { name: "medkit, packaged", missing: existsSync(packaged) ? undefined : "npm run package makes it", command: serve(packaged) }, // prettier-ignore
    {
      name: "nginx",
      missing: has("nginx") ? undefined : "tools/install-debian.sh --bench installs it",
      command: (port, scratch) => {
        writeFileSync(join(scratch, "nginx.conf"), nginxConfiguration(port, scratch, store));
        return ["nginx", "-c", join(scratch, "nginx.conf"), "-p", scratch];
      },
    },
    {
      name: "Go http.FileServer",
      missing: undefined,
      prepare: (scratch) => {
        const source = join(root, "bench", "proxy", "fileserver", "main.go");
        const run = spawnSync("go", ["build", "-o", join(scratch, "fileserver"), source], { encoding: "utf8" });
        if (run.status !== 0) throw new Error(`go build: ${run.stderr}`);
      },
      command: (port, scratch) => [join(scratch, "fileserver"), `127.0.0.1:${port}`, store],
    },
    {
      name: "goproxy",
      missing: goproxy.missing,
      env: { GOPROXY: "off", GOSUMDB: "off" },
      command: (port) => [goproxy.file, "server", "--address", `127.0.0.1:${port}`, "--cacher-dir", store],
    },
    {
      name: "Athens",
      missing: athens.missing,
      prepare: (scratch) => linkForAthens(store, join(scratch, "tree")),
      env: {
        ATHENS_STORAGE_TYPE: "disk",
        ATHENS_DOWNLOAD_MODE: "none",
        ATHENS_NETWORK_MODE: "offline",
        ATHENS_LOG_LEVEL: "error",
        ATHENS_STATS_EXPORTER: "",
        GO_ENV: "production",
      },
      command: (port, scratch) => [
        "env",
        `ATHENS_DISK_STORAGE_ROOT=${join(scratch, "tree")}`,
        `ATHENS_PORT=127.0.0.1:${port}`,
        athens.file,
      ],
    },
  ];
}

/** Starts what is at hand and appends it to `subjects`; says what is not. Each has to give the very bytes of the tree. */
export async function startAll(tree: Tree, only: readonly string[] | undefined, subjects: Subject[]): Promise<void> {
  for (const recipe of recipes(tree)) {
    if (only?.some((name) => recipe.name.includes(name)) === false) continue;
    if (recipe.missing !== undefined) {
      process.stderr.write(`${recipe.name} is not measured: ${recipe.missing}\n`);
      continue;
    }
    const subject = await start(recipe, join(tree.work, recipe.name.replaceAll(/[^A-Za-z]+/g, "-")));
    subjects.push(subject);
    for (const path of [tree.zip, ...tree.small.slice(0, 2)]) {
      const answer = await fetch(`${subject.url}/${path}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      // A proxy may write an .info in its own words.
      if (answer.status !== 200 || (!path.endsWith(".info") && !bytes.equals(readFileSync(join(tree.store, path)))))
        throw new Error(`${recipe.name} answers ${path} with ${answer.status} and ${bytes.length} octets`);
    }
  }
}
