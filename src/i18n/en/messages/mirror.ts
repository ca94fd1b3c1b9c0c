/** The store of modules: what is in it, what it lacks, what goes. */
export const mirrorMessages = {
  "mirror.source": "{name}: {count} versions",
  "mirror.kind.module": "module",
  "mirror.kind.workspace": "workspace",
  "mirror.kind.binary": "Go binary",
  "mirror.kind.list": "list",
  "mirror.kind.query": "module",
  "mirror.kind.toolchain": "toolchains",
  "mirror.new": "new in {store}:",
  "mirror.modOnly": "go.mod only",
  "mirror.more": "… and {count} more (--json lists all)",
  "mirror.counts": "{fresh} versions to fetch, {modOnly} of them only go.mod; {present} are there already ({size})",
  "mirror.refused": "cannot be had:",
  "mirror.nothingNew": "the store has all of it",
  "mirror.synced": "fetched {count} versions, {size}; {records} versions are provable from {store} alone",
  "mirror.use": "clients: GOPROXY={url} (GOSUMDB stays on)",
} as const;
