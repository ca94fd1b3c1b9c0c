/** Where a vulnerability database is read from. Nothing that comes from it is checked yet. */
export interface VulnSource extends AsyncDisposable {
  /** For people, without credentials. */
  readonly name: string;
  /** What is known of the origin's proof: `sum.golang.org#123`. */
  readonly proven?: string;
  /** RFC 3339: the time of entries that have none, as those in the database's own repository. */
  readonly stamp?: string;
  /** Its entries: ids, and when they were changed where that is known without reading them. MODULE_UNAVAILABLE, PROXY_*, VULNDB_INVALID. */
  list(): Promise<readonly ListedEntry[]>;
  /** The text of an entry. */
  read(id: string): Promise<Buffer>;
}

export interface ListedEntry {
  readonly id: string;
  /** RFC 3339. */
  readonly modified: string | undefined;
}
