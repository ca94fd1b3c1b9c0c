import type { Finding } from "./rule.ts";

const folders = /^(?:src|test|tools|bench)\//;
const part = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/;

/** Files and folders of our own code are kebab-case. Fixtures keep the names that they have outside. */
export function checkFileNames(paths: readonly string[]): Finding[] {
  return paths
    .filter((path) => folders.test(path) && !path.includes("/__fixtures__/") && !path.startsWith("test/fixtures/"))
    .filter((path) => path.split("/").some((each) => !part.test(each)))
    .map((path) => ({ path, line: 0, problem: "name is not kebab-case" }));
}
