import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The works that the runtime's licence page names: rows of its tables, works with a section of their own, and those it credits. */
export function worksOnPage(page) {
  const works = [];
  let section = "";
  for (const line of page.split("\n")) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading.trim();
      if (!/^(?:Linked libraries|Polyfills|Additional credits)$/.test(section)) works.push(section);
      continue;
    }
    const cell = /^\| *([^|]*?) *\|/.exec(line)?.[1];
    const credit = section === "Additional credits" && line.startsWith("- ");
    if (cell === undefined && !credit) continue;
    for (const [, text] of (cell ?? line).matchAll(/\[([^\]]+)\]\(/g))
      if (!text.startsWith("@")) works.push(text.replaceAll("`", ""));
  }
  return works;
}

/** What the page names and the table does not, and the reverse; each a line for a person. */
export function tableProblems(components, page) {
  const named = worksOnPage(page);
  const held = components.flatMap((item) => item.onPage ?? []);
  return [
    ...named.filter((name) => !held.includes(name)).map((name) => `the page names ${name}, the table does not`),
    ...held.filter((name) => !named.includes(name)).map((name) => `the table has ${name}, the page does not`),
  ];
}

export function readTable() {
  return JSON.parse(readFileSync(new URL("./runtime-licences.json", import.meta.url), "utf8"));
}

/** A licence's text from the SPDX list. */
export function spdxText(root, name) {
  const file = join(root, "node_modules/spdx-license-list/licenses", `${name}.json`);
  const { licenseText } = JSON.parse(readFileSync(file, "utf8"));
  // The list has an exception without the licence that it is of.
  const whole = licenseText.replace("insert GPL v3 text here", () => spdxText(root, "GPL-3.0-only"));
  return `${whole.trimEnd()}\n`;
}

/** What the runtime holds of other people's, and the text of each licence by its SPDX name. `page` is that of the packaged version. */
export function runtimeLicences(root, page) {
  const { source, components } = readTable();
  const problems = tableProblems(components, page);
  if (problems.length > 0)
    throw new Error(`tools/runtime-licences.json is not what the runtime's licence page says: ${problems.join("; ")}`);
  const names = [...new Set(components.map((item) => item.spdx))].sort((a, b) => (a < b ? -1 : 1));
  return { source, components, texts: Object.fromEntries(names.map((name) => [name, spdxText(root, name)])) };
}
