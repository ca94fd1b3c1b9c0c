/** How far a host is trusted: `named` in the configuration, or merely public, where everything may be fetched. Undefined: not at all. */
export type HostTrust = "named" | "public" | undefined;

/** What settles how modules are fetched from version control. */
export interface DirectSettings {
  /** Go's module path patterns that may be fetched so where the upstream list says `direct`. */
  readonly patterns: readonly string[];
  /** Hosts that repositories may lie on besides those of the patterns: `HOST` or `HOST:PORT`, globs as in a pattern's first element. */
  readonly hosts: readonly string[];
  /** Whether `direct` is for every module, from every public host. */
  readonly any: boolean;
  /** Files, absolute. Undefined: none. */
  readonly netrc: string | undefined;
  readonly gitConfig: string | undefined;
  /** GOAUTH (Go 1.24 and newer). */
  readonly goauth: string;
  /** Fetches at once. */
  readonly jobs: number;
  /** Milliseconds for one fetch. */
  readonly timeout: number;
  /** Octets that one fetch may receive; repositories are kept for the next until so many have come several times. */
  readonly limit: number;
}

/** A permission to pass through the gate, for one fetch. */
export interface Pass extends Disposable {
  /** The gate as a proxy. It holds a secret of this fetch. */
  readonly url: string;
  /** The same without the secret: nothing comes through. */
  readonly closed: string;
  /** Hosts that were asked for and refused, `HOST:PORT`. */
  readonly refused: ReadonlySet<string>;
  /** What went wrong with hosts that are allowed: the go command is told a status only. */
  readonly problems: ReadonlySet<string>;
  /** Octets that came in. */
  readonly received: number;
  /** Whether more came than may. */
  readonly isOver: boolean;
}

/** Opens connections for the go command and git, to allowed hosts only. */
export interface Gate extends AsyncDisposable {
  admit(): Pass;
}
