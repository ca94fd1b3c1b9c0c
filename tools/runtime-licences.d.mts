export interface RuntimeWork {
  readonly name: string;
  readonly spdx: string;
  readonly what: string;
  /** Names under which the runtime's licence page has it; absent: the page does not name it. */
  readonly onPage?: readonly string[];
}
export declare function worksOnPage(page: string): string[];
export declare function tableProblems(components: readonly RuntimeWork[], page: string): string[];
export declare function readTable(): { readonly source: string; readonly components: readonly RuntimeWork[] };
export declare function spdxText(root: string, name: string): string;
export declare function runtimeLicences(
  root: string,
  page: string,
): {
  readonly source: string;
  readonly components: readonly RuntimeWork[];
  readonly texts: Readonly<Record<string, string>>;
};
