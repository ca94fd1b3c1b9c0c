import type { ErrorTexts } from "../../types.ts";

/** The module proxy as a server. */
export const proxyErrors = {
  LISTEN_INVALID: {
    message: "`{address}` is not an address to listen on.",
    hint: "Write HOST:PORT, as in `127.0.0.1:3000` or `[::1]:3000`; `:3000` is every address of this machine.",
    why: "A server that listens somewhere else than meant is either useless or open to people it should not serve.",
  },
  LISTEN_FAILED: {
    message: "{address} cannot be listened on: {problem}.",
    hint: "Choose another address with `--listen`, or end what holds this one. Ports below 1024 need a right of their own.",
    why: "The system refused the address: it is in use (EADDRINUSE), not of this machine (EADDRNOTAVAIL), or not allowed (EACCES).",
  },
  TLS_FILE_INVALID: {
    message: "{file} cannot be used for TLS: {problem}.",
    hint: "Give PEM files: `--tls-cert` with the server's certificate and those between it and the root, `--tls-key` with its key, without a passphrase.",
    why: "A server with a certificate that does not fit its key refuses every client, so it is checked before anything listens. While it serves, new files that do not fit are left alone and the old ones stay.",
  },
  LOGIN_FILE_INVALID: {
    message: "Line {line} of {file} is no login: {problem}.",
    hint: "Lines are written by `medkit proxy login add NAME --file FILE`. Comments begin with `#`.",
    why: "Half a file of logins would let some people in and keep others out, so all of it counts or none.",
  },
  LOGIN_NAME_INVALID: {
    message: "`{name}` is not a name for a login.",
    hint: "Use letters, digits and `. _ @ -`, at most 64, beginning with a letter or a digit.",
    why: "The name stands in lines of a file, in headers, and in the access log.",
  },
  LOGIN_SECRET_MISSING: {
    message: "There is no password for {name}: standard input gave none.",
    hint: "Write it into standard input as one line (`medkit proxy login add NAME --file FILE < password-file`), type it when asked, or let `--token` make one.",
    why: "A password among the arguments could be read by everybody on the host, so it comes through standard input.",
  },
  LOGIN_UNKNOWN: {
    message: "{file} has no login `{name}`.",
    hint: "`medkit proxy login list --file FILE` shows the names.",
    why: "Removing a login that was never there usually means another name, or another file.",
  },
  SOCKET_NOT_HANDED_OVER: {
    message: "`systemd` hands over {count} sockets, and one is needed.",
    hint: "Write one `ListenStream=` in the socket unit.",
    why: "With `--listen systemd` the socket comes from the service manager (LISTEN_FDS, LISTEN_PID): exactly one, so that it is clear where clients arrive.",
  },
  MODULE_DENIED: {
    message: "{module} is denied by the proxy's policy (rule {rule}).",
    hint: "Take another version or module, or ask whoever keeps the policy. `medkit proxy check MODULE@VERSION` says what decides.",
    why: "The people who run the proxy decided that this module, this version, or versions like it are not used here. The rule's reason and contact stand in the refusal that `go` prints.",
  },
  MODULE_QUARANTINED: {
    message: "{module} is held back by the proxy's policy (rule {rule}).",
    hint: "Wait until the time that the refusal names, take an older version, or ask whoever keeps the policy to list it under `released`.",
    why: "A version that is very new, or known to be vulnerable, may be a mistake or an attack that nobody has noticed yet. It is stored and proven, and served when it is released.",
  },
  VULNDB_MISSING: {
    message: "No vulnerability database is in {folder}.",
    hint: "Mirror it first with `medkit proxy vulndb sync`, or take `vulnerable` out of the rules.",
    why: "A policy whose rule cannot see vulnerabilities would let every version pass. The proxy does not start with a policy that it cannot keep.",
  },
  VULNDB_UNAVAILABLE: {
    message: "The vulnerability database cannot be read from {url}: {reason}.",
    hint: "Check the address. A folder, a zip, or `golang.org/x/vulndb` from the module proxy will do as well.",
    why: "The source did not answer, or has no database in the layout of vuln.go.dev. What was mirrored before stays as it is.",
  },
  VULNDB_INVALID: {
    message: "{what} is not as the Go vulnerability database has it: {problem}.",
    hint: "Try again later, or take another source. What was mirrored before stays as it is.",
    why: "Entries are checked before any of them counts. An entry that is misread could let a vulnerable version pass.",
  },
  VULNDB_DAMAGED: {
    message: "The mirrored vulnerability database is damaged: {files}.",
    hint: "Mirror it anew with `medkit proxy vulndb sync`: what is damaged is fetched again.",
    why: "Files have been changed, added or lost since they were mirrored; `SHA256SUMS` beside them says what they were.",
  },
  VULNDB_OLDER: {
    message:
      "{source} is older than what is mirrored: it lacks {gone} entries and has {older} in an older state ({example}).",
    hint: "Take a newer source; or, if this is meant, add `--accept-older`.",
    why: "Go withdraws entries and never takes one away. A database that goes back hides vulnerabilities that were known already.",
  },
} as const satisfies Partial<ErrorTexts>;
