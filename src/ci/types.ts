/** Where a fragment goes. */
export type CiTarget = "docker" | "github" | "gitlab" | "kubernetes" | "systemd";

/** What the fragment is to set. Every text was checked by {@link checkSettings}: none can break out of its line. */
export interface CiSettings {
  /** Address of the enterprise mirror, without a login. */
  readonly proxy: string;
  /** What is asked where the mirror answers 404 or 410. */
  readonly fallback: "direct" | "off";
  /** GOSUMDB. */
  readonly sumdb: string;
  /** Patterns of private modules. */
  readonly private: readonly string[];
  /** Whether private modules come from their own hosts, or from the mirror as well. */
  readonly privateFrom: "direct" | "proxy";
  /** A file of certificates beside the fragment. */
  readonly ca: string | undefined;
  /** Whether the mirror or a private host asks for a login, that lies in a netrc. */
  readonly netrc: boolean;
  /** The tag of the golang image, such as `1.26`. */
  readonly go: string;
}

export const NOTE_CODES = [
  "image", "GO111MODULE", "GOPROXY", "GOPROXY.off", "GOSUMDB", "GOSUMDB.off", "GOPRIVATE", "GONOSUMDB", "ca", "caByHand", "caGit",
  "caches", "cacheKey", "modCacheRw", "modFiles", "netrcMount", "netrcSecret", "netrcFile", "netrcRemove", "netrcVariable", "download",
  "build", "quotes", "setupGo", "configMap", "secretByHand", "cachesClaim", "user", "job", "dynamicUser", "credential",
  "cacheDirectory", "sandbox", "execStart", "workingDirectory", "pinned",
] as const; // prettier-ignore
export type NoteCode = (typeof NOTE_CODES)[number];

/** One line, or several that belong together, with what is to be said of it: the words are under `ci.note.<code>`. */
export interface FragmentPart {
  readonly text: string;
  readonly note?: NoteCode | readonly NoteCode[];
}

export interface Fragment {
  /** The name that such a file usually has. */
  readonly file: string;
  readonly parts: readonly FragmentPart[];
}

/** One variable of the go command, and why it is set. */
export interface CiVariable {
  readonly name: "GO111MODULE" | "GOPROXY" | "GOSUMDB" | "GOPRIVATE" | "GONOSUMDB";
  readonly value: string;
  readonly note: NoteCode;
}
