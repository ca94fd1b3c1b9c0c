import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { packageLicence } from "./package-licence.mjs";
import { readTable, runtimeLicences, tableProblems, worksOnPage } from "./runtime-licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The shapes in which the page names works. */
const page = `---
title: License
---

## Engine

> See [the licence](https://e.example) of it

## Linked libraries

| Library                               | License                              |
| ------------------------------------- | ------------------------------------ |
| [\`one\`](https://one.example)        | [several](https://one.example/L)     |
| A fork of [\`two\`](https://t.example) | MIT                                 |
| Parts of [Three's code](https://3.example) | MIT                             |

## Additional credits

- A port of [@someone](https://s.example)'s [four](https://four.example) project.
- Credit to [@other](https://o.example) for the name.
`;

test("the page's works are read from its tables, headings and credits", () => {
  expect(worksOnPage(page)).toEqual(["Engine", "one", "two", "Three's code", "four"]);
});

test("a work that only one of page and table has is a problem", () => {
  const work = (...onPage: string[]) => ({ name: "x", spdx: "MIT", what: "x", onPage });
  const all = [work("Engine", "one"), work("two", "Three's code"), work("four"), { name: "y", spdx: "MIT", what: "y" }];
  expect(tableProblems(all, page)).toEqual([]);
  expect(tableProblems(all.slice(1), page)).toEqual([
    "the page names Engine, the table does not",
    "the page names one, the table does not",
  ]);
  expect(tableProblems([...all, work("five")], page)).toEqual(["the table has five, the page does not"]);
  // A page that reads as nothing is not a page that names nothing.
  expect(() => runtimeLicences(root, "")).toThrow("the table has JavaScriptCore, the page does not");
});

test("each licence of the table has its text", () => {
  const { components } = readTable();
  const held = runtimeLicences(root, pageOf(components.flatMap((item) => item.onPage ?? [])));
  for (const { spdx } of components) expect(held.texts[spdx]?.length, spdx).toBeGreaterThan(200);
  expect(held.texts["GPL-3.0-with-GCC-exception"]).toMatch(
    /^\s*GNU GENERAL PUBLIC LICENSE\s+Version 3[\s\S]*GCC RUNTIME LIBRARY EXCEPTION/,
  );
});

function pageOf(names: readonly string[]): string {
  return names.map((name) => `| [\`${name}\`](https://x.example) | x |\n`).join("");
}

test("an npm package's licence is its own text, else the SPDX text under the copyright line of its sources", () => {
  expect(packageLicence(root, "node_modules/zod")).toMatch(
    /MIT License[\s\S]*Copyright \(c\)[\s\S]*Permission is hereby granted/,
  );
  const openpgp = packageLicence(root, "node_modules/openpgp");
  expect(openpgp).toContain("GNU LESSER GENERAL PUBLIC LICENSE");
  expect(openpgp).toContain("TERMS AND CONDITIONS");
  const stricli = packageLicence(root, "node_modules/@stricli/core");
  expect(stricli).toMatch(/^Copyright 2024 Bloomberg Finance L\.P\.\n/);
  expect(stricli).toContain("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION");
  const bare = mkdtempSync(join(tmpdir(), "medkit-package-"));
  try {
    writeFileSync(join(bare, "package.json"), '{"name":"bare","version":"1.0.0","license":"MIT"}');
    expect(() => packageLicence(dirname(bare), basename(bare))).toThrow("bare@1.0.0 ships no licence text");
  } finally {
    rmSync(bare, { recursive: true });
  }
});
