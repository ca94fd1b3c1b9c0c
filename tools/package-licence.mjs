import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spdxText } from "./runtime-licences.mjs";

/** Packages that ship no licence text: the copyright line of their sources, which the licence wants kept. */
const COPYRIGHT = { "@stricli/core": "Copyright 2024 Bloomberg Finance L.P." };

/** The licence text of an npm package in `folder` below `root`: its own, else that of the SPDX list under its copyright line. Throws where neither is known. */
export function packageLicence(root, folder) {
  const own = readdirSync(join(root, folder))
    .filter((name) => /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i.test(name))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => readFileSync(join(root, folder, name), "utf8").trimEnd());
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  // The LGPL is an addition to the GPL, and wants both texts to go along (version 3, section 4b).
  if (own.length > 0 && String(license).startsWith("LGPL-3.0")) own.push(spdxText(root, "GPL-3.0-only").trimEnd());
  if (own.length > 0) return `${own.join("\n\n")}\n`;
  const copyright = COPYRIGHT[name];
  if (copyright === undefined || typeof license !== "string")
    throw new Error(`${name}@${version} ships no licence text, and tools/package-licence.mjs knows no copyright line`);
  return `${copyright}\n\nThe npm package ${name}@${version} names the licence ${license} and ships no text; this is the one of the SPDX list.\n\n${spdxText(root, license)}`;
}
