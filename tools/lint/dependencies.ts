import { posix } from "node:path";
import type { Finding, SourceFile } from "./rule.ts";

/** Which folders of src/ may import which: a folder only from the layers below its own, and from its own. */
const layers: readonly (readonly string[])[] = [
  ["core"],
  ["state"],
  ["archive", "module", "openpgp", "goroot", "toolchain"],
  ["rebuild"],
  [
    "kit",
    "proxy",
    "drill",
    "rescue",
    "sums",
    "mode",
    "ci",
    "build",
    "attest",
    "image",
    "release",
    "profile",
    "audit",
    "compliance",
  ],
  ["mirror"],
  ["cli"],
  ["bin"],
];

/** Folders whose files are imported one by one; every other folder shows only its index.ts. */
const open = new Set(["core", "cli"]);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

const importPattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)"(\.[^"]+)"/gm;

/** The relative imports of a file, as paths from the root. */
export function importsOf({ path, text }: SourceFile): Import[] {
  return [...text.matchAll(importPattern)].map((match) => ({
    from: path,
    to: posix.join(posix.dirname(path), match[1] ?? ""),
    line: text.slice(0, match.index).split("\n").length,
  }));
}

function folderOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function layerOf(folder: string): number {
  return layers.findIndex((folders) => folders.includes(folder));
}

function problemOf({ to }: Import, from: string, target: string): string | undefined {
  if (target === "i18n") {
    if (from !== "cli") return "only src/cli imports src/i18n";
  } else if (from === "i18n") {
    if (target !== "core") return "src/i18n imports src/core only";
  } else {
    if (layerOf(from) === -1) return `src/${from} has no layer; give it one in tools/lint/dependencies.ts`;
    if (layerOf(target) === -1) return `src/${target} has no layer; give it one in tools/lint/dependencies.ts`;
    if (layerOf(target) > layerOf(from)) return `src/${from} is below src/${target}, and may not import it`;
  }
  if (!open.has(target) && to !== `src/${target}/index.ts`)
    return `import src/${target}/index.ts, the public face of that folder`;
  return undefined;
}

/** Folders that import each other in a ring, each ring once, as `a → b → a`. */
function rings(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found = new Set<string>();
  const walk = (path: readonly string[]): void => {
    for (const next of edges.get(path.at(-1) ?? "") ?? []) {
      const start = path.indexOf(next);
      if (start === -1) walk([...path, next]);
      else {
        const ring = path.slice(start);
        const first = ring.indexOf(ring.toSorted()[0] ?? "");
        const turned = [...ring.slice(first), ...ring.slice(0, first)];
        found.add([...turned, turned[0] ?? ""].join(" → "));
      }
    }
  };
  for (const folder of edges.keys()) walk([folder]);
  return [...found];
}

/** Dependencies of src/ point one way, go through index.ts, and never run in a circle. Tests may reach into their own folder's depth. */
export function checkDependencies(files: readonly SourceFile[]): Finding[] {
  const findings: Finding[] = [];
  const edges = new Map<string, Set<string>>();
  for (const file of files) {
    const from = folderOf(file.path);
    if (from === undefined || !file.path.endsWith(".ts") || file.path.endsWith(".test.ts")) continue;
    for (const each of importsOf(file)) {
      const target = folderOf(each.to);
      if (target === undefined || target === from) continue;
      const problem = problemOf(each, from, target);
      if (problem !== undefined) findings.push({ path: each.from, line: each.line, problem });
      const targets = edges.get(from) ?? new Set();
      edges.set(from, targets.add(target));
    }
  }
  for (const ring of rings(edges))
    findings.push({ path: "src", line: 0, problem: `folders import each other in a ring: ${ring}` });
  return findings;
}
