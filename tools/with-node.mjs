// Runs a script, or a package's command by name, on the pinned Node: with-node.mjs vitest run …
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { pinnedNode, root } from "./node-path.mjs";

const [name, ...args] = process.argv.slice(2);
if (name === undefined) throw new Error("usage: with-node.mjs SCRIPT|COMMAND [ARGS…]");

/** A command's JavaScript entry, from its package's own `bin` field. */
function commandEntry(command) {
  const owner = command === "tsc" ? "typescript" : command;
  const folder = `${root}node_modules/${owner}/`;
  const { bin } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  return folder + (typeof bin === "string" ? bin : bin[command]);
}

const node = pinnedNode() ?? process.execPath;
const script = existsSync(name) ? name : commandEntry(name);
const run = spawnSync(node, [script, ...args], { stdio: "inherit" });
if (run.error) throw run.error;
process.exit(run.status ?? 130);
