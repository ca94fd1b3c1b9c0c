/** Drops the entries of a map or set that were put in first, until `most` are left. Both keep the order in which keys were put in. */
export function dropOldest<Key>(
  kept: Pick<Map<Key, unknown>, "size" | "delete"> & { keys(): Iterable<Key> },
  most: number,
): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}
