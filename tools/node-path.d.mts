/** The repository's root, with a slash at its end. */
export const root: string;
/** Absolute path of the pinned Node executable; undefined where npm has none for this host. */
export function pinnedNode(): string | undefined;
