// npm run generate: writes every file that comes out of the route table and the catalogues, and removes what they no longer make.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles, generatedFolders } from "./docs/outputs.ts";
import { root } from "./node-path.mjs";

function current(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const files = await generatedFiles();
let written = 0;
for (const [path, content] of files) {
  const target = join(root, path);
  if (current(target) === content) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  written++;
}
let removed = 0;
for (const folder of generatedFolders) {
  for (const name of readdirSync(join(root, folder))) {
    if (files.has(`${folder}/${name}`)) continue;
    rmSync(join(root, folder, name));
    removed++;
  }
}
process.stdout.write(`${files.size} generated files: ${written} written, ${removed} removed\n`);
