import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take minutes, longest first; the rest fills the gaps beside them. */
const longest = [
  "integration/drill.test.ts",
  "integration/scripts-zsh.test.ts",
  "integration/scripts-busybox.test.ts",
  "integration/scripts-bash.test.ts",
  "integration/scripts-dash.test.ts",
  "integration/kit.test.ts",
  "integration/rescue-sh.test.ts",
  "integration/rescue.test.ts",
  "integration/unfit-host.test.ts",
];

/** Starts with the longest files: what starts last ends last. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
