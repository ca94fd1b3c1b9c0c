// Servers of the network faults, all on loopback. One argument: JSON, a list of { port, mode, … }. Plain JavaScript without dependencies, for it runs in
// the sandbox, by the runtime that runs medkit.
//
//   tls       { key, cert }: files; then it speaks TLS
//   clock     milliseconds since 1970 for the Date header
//   mode      modules   the GOPROXY protocol out of the folders in `trees`, without a checksum database
//             login     the same, for `login` ("name:password") only; 401 otherwise
//             status    answers `status` to everything
//             page      a login page with status 200
//             redirect  sends everybody to `to`
//             silent    takes the request, says nothing, and closes after `after` milliseconds
//             cut       as modules, but no zip arrives whole: `half` of it under the whole length
//             short     as modules, but of a zip only the beginning, as if it were all
//             go-get    the page that names a git repository for an import path
//             forward   a forward proxy: http out of `trees`, CONNECT to the port in `tunnel` whatever the name; `refuse`: a status for all
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer, STATUS_CODES } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect } from "node:net";
import { join, normalize } from "node:path";

const page =
  "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form>User: <input></form></body></html>\n";
const html = { "content-type": "text/html; charset=utf-8" };

function fileOf({ trees = [] }, path) {
  for (const tree of trees) {
    const file = join(tree, normalize(`/${decodeURIComponent(path)}`));
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  return undefined;
}

function modules(server, path, response) {
  const file = path.startsWith("/sumdb/") ? undefined : fileOf(server, path);
  if (file === undefined) return void response.writeHead(404).end("not found\n");
  if (path.endsWith(".zip") && server.mode === "cut") {
    const bytes = readFileSync(file);
    response.writeHead(200, { "content-length": String(bytes.length) });
    return void response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }
  if (path.endsWith(".zip") && server.mode === "short")
    return void response.writeHead(200).end(readFileSync(file).subarray(0, 200));
  createReadStream(file).pipe(response.writeHead(200));
}

const modes = {
  modules,
  cut: modules,
  short: modules,
  login: (server, path, response, request) => {
    const wanted = `Basic ${Buffer.from(server.login).toString("base64")}`;
    if (request.headers.authorization === wanted) modules(server, path, response);
    else response.writeHead(401, { "www-authenticate": 'Basic realm="modules"' }).end("who are you?\n");
  },
  status: ({ status }, _, response) => response.writeHead(status).end(`${status}\n`),
  page: (_, __, response) => response.writeHead(200, html).end(page),
  redirect: ({ to }, _, response) => response.writeHead(302, { location: to }).end(),
  silent: ({ after }, _, response) => setTimeout(() => response.destroy(), after),
  "go-get": (_, path, response, request) => {
    const name = `${request.headers.host}${path}`;
    response
      .writeHead(200, html)
      .end(`<html><head><meta name="go-import" content="${name} git https://git.example.org/${name}"></head></html>\n`);
  },
  forward: (server, path, response) =>
    server.refuse === undefined ? modules(server, path, response) : response.writeHead(server.refuse).end("no\n"),
};

function start(server) {
  const answer = (request, response) => {
    if (server.clock !== undefined) response.setHeader("date", new Date(server.clock).toUTCString());
    const path = new URL(request.url ?? "/", "http://host").pathname;
    modes[server.mode](server, path, response, request);
  };
  const { tls } = server;
  const listener =
    tls === undefined
      ? createServer(answer)
      : createSecureServer({ key: readFileSync(tls.key), cert: readFileSync(tls.cert) }, answer);
  listener.on("connect", (_, client) => {
    client.on("error", () => client.destroy());
    if (server.refuse !== undefined || server.tunnel === undefined)
      return void client.end(
        `HTTP/1.1 ${server.refuse ?? 403} ${STATUS_CODES[server.refuse ?? 403]}\r\nContent-Length: 0\r\n\r\n`,
      );
    const other = connect(server.tunnel, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      other.pipe(client).pipe(other);
    });
    other.on("error", () => client.destroy());
  });
  return new Promise((resolve, reject) => listener.on("error", reject).listen(server.port, "127.0.0.1", resolve));
}

await Promise.all(JSON.parse(process.argv[2] ?? "[]").map(start));
process.stdout.write("listening\n");
