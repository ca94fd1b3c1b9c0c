/** One file of the repository. */
export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly path: string;
  /** Counts from 1; 0 where the finding is about the file as a whole. */
  readonly line: number;
  readonly problem: string;
}

export function findingText({ path, line, problem }: Finding): string {
  return `${path}${line === 0 ? "" : `:${line}`}: ${problem}`;
}
