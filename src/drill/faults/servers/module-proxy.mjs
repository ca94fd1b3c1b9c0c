// A module proxy over a GOPROXY tree, odd in one way: node module-proxy.mjs PORT TREE MODE MODULE. What it does to MODULE, by MODE:
//   zip    gives its zip with a file renamed, which no check sum inside a zip covers
//   mod    gives its go.mod with a line more
//   404, 410  says that it is not, or no longer, there
//   case   gives it where it is asked for with a capital letter
//   none   nothing odd: an honest proxy
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join, normalize } from "node:path";

const [port, tree, mode, module] = process.argv.slice(2);
const last = module.split("/").at(-1);
const capital = `${module.slice(0, -last.length)}!${last}`;

/** One letter of every name LICENSE, in the entries and in the directory at the end. */
function renameInZip(zip) {
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf("/LICENSE"); at >= 0; at = changed.indexOf("/LICENSE", at + 1)) changed[at + 6] = 0x43;
  return changed;
}

async function answer(path) {
  const isIt = path.startsWith(`/${module}/@`) || path.startsWith(`/${capital}/@`);
  if (isIt && /^\d+$/.test(mode))
    return { status: Number(mode), body: `not found: ${module}: this version is not here\n` };
  const asked = mode === "case" ? path.replace(`/${capital}/`, `/${module}/`) : path;
  const body = await readFile(join(tree, normalize(asked)));
  if (isIt && mode === "zip" && path.endsWith(".zip")) return { status: 200, body: renameInZip(body) };
  if (isIt && mode === "mod" && path.endsWith(".mod")) return { status: 200, body: `${body}\n// changed on the way\n` };
  return { status: 200, body };
}

const server = createServer((request, response) => {
  answer(decodeURIComponent(request.url))
    .catch(() => ({ status: 404, body: "not found\n" }))
    .then(({ status, body }) => {
      response.writeHead(status, { "Content-Length": Buffer.byteLength(body) });
      response.end(body);
    });
});
server.listen(Number(port), "127.0.0.1", () => process.stdout.write("listening\n"));
