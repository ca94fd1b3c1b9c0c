import type { CommandText } from "../../types.ts";

export const proxyCommands = {
  "proxy serve": {
    brief: "Serve modules and toolchains to `go` commands, each proven before its first byte",
    about:
      "A GOPROXY for a closed network: answers from a store on disk and fills it from the upstream list. What the checksum database does not prove is neither stored nor served, and the database is answered too, so that clients keep GOSUMDB on. With `--offline` everything comes from the store. The store is a plain GOPROXY tree: `file://` and any web server can serve it as well. SIGTERM ends it after the replies that are being sent.",
    flags: {
      listen:
        "address to listen on (default 127.0.0.1:3000; `:3000` is every address; `systemd`: the socket that it hands over)",
      store: "folder of the store, or `s3://BUCKET/PREFIX` (default: `modules` in medkit's home)",
      upstream: "GOPROXY list to fetch from, with `,` and `|` as Go reads them (default: the host's GOPROXY)",
      sumdb: "the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host's)",
      accessLog: "append one JSON line a request to this file",
      tlsCert: "serve HTTPS with this certificate (PEM), HTTP/2 and HTTP/1.1; renewed files are taken over",
      tlsKey: "its private key (PEM, without a passphrase)",
      login: "let only those in who stand in this file (`medkit proxy login add`)",
    },
    examples: [
      {
        line: "medkit proxy serve --listen :3000",
        text: "for the whole network; clients set GOPROXY=http://this-host:3000",
      },
      { line: "medkit proxy serve --offline --store /srv/modules", text: "only what is stored" },
    ],
  },
  "proxy login add": {
    brief: "Let somebody log in at the proxy, with a password or a token",
    about:
      "Writes a line into the file of logins: a name and a hash of its secret. The password comes through standard input, or is asked for on a terminal. With `--token` a token is made, and shown this once; it goes where a password goes, in ~/.netrc for instance. A name that is there gets a new secret. A proxy that serves takes the file over within seconds.",
    args: { name: "who: letters, digits and `. _ @ -`" },
    flags: { file: "the file of logins; made where it is not there", token: "make a token" },
    examples: [{ line: "medkit proxy login add ci --file logins --token", text: "a token for a build runner" }],
  },
  "proxy login remove": {
    brief: "Let somebody log in no more",
    about: "Removes a line from the file of logins. A proxy that serves takes the file over within seconds.",
    args: { name: "who: letters, digits and `. _ @ -`" },
    flags: { file: "the file of logins" },
    examples: [],
  },
  "proxy login list": {
    brief: "Show who may log in",
    about: "Names and kinds of secrets, never the secrets.",
    flags: { file: "the file of logins" },
    examples: [],
  },
  "proxy unit": {
    brief: "Print a systemd service for the proxy, closed in as far as it can work",
    about:
      "The unit runs `proxy serve` with the configuration as a user of its own, with a read-only system and few system calls. Write it to /etc/systemd/system/medkit-proxy.service.",
    flags: {
      program: "where medkit will lie (default /usr/local/bin/medkit)",
      store: "folder of the store (default: one that systemd makes below /var/lib)",
    },
    examples: [
      {
        line: "medkit proxy unit --config /etc/medkit.yaml",
        text: "the text of medkit-proxy.service, for /etc/systemd/system",
      },
    ],
  },
  "proxy check": {
    brief: "Say what the proxy's policy does with versions, and which rule decides",
    about:
      "Reads the same configuration as `proxy serve`. Where a rule counts the age of a version, its time comes from the store, else from upstream. Nothing is stored. Ends with 3 where a version is denied or held back.",
    args: { modules: "`MODULE@VERSION`, with a full version" },
    flags: {
      store: "folder of the store (default: `modules` in medkit's home)",
      upstream: "GOPROXY list to ask for the time of what is not stored (default: the host's GOPROXY)",
    },
    examples: [{ line: "medkit proxy check golang.org/x/text@v0.3.0", text: "by the `medkit.yaml` of this folder" }],
  },
  "proxy vulndb sync": {
    brief: "Mirror the Go vulnerability database, for `govulncheck -db` and for the proxy's policy",
    about:
      "Reads a database from a URL in the layout of vuln.go.dev, a folder, a zip (also over http), or the module `golang.org/x/vulndb`, which the module proxy has and the checksum database proves. Every entry is checked; what is unchanged is not fetched again. The new snapshot takes the old one's place in one step, or not at all. A running `proxy serve` uses it within seconds.",
    args: {
      source:
        "URL, folder, zip, or `golang.org/x/vulndb[@VERSION]` (default: the configuration's, else https://vuln.go.dev)",
    },
    flags: {
      folder: "folder of the database (default: the configuration's, else `vulndb` in the store)",
      store: "folder of the store (default: `modules` in medkit's home)",
      upstream: "GOPROXY list for `golang.org/x/vulndb` (default: the host's GOPROXY)",
      acceptOlder: "take a source that lacks entries, or has older ones, than what is mirrored",
    },
    examples: [
      { line: "medkit proxy vulndb sync golang.org/x/vulndb", text: "from the module proxy" },
      { line: "medkit proxy vulndb sync /media/usb/vulndb.zip --dry-run", text: "what would change" },
    ],
  },
  "proxy vulndb verify": {
    brief: "Find every damaged file of the mirrored vulnerability database",
    about:
      "Reads all files, compares their digests, and makes the indices anew from the entries. Ends with 4 where something differs.",
    flags: {
      folder: "folder of the database (default: the configuration's, else `vulndb` in the store)",
      store: "folder of the store (default: `modules` in medkit's home)",
    },
  },
} as const satisfies Readonly<Record<string, CommandText>>;
