// Makes a checkout ready to use: installs exactly what package-lock.json says, once per lock file.
// Runs on any Node >= 20, which only starts npm; everything else runs on the pinned runtime.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { pinnedNode, root } from "./node-path.mjs";

const marker = `${root}node_modules/.medkit-installed`;

function wanted() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(root + file));
  return `${hash.digest("hex")} ${process.platform}-${process.arch}\n`;
}

function installed() {
  try {
    return readFileSync(marker, "utf8");
  } catch {
    return "";
  }
}

const want = wanted();
if (installed() !== want || pinnedNode() === undefined) {
  process.stderr.write("medkit: installing the pinned runtime and packages (once)\n");
  // Not `npm ci`: it refuses a lock file in which the registry lacked a binding for some foreign platform.
  // `npm install --no-save` installs the locked versions by their locked integrity and never edits the lock.
  const npm = spawnSync("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (npm.status !== 0) {
    process.stderr.write("medkit: npm install failed; see above. It needs the npm registry once.\n");
    process.exit(npm.status ?? 1);
  }
  if (pinnedNode() === undefined) {
    process.stderr.write(`medkit: no pinned Node for ${process.platform}-${process.arch}\n`);
    process.exit(6);
  }
  writeFileSync(marker, want);
}
