import type { ModuleVersion } from "../../module/index.ts";

/** A stored version, as the overview remembers it: about 150 octets each. */
export interface IndexedVersion {
  readonly version: string;
  /** Octets of its zip. */
  readonly size: number;
  /** When it was stored, milliseconds since 1970. */
  readonly storedAt: number;
  /** What proved it: the name of a checksum database, or another word. */
  readonly by: string;
}

/** A module with its stored versions, in Go's order. */
export interface IndexedModule {
  readonly path: string;
  readonly versions: readonly IndexedVersion[];
  /** Octets of its zips. */
  readonly size: number;
  readonly storedAt: number;
}

/** A stored version with all that its proof says. */
export interface VersionFacts extends ModuleVersion {
  readonly size: number;
  readonly h1: string;
  readonly sha256: string;
  readonly proven: string;
  readonly source: string;
  /** RFC 3339. */
  readonly storedAt: string;
}

export interface DatabaseState {
  readonly name: string;
  /** Records of the newest known head; undefined where none was seen. */
  readonly size: number | undefined;
  readonly seenAt: Date | undefined;
}

/** What the page says of the server itself. Nothing secret is in it. */
export interface ServerFacts {
  readonly version: string;
  readonly started: Date;
  /** Whether clients come over TLS. */
  readonly secure: boolean;
  readonly store: string;
  /** Without credentials; empty: nobody is asked. */
  readonly upstream: readonly string[];
  readonly database: () => Promise<DatabaseState>;
  /** Whether it says who asked. */
  readonly showsClients: boolean;
}

export type PageLang = "en" | "zh-CN";

/** Gives a text of the page, its `{name}` filled in; not escaped. */
export type Say = (key: PageKey, params?: Readonly<Record<string, string | number>>) => string;

export type PageKey = (typeof pageKeys)[number];

/** Every text that the page shows; the catalogues have each as `page.KEY`. */
export const pageKeys = [
  "title",
  "stored",
  "refused",
  "about",
  "search",
  "find",
  "modules",
  "versions",
  "space",
  "head",
  "headNone",
  "module",
  "newest",
  "proven",
  "storedAt",
  "lastUsed",
  "askedBy",
  "times",
  "never",
  "noModules",
  "noMatch",
  "scanning",
  "showing",
  "previous",
  "next",
  "version",
  "size",
  "source",
  "howToUse",
  "notStored",
  "time",
  "client",
  "wanted",
  "answer",
  "reason",
  "refusedIntro",
  "noRefusals",
  "aboutIntro",
  "store",
  "upstream",
  "offline",
  "database",
  "running",
  "medkit",
  "connect",
  "asJson",
  "ago",
  "ago.now",
  "ago.minutes",
  "ago.hours",
  "ago.days",
  "ago.years",
  "sortBy",
  "skip",
  "footer",
] as const;
