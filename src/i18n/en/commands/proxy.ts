import type { CommandText } from "../../types.ts";

export const proxyCommands = {
  "proxy serve": {
    brief: "Serve modules and toolchains to `go` commands, each proven before its first byte",
    about:
      "A GOPROXY for a closed network: answers from a store on disk and fills it from the upstream list. What the checksum database does not prove is neither stored nor served, and the database is answered too, so that clients keep GOSUMDB on. With `--offline` everything comes from the store. The store is a plain GOPROXY tree: `file://` and any web server can serve it as well. SIGTERM ends it after the replies that are being sent.",
    flags: {
      listen: "address to listen on (default 127.0.0.1:3000; `:3000` is every address)",
      store: "folder of the store (default: `modules` in medkit's home)",
      upstream: "GOPROXY list to fetch from, with `,` and `|` as Go reads them (default: the host's GOPROXY)",
      sumdb: "the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host's)",
      accessLog: "append one JSON line a request to this file",
    },
    examples: [
      {
        line: "medkit proxy serve --listen :3000",
        text: "for the whole network; clients set GOPROXY=http://this-host:3000",
      },
      { line: "medkit proxy serve --offline --store /srv/modules", text: "only what is stored" },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
