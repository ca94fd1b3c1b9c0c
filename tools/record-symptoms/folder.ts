import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../node-path.mjs";
import {
  expandFixture,
  fixtureName,
  formatFixture,
  groupRecordings,
  parseFixture,
  sortVersions,
  type Fixture,
} from "./fixture.ts";
import { FAMILIES, type Family, type Recording } from "./types.ts";

/** Where fixtures lie. */
export const folder = join(root, "test/fixtures/symptoms");

/** In each family's folder: the commands that the fault does not hinder, one a line, with the releases. */
const PASSES = "passes.txt";

function fixturePaths(family: Family): string[] {
  const names = readdirSync(join(folder, family)).filter((name) => name !== PASSES);
  return names.map((name) => `${family}/${name}`);
}

/** Every fixture of a family, or of all. */
export function loadFixtures(...families: readonly Family[]): Fixture[] {
  const chosen = families.length === 0 ? FAMILIES : families;
  return chosen
    .flatMap((family) => fixturePaths(family))
    .map((path) => parseFixture(path, readFileSync(join(folder, path), "utf8")));
}

type Pass = Pick<Recording, "cause" | "variant" | "command" | "go">;

function loadPasses(family: Family): Pass[] {
  let text = "";
  try {
    text = readFileSync(join(folder, family, PASSES), "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    const [, cause = "", variant = "", versions = "", command = ""] =
      /^([a-z0-9-]+)\.([a-z0-9-]+) \(([^)]+)\): (.*)$/.exec(line) ?? [];
    return versions === "" ? [] : versions.split(" ").map((go) => ({ cause, variant, command, go }));
  });
}

function formatPasses(passes: readonly Pass[]): string {
  const lines = [...Map.groupBy(passes, (each) => `${each.cause}.${each.variant}`)].map(
    ([name, of]) => `${name} (${sortVersions(of.map(({ go }) => go)).join(" ")}): ${of[0]?.command ?? ""}\n`,
  );
  return lines.toSorted().join("");
}

export interface Chosen {
  readonly family: Family;
  readonly cause: string;
  readonly variants: readonly string[];
}

/**
 * Writes the files of the causes that were recorded: new recordings in place of older ones of the same release, and no file of what is
 * no longer recorded. Returns what is wrong: a fault that no command fails from is none.
 */
export function storeRecordings(recordings: readonly Recording[], chosen: readonly Chosen[]): string[] {
  const problems: string[] = [];
  for (const family of FAMILIES) {
    mkdirSync(join(folder, family), { recursive: true });
    const causes = chosen.filter((each) => each.family === family);
    if (causes.length === 0) continue;
    const fixtures = loadFixtures(family);
    const of = new Set(causes.map(({ cause }) => cause));
    const passes = loadPasses(family).filter(({ cause }) => !of.has(cause));
    for (const { cause, variants } of causes) {
      const now = recordings.filter((each) => each.family === family && each.cause === cause);
      const again = new Set(now.map(({ variant, go }) => `${variant} ${go}`));
      const isKept = ({ variant, go }: Pick<Recording, "variant" | "go">): boolean =>
        variants.includes(variant) && !again.has(`${variant} ${go}`);
      const older = fixtures.filter((each) => each.cause === cause).flatMap((each) => expandFixture(each));
      const failed = [...older.filter((each) => isKept(each)), ...now.filter(({ exit }) => exit !== "0")];
      failed.sort((a, b) => variants.indexOf(a.variant) - variants.indexOf(b.variant) || (a.go < b.go ? -1 : 1));
      if (failed.length === 0) problems.push(`${family}/${cause}: nothing fails`);
      writeCause(family, cause, groupRecordings(failed));
      const passed = loadPasses(family).filter((each) => each.cause === cause && isKept(each));
      passes.push(...passed, ...now.filter(({ exit }) => exit === "0"));
    }
    writeFileSync(join(folder, family, PASSES), formatPasses(passes));
  }
  return problems;
}

function writeCause(family: Family, cause: string, fixtures: readonly Fixture[]): void {
  for (const path of fixturePaths(family)) if (path.startsWith(`${family}/${cause}.`)) rmSync(join(folder, path));
  for (const fixture of fixtures) writeFileSync(join(folder, family, fixtureName(fixture)), formatFixture(fixture));
}
